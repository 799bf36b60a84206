"""`{% reply-to = 'help@example.com' %}`: where answers to the mail go.

Example: {% email %}{% reply-to = 'help@example.com' %}{% endemail %}Hello
"""

from liquid import Node, Token, TokenStream
from liquid.builtin.expressions import FilteredExpression, tokenize
from liquid.token import TOKEN_ASSIGN, TOKEN_EXPRESSION, TOKEN_TAG

from cms.liquid.tags.mail_header import HeaderNode, HeaderTag, syntax_error

REST = "-to"  # the lexer ends the name of a tag before the hyphen


class ReplyToNode(HeaderNode):
    header = "Reply-To"
    most = 1


class ReplyToTag(HeaderTag):
    name = "reply"
    node = ReplyToNode

    def parse(self, stream: TokenStream) -> Node:
        """Take the rest of the name, and an expression."""
        token = stream.eat(TOKEN_TAG)
        rest = stream.current
        if rest.kind != TOKEN_EXPRESSION or not rest.value.startswith(REST):
            raise syntax_error("write it as {% reply-to = 'a@example.com' %}", token)
        text, start = rest.value[len(REST) :], rest.start_index + len(REST)
        value = Token(rest.kind, text, start_index=start, source=rest.source)
        inner = TokenStream(tokenize(text, parent_token=value))
        if inner.current.kind == TOKEN_ASSIGN:
            next(inner)
        return self.node(token, FilteredExpression.parse(self.env, inner))
