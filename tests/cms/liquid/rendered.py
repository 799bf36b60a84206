"""Rendering a text as a page or a mail does."""

from collections.abc import Mapping
from functools import cache

from liquid import BoundTemplate

from cms.content.theme import Source
from cms.liquid.engine import Engine
from cms.liquid.language import Language
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
    scope = _scope(partials or {}, is_html=is_html, clock=clock)
    return _rendered(text, variables, scope, is_html=is_html)


def rendered_in(
    language: Language,
    text: str,
    variables: Mapping[str, object] | None = None,
    *,
    is_html: bool = True,
) -> str:
    """Render a text in a language. Raises: TemplateError."""
    scope = _scope({}, is_html=is_html, clock=None)
    scope.language = language
    return _rendered(text, variables, scope, is_html=is_html)


def _scope(known: Mapping[str, str], *, is_html: bool, clock: Clock | None) -> RenderScope:
    liquid = engine(is_html=is_html)

    def partial(name: str) -> BoundTemplate:
        found = known.get(name, "")
        return liquid.template(Source((name, found), name, lambda: found, kind="partial"))

    return RenderScope(partial, clock=clock or SystemClock())


def _rendered(
    text: str, variables: Mapping[str, object] | None, scope: RenderScope, *, is_html: bool
) -> str:
    source = Source(text, "page", lambda: text, kind="page")
    return engine(is_html=is_html).render(source, scope, variables or {})
