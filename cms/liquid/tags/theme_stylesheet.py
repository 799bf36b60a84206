"""`{% theme_stylesheet %}`: the links to the theme's style sheet and to the provider's own.

Example: {% theme_stylesheet %}
"""

from typing import TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream
from markupsafe import Markup

from cms.liquid.limits import Rendering


class ThemeStylesheetNode(Node):
    """Writes the links; their addresses change when the sheets do."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        scope = context.render_scope if isinstance(context, Rendering) else None
        addresses = (scope.stylesheet, *scope.more_stylesheets) if scope else ("",)
        link = Markup('<link rel="stylesheet" href="{}">')
        return buffer.write(Markup("\n").join(map(link.format, addresses)))


class ThemeStylesheetTag(Tag):
    name = "theme_stylesheet"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        return ThemeStylesheetNode(stream.current)
