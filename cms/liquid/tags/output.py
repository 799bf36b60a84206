"""`{{ … }}` and `{% echo … %}`: values as Liquid writes them, lists by their items."""

from typing import TextIO

from liquid import RenderContext, TokenStream
from liquid.builtin.expressions import FilteredExpression, tokenize
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.echo_tag import EchoTag
from liquid.stringify import to_liquid_string
from liquid.token import TOKEN_EXPRESSION, TOKEN_OUTPUT

from cms.liquid.names import named
from cms.liquid.words import words_of


class WordsNode(OutputNode):
    """Writes a value."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write it, escaped once where the output is HTML."""
        value = self.expression.evaluate(context)
        if not isinstance(value, str) and not hasattr(value, "__html__"):
            value = words_of(value)
        return buffer.write(to_liquid_string(value, context.autoescape))


class WordsOutput(Output):
    node_class = WordsNode

    def parse(self, stream: TokenStream) -> OutputNode:
        """Read the expression, in which words of loops are names."""
        token = stream.eat(TOKEN_OUTPUT)
        text = stream.expect(TOKEN_EXPRESSION)
        inner = TokenStream(iter(named(list(tokenize(text.value, text)))))
        return self.node_class(token, FilteredExpression.parse(self.env, inner))


class WordsEchoTag(EchoTag):
    node_class = WordsNode  # type: ignore[assignment]  # both write an expression
