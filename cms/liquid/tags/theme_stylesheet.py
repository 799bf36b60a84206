"""`{% theme_stylesheet %}`: the link to the theme's style sheet, changed when the sheet changes.

Example: {% theme_stylesheet %}
"""

from typing import TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream
from markupsafe import Markup

from cms.liquid.limits import Rendering


class ThemeStylesheetNode(Node):
    """Writes the link."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        address = context.render_scope.stylesheet if isinstance(context, Rendering) else ""
        return buffer.write(Markup('<link rel="stylesheet" href="{}">').format(address))


class ThemeStylesheetTag(Tag):
    name = "theme_stylesheet"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        return ThemeStylesheetNode(stream.current)
