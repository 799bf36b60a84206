"""Liquid environments with limits set; templates are parsed once and kept."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from threading import Lock
from typing import Any

from liquid import BoundTemplate, Environment, RenderContext
from liquid.exceptions import LiquidError, TemplateNotFoundError
from liquid.loader import BaseLoader, TemplateSource

from cms.content.library import Library
from cms.content.theme import Source
from cms.liquid.errors import TemplateError
from cms.liquid.filters import dates, lists, money, text, urls
from cms.liquid.limits import (
    MOST_OUTPUT_BYTES,
    MOST_TURNS,
    Rendering,
    bounded,
    check_source,
)
from cms.liquid.render_scope import RenderScope
from cms.liquid.tags.content import ContentTag
from cms.liquid.tags.content_for import ContentForTag
from cms.liquid.tags.csrf import CsrfTag
from cms.liquid.tags.email import EmailTag
from cms.liquid.tags.flash import FlashTag
from cms.liquid.tags.form import FormTag
from cms.liquid.tags.subject import SubjectTag
from cms.liquid.tags.theme_stylesheet import ThemeStylesheetTag

MOST_PARSED = 2_000
TAGS = (
    ContentTag,
    ContentForTag,
    CsrfTag,
    EmailTag,
    FlashTag,
    FormTag,
    SubjectTag,
    ThemeStylesheetTag,
)
# `render` copies the context without our limits; `increment` and `decrement` write past them.
LEFT_OUT = ("render", "increment", "decrement", "tablerow")
FILTERS: Mapping[str, Callable[..., Any]] = {
    **text.FILTERS,
    **lists.FILTERS,
    **urls.FILTERS,
    **money.FILTERS,
    **dates.FILTERS,
}
# What a wrong template makes the library raise, beside its own errors.
RAW_ERRORS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


class _PartialLoader(BaseLoader):
    """Loads what `include` names from the library of the running render."""

    def get_source(
        self,
        env: Environment,
        template_name: str,
        *,
        context: RenderContext | None = None,
        **_kwargs: object,
    ) -> TemplateSource:
        raise TemplateNotFoundError(template_name, token=None)

    def load(
        self,
        env: Environment,
        name: str,
        *,
        globals: Mapping[str, object] | None = None,
        context: RenderContext | None = None,
        **_kwargs: object,
    ) -> BoundTemplate:
        if not isinstance(context, Rendering):
            raise TemplateNotFoundError(name, token=None)
        return context.render_scope.partial(name)


class _PortalLiquid(Environment):
    """Liquid with its own limits set too; `limits.Rendering` holds the stricter ones."""

    output_stream_limit = MOST_OUTPUT_BYTES
    loop_iteration_limit = MOST_TURNS


class Engine:
    """One environment and its parsed templates. Thread-safe."""

    def __init__(self, *, autoescape: bool) -> None:
        self._environment = _PortalLiquid(loader=_PartialLoader(), autoescape=autoescape)
        for tag in TAGS:
            self._environment.add_tag(tag)
        for name in LEFT_OUT:
            del self._environment.tags[name]
        self._environment.filters.update(FILTERS)
        for name, function in list(self._environment.filters.items()):
            self._environment.filters[name] = bounded(name, function)
        self._parsed: OrderedDict[Hashable, BoundTemplate] = OrderedDict()
        self._lock = Lock()
        self._nothing = self._environment.from_string("")

    def template(self, source: Source) -> BoundTemplate:
        """Parse a template, or take the parsed one. Raises: TemplateError."""
        with self._lock:
            found = self._parsed.get(source.key)
            if found is not None:
                self._parsed.move_to_end(source.key)
                return found
        text = source.load()
        check_source(text)
        try:
            parsed = self._environment.from_string(text, name=source.name)
        except (LiquidError, RecursionError, *RAW_ERRORS) as error:
            raise TemplateError(_told(source.name, error)) from error
        with self._lock:
            self._parsed[source.key] = parsed
            while len(self._parsed) > MOST_PARSED:
                self._parsed.popitem(last=False)
        return parsed

    def render_scope(self, library: Library) -> RenderScope:
        """Make the surroundings of a render whose partials come from the library."""
        return RenderScope(partial(self._partial, library))

    def render(
        self, source: Source, render_scope: RenderScope, variables: Mapping[str, object]
    ) -> str:
        """Render a template. Raises: TemplateError. Cost: bounded by `limits`."""
        template = self.template(source)
        rendering = Rendering(template, render_scope, variables)
        buffer = rendering.buffer()
        try:
            template.render_with_context(rendering, buffer)
        except (LiquidError, RecursionError, *RAW_ERRORS) as error:
            raise TemplateError(_told(source.name, error)) from error
        return buffer.getvalue()

    def _partial(self, library: Library, name: str) -> BoundTemplate:
        source = library.find("partial", name)
        return self.template(source) if source else self._nothing


def _told(name: str, error: Exception) -> str:
    message = error.message if isinstance(error, LiquidError) else type(error).__name__
    return f"{name}: {message}"
