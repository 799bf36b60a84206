"""Carrying out an order, in whichever process: page, Markdown and layout, or a mail."""

from functools import cache

from markupsafe import Markup

from cms.content.library import Library
from cms.content.theme import MAIN_LAYOUT, Source
from cms.liquid.engine import Engine
from cms.liquid.errors import Place, TemplateError
from cms.liquid.language import Language, language_of
from cms.liquid.portal_template import RAW_ERRORS
from cms.markdown import html_of
from cms.rendering.documentation import Around, documentation_around, headings_in
from cms.rendering.order import Order, Rendered
from server.kit.clock import FixedClock

MARKDOWN = "markdown"


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
    scope.more_stylesheets = order.more_stylesheets
    scope.params, scope.clock = order.params, FixedClock(order.now)
    scope.language = language_of(order.data.locale, library.theme)
    title = " · ".join(part for part in (order.about, scope.language.say(source.title)) if part)
    variables = {**order.variables, "content_of": scope.stored, "page_title": title}
    variables |= {"headings": (), "documentation": None}
    body = liquid.render(source, scope, variables)
    if source.handler == MARKDOWN:
        prose = _html_of(source.name, body)
        variables["headings"] = headings_in(prose)
        variables["documentation"] = _documentation(library, order, scope.language)
        body = f'<div class="prose">{prose}</div>'
    scope.content = Markup(body)  # noqa: S704 - the engine escaped, or nh3 cleaned it
    return Rendered(liquid.render(layout, scope, variables))


def _documentation(library: Library, order: Order, language: Language) -> Around:
    around = documentation_around(library, order.name)
    for page in around["pages"]:
        page["title"] = language.say(page["title"])
    return around


def _layout(library: Library, page: Source) -> Source:
    """Find the layout of a page; for one that is left out the main one. Raises: TemplateError."""
    is_left_out = ("layout", page.layout) in library.left_out
    layout = library.find("layout", MAIN_LAYOUT if is_left_out else page.layout)
    if layout is None:
        raise TemplateError(f"There is no layout '{page.layout}'.", Place("page", page.name))
    return layout


def _mail(order: Order, library: Library) -> Rendered:
    liquid = engine(autoescape=False)
    scope = liquid.render_scope(library)
    scope.clock = FixedClock(order.now)
    scope.language = language_of(order.data.locale, library.theme)
    text = liquid.render(_found(library, "email", order.name), scope, order.variables)
    return Rendered(text.strip() + "\n", scope.subject)


def _found(library: Library, kind: str, name: str) -> Source:
    source = library.find(kind, name)
    if source is None:
        raise TemplateError(f"There is no {kind} '{name}'.")
    return source


def _html_of(name: str, text: str) -> str:
    try:
        return html_of(text)
    except (RecursionError, *RAW_ERRORS) as error:
        problem = f"Markdown that can't be read ({error})"
        raise TemplateError(problem, Place("page", name)) from error
