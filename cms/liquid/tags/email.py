"""`{% email %}…{% endemail %}`: the headers of a mail; the block itself is not written.

Example: {% email %}{% subject = 'Your key' %}{% endemail %}Hello -> Hello
"""

from collections.abc import Iterable
from typing import TextIO

from liquid import BlockNode, Node, RenderContext, Tag, Token, TokenStream
from liquid.output import NullIO
from liquid.parser import get_parser
from liquid.token import TOKEN_EOF, TOKEN_TAG

END = "endemail"


class EmailNode(Node):
    """Runs its block for what it sets."""

    def __init__(self, token: Token, block: BlockNode) -> None:
        super().__init__(token)
        self.block = block

    def children(
        self, static_context: RenderContext, *, include_partials: bool = True
    ) -> Iterable[Node]:
        """Show the block to who looks through a template."""
        return (self.block,)

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write nothing."""
        self.block.render(context, NullIO())
        return 0


class EmailTag(Tag):
    name = "email"
    end = END

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        block = get_parser(self.env).parse_block(stream, frozenset((END, TOKEN_EOF)))
        stream.expect(TOKEN_TAG, value=END)
        return EmailNode(token, block)
