"""Rendering a text as a page or a mail does."""

from collections.abc import Mapping
from functools import cache

from liquid import BoundTemplate

from cms.content.theme import Source
from cms.liquid.engine import Engine
from cms.liquid.render_scope import RenderScope
from server.kit.clock import Clock, SystemClock


@cache
def engine(*, is_html: bool) -> Engine:
    """Give the engine of pages or of mails."""
    return Engine(autoescape=is_html)


def rendered(
    text: str,
    variables: Mapping[str, object] | None = None,
    *,
    partials: Mapping[str, str] | None = None,
    is_html: bool = True,
    clock: Clock | None = None,
) -> str:
    """Render a text. Raises: TemplateError."""
    liquid, known = engine(is_html=is_html), partials or {}

    def partial(name: str) -> BoundTemplate:
        found = known.get(name, "")
        return liquid.template(Source((name, found), name, lambda: found, kind="partial"))

    scope = RenderScope(partial, clock=clock or SystemClock())
    source = Source(text, "page", lambda: text, kind="page")
    return liquid.render(source, scope, variables or {})
