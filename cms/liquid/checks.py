"""Looking through a template before it is kept: can it be parsed, and what does it need?"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from liquid import Node
from liquid.builtin.expressions import FilteredExpression, StringLiteral
from liquid.builtin.expressions.filtered import Filter
from liquid.builtin.tags.include_tag import IncludeNode
from liquid.builtin.tags.render_tag import RenderNode

from cms.content.theme import Source
from cms.liquid.engine import Engine
from cms.liquid.errors import Place, TemplateError
from cms.liquid.limits import Rendering
from cms.liquid.render_scope import RenderScope
from cms.liquid.tags.content import PageNode


@dataclass(frozen=True, slots=True)
class Needs:
    """What a template names: partials with the place of each, the page inside a layout."""

    partials: tuple[tuple[str, Place], ...]
    is_open: bool  # it names a partial that only the running template knows
    has_content: bool


@cache
def _engine() -> Engine:
    return Engine(autoescape=True)


def check_template(kind: str, name: str, text: str) -> Needs:
    """Parse a text and look through it. Raises: TemplateError. Cost: grows with the text."""
    engine = _engine()
    source = Source((kind, name, text), name, lambda: text, kind=kind)
    template = engine.template(source)
    nothing = Rendering(template, RenderScope(lambda _: template), {})
    nodes = list(_all(template.nodes, nothing))
    named, is_open = [], False
    for node in nodes:
        for each in _filters(node):
            if each.name not in engine.filter_names:
                place = Place.of(kind, name, text, each.token.start_index)
                raise TemplateError(f"unknown filter '{each.name}'", place)
        if isinstance(node, IncludeNode | RenderNode):
            if isinstance(node.name, StringLiteral):
                index = node.name.token.start_index
                named.append((node.name.value, Place.of(kind, name, text, index)))
            else:
                is_open = True
    return Needs(tuple(named), is_open, any(isinstance(node, PageNode) for node in nodes))


def find_fault(kind: str, name: str, text: str) -> TemplateError | None:
    """Find what keeps a text from being parsed."""
    try:
        check_template(kind, name, text)
    except TemplateError as error:
        return error
    return None


def _filters(node: Node) -> Iterable[Filter]:
    waiting = deque(node.expressions())
    while waiting:
        expression = waiting.popleft()
        if isinstance(expression, FilteredExpression):
            yield from expression.filters or ()
        waiting.extend(expression.children())


def _all(nodes: Iterable[Node], context: Rendering) -> Iterable[Node]:
    waiting = deque(nodes)
    while waiting:
        node = waiting.popleft()
        yield node
        waiting.extend(node.children(context, include_partials=False))
