"""`{% content %}`: the page, inside a layout.

Example: <main>{% content %}</main> -> <main></main>
"""

from typing import TextIO

from liquid import RenderContext, Token, TokenStream
from liquid.builtin.content import ContentNode, Literal
from liquid.token import TOKEN_TAG

from cms.liquid.limits import Rendering


class PageNode(ContentNode):
    """Writes the rendered page."""

    def __init__(self, token: Token) -> None:
        super().__init__(token, "")
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(context.render_scope.content) if isinstance(context, Rendering) else 0


class ContentTag(Literal):
    """The tag; the library keeps what parses literal text under the same name, so it does both."""

    name = "content"
    block = False

    def parse(self, stream: TokenStream) -> ContentNode:
        """Take no arguments; literal text is parsed as ever."""
        if stream.current.kind != TOKEN_TAG:
            return super().parse(stream)
        return PageNode(stream.current)
