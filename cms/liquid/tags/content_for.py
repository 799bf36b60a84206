"""`{% content_for name %}…{% endcontent_for %}`: text kept for `content_of.name`."""

from collections.abc import Iterable
from typing import TextIO

from liquid import BlockNode, Node, RenderContext, Tag, Token, TokenStream
from liquid.builtin.expressions import Identifier, parse_identifier
from liquid.parser import get_parser
from liquid.token import TOKEN_EOF, TOKEN_TAG
from markupsafe import Markup

from cms.liquid.limits import MOST_TEXT, Exhausted, Rendering

END = "endcontent_for"


class ContentForNode(Node):
    """Adds its block to what is kept under a name."""

    def __init__(self, token: Token, name: Identifier, block: BlockNode) -> None:
        super().__init__(token)
        self.name = name
        self.block = block

    def children(
        self, static_context: RenderContext, *, include_partials: bool = True
    ) -> Iterable[Node]:
        """Show the block to who looks through a template."""
        return (self.block,)

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Keep the text; nothing is written here."""
        if isinstance(context, Rendering):
            text = context.get_buffer(buffer)
            self.block.render(context, text)
            stored = context.render_scope.stored
            made = text.getvalue()
            if context.autoescape:
                made = Markup(made)  # noqa: S704 - the block has escaped what it wrote
            stored[self.name] = stored.get(self.name, type(made)("")) + made
            if sum(map(len, stored.values())) > MOST_TEXT:
                raise Exhausted("keeps too much for the layout")
        return 0


class ContentForTag(Tag):
    name = "content_for"
    end = END

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        inner = stream.into_inner(tag=token)
        name = parse_identifier(self.env, inner)
        inner.expect_eos()
        block = get_parser(self.env).parse_block(stream, frozenset((END, TOKEN_EOF)))
        stream.expect(TOKEN_TAG, value=END)
        return ContentForNode(token, name, block)
