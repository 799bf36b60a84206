"""`{% subject = 'text' %}`: the subject of a mail.

Example: {% subject = 'Your key' %}Hello -> Hello
"""

from collections.abc import Iterable
from typing import TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream
from liquid.builtin.expressions import FilteredExpression
from liquid.expression import Expression
from liquid.token import TOKEN_ASSIGN, TOKEN_TAG

from cms.liquid.limits import Rendering

MOST = 200


class SubjectNode(Node):
    """Sets the subject."""

    def __init__(self, token: Token, expression: Expression) -> None:
        super().__init__(token)
        self.expression = expression

    def expressions(self) -> Iterable[Expression]:
        """Show the expression to who looks through a template."""
        return (self.expression,)

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Keep it on one line."""
        if isinstance(context, Rendering):
            text = str(self.expression.evaluate(context))
            context.render_scope.subject = " ".join(text.split())[:MOST]
        return 0


class SubjectTag(Tag):
    name = "subject"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Take an expression; the equals sign may be left out."""
        token = stream.eat(TOKEN_TAG)
        inner = stream.into_inner(tag=token, eat=False)
        if inner.current.kind == TOKEN_ASSIGN:
            next(inner)
        return SubjectNode(token, FilteredExpression.parse(self.env, inner))
