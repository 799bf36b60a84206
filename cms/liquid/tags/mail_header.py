"""What tags share that set a header of a mail: one line, and addresses that can be ones."""

from collections.abc import Iterable
from email.utils import getaddresses
from typing import ClassVar, TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream
from liquid.builtin.expressions import FilteredExpression
from liquid.exceptions import LiquidSyntaxError
from liquid.expression import Expression
from liquid.token import TOKEN_ASSIGN, TOKEN_TAG

from cms.liquid.errors import TemplateError
from cms.liquid.limits import Rendering
from cms.liquid.words import words_of
from server.domain.accounts.users import clean_email
from server.domain.errors import Invalid

MOST = 500  # characters of a header
MOST_ADDRESSES = 10
GROUPS = {":", ";"}  # of addresses by a name of their own


class HeaderNode(Node):
    """Sets one header."""

    header: ClassVar[str] = ""
    most: ClassVar[int] = MOST_ADDRESSES

    def __init__(self, token: Token, expression: Expression) -> None:
        super().__init__(token)
        self.expression = expression

    def expressions(self) -> Iterable[Expression]:
        """Show the expression to who looks through a template."""
        return (self.expression,)

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Keep it for the mail; nothing is written. An empty value takes it back."""
        if isinstance(context, Rendering):
            text = words_of(self.expression.evaluate(context))
            check_addresses(self.header, text, self.most)
            text = one_line(text)
            put_header(context, self.header, text)
        return 0


class HeaderTag(Tag):
    """A tag such as `cc = 'a@example.com'`; the equals sign may be left out."""

    block = False
    node: ClassVar[type[HeaderNode]]

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        inner = stream.into_inner(tag=token, eat=False)
        if inner.current.kind == TOKEN_ASSIGN:
            next(inner)
        return self.node(token, FilteredExpression.parse(self.env, inner))


def put_header(context: Rendering, name: str, text: str) -> None:
    """Keep a header, or forget it when there is nothing to say."""
    headers = context.render_scope.headers
    headers.pop(name, None)
    if text:
        headers[name] = text


def one_line(text: str) -> str:
    """Fold white space: a line end would begin another header. Raises: TemplateError."""
    folded = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(folded) > MOST:
        raise TemplateError(f"A header of a mail holds at most {MOST} characters.")
    return folded


def check_addresses(name: str, text: str, most: int) -> None:
    """Refuse what are no mail addresses, or too many. Raises: TemplateError."""
    if not text.isprintable() or GROUPS & {*text}:
        raise TemplateError(f"{name} takes mail addresses and nothing else.")
    found = getaddresses([text]) if text else []
    if len(found) > most:
        noun = "one address" if most == 1 else f"at most {most} addresses"
        raise TemplateError(f"{name} takes {noun}.")
    for _shown, address in found:
        try:
            clean_email(address)
        except Invalid as error:
            raise TemplateError(f"{name} takes mail addresses: '{text}' is none.") from error


def syntax_error(message: str, token: Token) -> LiquidSyntaxError:
    """Make the error of a tag that is written in another way."""
    return LiquidSyntaxError(message, token=token)
