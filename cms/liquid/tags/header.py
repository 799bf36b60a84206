"""`{% header 'X-Campaign' = 'welcome' %}`: a header of the mail whose name begins with `X-`.

Example: {% email %}{% header 'X-Campaign' = 'welcome' %}{% endemail %}Hello
"""

import re
from typing import TextIO

from liquid import Node, RenderContext, Token, TokenStream
from liquid.builtin.expressions import FilteredExpression, StringLiteral, parse_primitive
from liquid.expression import Expression
from liquid.token import TOKEN_ASSIGN, TOKEN_TAG

from cms.liquid.limits import Rendering
from cms.liquid.tags.mail_header import HeaderNode, HeaderTag, one_line, put_header, syntax_error
from cms.liquid.words import words_of

NAME = re.compile(r"X-[A-Za-z0-9-]{1,60}", re.IGNORECASE)


class OwnHeaderNode(HeaderNode):
    """Sets a header by its name."""

    def __init__(self, token: Token, expression: Expression, name: str = "") -> None:
        super().__init__(token, expression)
        self.name = name

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Keep it for the mail; nothing is written."""
        if isinstance(context, Rendering):
            text = words_of(self.expression.evaluate(context))
            put_header(context, self.name, one_line(text))
        return 0


class OwnHeaderTag(HeaderTag):
    name = "header"
    node = OwnHeaderNode

    def parse(self, stream: TokenStream) -> Node:
        """Take a name and an expression."""
        token = stream.eat(TOKEN_TAG)
        inner = stream.into_inner(tag=token, eat=False)
        name = parse_primitive(self.env, inner)
        if not isinstance(name, StringLiteral) or not NAME.fullmatch(name.value):
            raise syntax_error("a header has a name such as 'X-Campaign'", token)
        if inner.current.kind == TOKEN_ASSIGN:
            next(inner)
        return OwnHeaderNode(token, FilteredExpression.parse(self.env, inner), name.value.title())
