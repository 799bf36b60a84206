"""`{% form 'name', object, class: 'x' %}…{% endform %}`: a form with its hidden fields.

Example: {% form 'login', class: 'card' %}<button>Log in</button>{% endform %}
"""

from collections.abc import Callable, Iterable
from typing import TextIO

from liquid import BlockNode, Node, RenderContext, Tag, Token, TokenStream
from liquid.builtin.expressions import (
    KeywordArgument,
    PositionalArgument,
    StringLiteral,
    parse_arguments,
)
from liquid.exceptions import LiquidSyntaxError
from liquid.expression import Expression
from liquid.parser import get_parser
from liquid.token import TOKEN_EOF, TOKEN_TAG
from markupsafe import Markup

from cms.liquid.filters.attributes import attributes_of
from cms.liquid.forms import FORMS, get_form_target
from cms.liquid.limits import Rendering
from cms.liquid.tags.csrf import FIELD, hidden

END = "endform"
TERMS, ACCEPTED = "terms", 'name="accepted_terms"'


class FormNode(Node):
    """Writes the form around its block."""

    def __init__(
        self,
        token: Token,
        args: list[PositionalArgument],
        options: list[KeywordArgument],
        block: BlockNode,
    ) -> None:
        super().__init__(token)
        self.args = args
        self.options = options
        self.block = block
        self.blank = False

    def children(
        self, static_context: RenderContext, *, include_partials: bool = True
    ) -> Iterable[Node]:
        """Show the block to who looks through a template."""
        return (self.block,)

    def expressions(self) -> Iterable[Expression]:
        """Show what it is given to who looks through a template."""
        return [*(each.value for each in self.args), *(each.value for each in self.options)]

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write it."""
        if not isinstance(context, Rendering):
            return 0
        return self.write(context, buffer, self.block.render)

    def write(
        self,
        context: Rendering,
        buffer: TextIO,
        block: Callable[[Rendering, TextIO], object],
    ) -> int:
        """Write it around what writes its block; which fields it has is up to the block.

        One that leaves out the legal text that has to be accepted, as those written for other
        portals do, could never be sent: its box follows the block.
        """
        values = [arg.evaluate(context)[1] for arg in self.args]
        target, path = get_form_target(str(values[0]), values[1] if len(values) > 1 else None)
        path = context.render_scope.params.get(target.elsewhere) or path
        attributes = attributes_of(dict(option.evaluate(context) for option in self.options))
        sent_by = "get" if target.only_asks else "post"
        opening = Markup('<form action="{}" method="{}"{}>').format(path, sent_by, attributes)
        fields = [] if target.only_asks else [hidden(FIELD, context.render_scope.csrf_token)]
        if target.method not in {sent_by, "post"}:
            fields.append(hidden("_method", target.method))
        params = context.render_scope.params
        fields += [hidden(name, params[name]) for name in target.copied if params.get(name)]
        buffer.write(opening + Markup("").join(fields))
        written = context.get_buffer(buffer)
        block(context, written)
        buffer.write(written.getvalue())
        if target.has_terms and ACCEPTED not in written.getvalue() and context.resolve(TERMS):
            _write_partial(context, TERMS, buffer)
        if target.has_captcha and context.render_scope.captcha:
            _write_partial(context, "captcha", buffer, puzzle=context.render_scope.captcha)
        return buffer.write("</form>")


def _write_partial(context: Rendering, name: str, buffer: TextIO, **given: object) -> None:
    """Write a partial of the theme; `given` is what it sees beside the variables of the page."""
    template = context.render_scope.partial(name)
    with context.extend(given, template=template):
        template.render_with_context(context, buffer, partial=True)


class FormTag(Tag):
    name = "form"
    end = END

    def parse(self, stream: TokenStream) -> Node:
        """Take a name, perhaps an object, and attributes."""
        token = stream.eat(TOKEN_TAG)
        inner = stream.into_inner(tag=token)
        args, options = parse_arguments(self.env, inner)
        if not args:
            raise LiquidSyntaxError("a form needs a name", token=token)
        name = args[0].value
        if isinstance(name, StringLiteral) and name.value not in FORMS:
            raise LiquidSyntaxError(f"There is no form '{name.value}'.", token=name.token)
        block = get_parser(self.env).parse_block(stream, frozenset((END, TOKEN_EOF)))
        stream.expect(TOKEN_TAG, value=END)
        return FormNode(token, args, options, block)
