"""Carrying out an order, in whichever process: page, Markdown and layout, or a mail."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from markupsafe import Markup

from cms.content.library import Library
from cms.content.theme import Source
from cms.liquid.drops.content import PageDrop, PortletsDrop
from cms.liquid.engine import Engine
from cms.liquid.errors import Place, TemplateError
from cms.liquid.portal_template import RAW_ERRORS
from cms.markdown import html_of
from cms.rendering.order import Order, Rendered
from cms.textile import html_of as html_of_textile
from server.domain.portal.pages import HTML, MAIN_LAYOUT, NO_LAYOUT, Handler
from server.kit.clock import FixedClock

READERS: Mapping[str, Callable[[str], str]] = {
    Handler.MARKDOWN: html_of,
    Handler.TEXTILE: html_of_textile,
}
CONTENT = re.compile(r"\{%-?\s*content\s*-?%\}")


@cache
def engine(*, autoescape: bool) -> Engine:
    """Give the process's engine: for pages it escapes, mails are plain text."""
    return Engine(autoescape=autoescape)


def carry_out(order: Order, library: Library) -> Rendered:
    """Render. Raises: TemplateError. Cost: Liquid is bounded by `limits`, Markdown is not."""
    return _page(order, library) if order.kind == "page" else _mail(order, library)


def _page(order: Order, library: Library) -> Rendered:
    liquid = engine(autoescape=True)
    source = _found(library, "page", order.name)
    layout = _layout(library, source)
    scope = liquid.render_scope(library)
    scope.csrf_token, scope.stylesheet = order.csrf_token, order.stylesheet
    scope.params, scope.clock = order.params, FixedClock(order.now)
    title = " · ".join(part for part in (order.about, source.title) if part)
    variables = {
        **order.variables,
        "content_of": scope.stored,
        "page": PageDrop(source, order.data),
        "page_title": title,
        "portlets": PortletsDrop(library, order.data),
    }
    body = liquid.render(source, scope, variables) if source.is_liquid else source.load()
    if source.handler:
        body = f'<div class="prose">{_html_of(source, body)}</div>'
    if layout is None:
        return Rendered(body, headers=scope.headers)
    if not layout.is_liquid:
        text = CONTENT.sub(lambda _: body, layout.load())
        return Rendered(text, headers=scope.headers)
    scope.content = Markup(body)  # noqa: S704 - the engine escaped, or nh3 cleaned it
    variables["content"] = scope.content
    return Rendered(liquid.render(layout, scope, variables), headers=scope.headers)


def _layout(library: Library, page: Source) -> Source | None:
    """Find the layout of a page; for one that is left out the main one. Raises: TemplateError.

    What is no HTML has none, and neither has a page that wants none.
    """
    if page.layout == NO_LAYOUT or page.content_type.partition(";")[0] != HTML:
        return None
    is_left_out = ("layout", page.layout) in library.left_out
    layout = library.find("layout", MAIN_LAYOUT if is_left_out else page.layout)
    if layout is None:
        raise TemplateError(f"There is no layout '{page.layout}'.", Place("page", page.name))
    return layout


def _mail(order: Order, library: Library) -> Rendered:
    liquid = engine(autoescape=False)
    scope = liquid.render_scope(library)
    scope.clock = FixedClock(order.now)
    text = liquid.render(_found(library, "email", order.name), scope, order.variables)
    return Rendered(text.strip() + "\n", scope.subject, scope.headers, scope.is_unwanted)


def _found(library: Library, kind: str, name: str) -> Source:
    source = library.find(kind, name)
    if source is None:
        raise TemplateError(f"There is no {kind} '{name}'.")
    return source


def _html_of(page: Source, text: str) -> str:
    try:
        return READERS[page.handler](text)
    except (RecursionError, *RAW_ERRORS) as error:
        problem = f"{page.handler.title()} that can't be read ({error})"
        raise TemplateError(problem, Place("page", page.name)) from error
