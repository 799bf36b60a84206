"""What tags share that write a partial of the theme, which a provider may write anew."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream
from liquid.builtin.expressions import KeywordArgument, PositionalArgument, parse_primitive
from liquid.expression import Expression
from liquid.token import TOKEN_COLON, TOKEN_COMMA, TOKEN_EOF, TOKEN_EXPRESSION, TOKEN_WORD

from cms.liquid.limits import Rendering

Arguments = tuple[list[PositionalArgument], list[KeywordArgument]]


class PartNode(Node):
    """Writes a partial with variables of its own."""

    partial: ClassVar[str]

    def __init__(self, token: Token, arguments: Arguments) -> None:
        super().__init__(token)
        self.args, self.options = arguments
        self.blank = False

    def expressions(self) -> Iterable[Expression]:
        """Show what it is given to who looks through a template."""
        return [*(each.value for each in self.args), *(each.value for each in self.options)]

    def given(self, context: RenderContext) -> Mapping[str, object]:
        """Name what the partial sees beside the variables of the page."""
        return dict(option.evaluate(context) for option in self.options)

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the partial; nothing where there is none."""
        if isinstance(context, Rendering):
            template = context.render_scope.partial(self.partial)
            with context.extend(dict(self.given(context)), template=template):
                template.render_with_context(context, buffer, partial=True)
        return 1


class PartTag(Tag):
    """A tag that is one partial."""

    block = False
    node: ClassVar[type[PartNode]]

    def parse(self, stream: TokenStream) -> Node:
        """Take values and named values; commas between them may be left out."""
        return self.node(stream.current, lenient_arguments(self, stream))


def lenient_arguments(tag: Tag, stream: TokenStream) -> Arguments:
    """Read values and named values as the reference does: with commas or without."""
    args: list[PositionalArgument] = []
    options: list[KeywordArgument] = []
    if stream.peek.kind != TOKEN_EXPRESSION:
        return args, options
    next(stream)
    inner = stream.into_inner(eat=False)
    while inner.current.kind != TOKEN_EOF:
        if inner.current.kind == TOKEN_COMMA:
            next(inner)
        elif inner.current.kind == TOKEN_WORD and inner.peek.kind == TOKEN_COLON:
            name = next(inner)
            next(inner)
            options.append(KeywordArgument(name, name.value, parse_primitive(tag.env, inner)))
        else:
            args.append(PositionalArgument(parse_primitive(tag.env, inner)))
    return args, options
