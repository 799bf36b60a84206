"""`{{ … }}` and `{% echo … %}`: values as Liquid writes them, lists by their items.

What a template says by itself, such as `{{ 'Log in' | t }}`, is worked out once a language.
"""

from typing import TextIO

from liquid import RenderContext, Token, TokenStream
from liquid.builtin.expressions import FilteredExpression, Literal, tokenize
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.echo_tag import EchoTag
from liquid.expression import Expression
from liquid.stringify import to_liquid_string
from liquid.token import TOKEN_EXPRESSION, TOKEN_OUTPUT

from cms.liquid.language import Language
from cms.liquid.limits import language_in
from cms.liquid.names import named
from cms.liquid.words import words_of

# Filters that answer by what they are given and the language alone, as long as the process runs.
SETTLED = frozenset(
    {"asset_path", "image_tag", "javascript_include_tag", "stylesheet_link_tag", "t"}
)
MOST_LANGUAGES = 16


class WordsNode(OutputNode):
    """Writes a value."""

    __slots__ = ("_said",)

    def __init__(self, token: Token, expression: Expression) -> None:
        super().__init__(token, expression)
        self._said: dict[Language, str] | None = {} if is_settled(expression) else None

    @property
    def is_settled(self) -> bool:
        """Return whether it says the same each time in one language."""
        return self._said is not None

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write it, escaped once where the output is HTML."""
        if self._said is None:
            return buffer.write(self._words(context))
        language = language_in(context)
        said = self._said.get(language)
        if said is None:
            said = self._words(context)
            if len(self._said) < MOST_LANGUAGES:
                self._said[language] = said
        return buffer.write(said)

    def _words(self, context: RenderContext) -> str:
        return shown(self.expression.evaluate(context), is_html=context.autoescape)


def shown(value: object, *, is_html: bool) -> str:
    """Write a value as Liquid does, escaped once where the output is HTML."""
    if not isinstance(value, str) and not hasattr(value, "__html__"):
        value = words_of(value)
    return to_liquid_string(value, is_html)


def is_settled(expression: object) -> bool:
    """Return whether a value is the same each time it is asked for in one language."""
    if not isinstance(expression, FilteredExpression) or not expression.filters:
        return False
    if not isinstance(expression.left, Literal):
        return False
    return all(
        each.name in SETTLED and all(isinstance(argument.value, Literal) for argument in each.args)
        for each in expression.filters
    )


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
