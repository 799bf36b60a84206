"""Carrying out an order, in whichever process: page, Markdown and layout, or a mail."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from html import unescape

from markupsafe import Markup

from cms.content.library import Library
from cms.content.theme import Source
from cms.liquid.drops.content import PageDrop, PortletsDrop
from cms.liquid.drops.machines import MachinesDrop
from cms.liquid.engine import Engine
from cms.liquid.errors import Place, TemplateError
from cms.liquid.language import Language, language_of
from cms.liquid.portal_template import RAW_ERRORS
from cms.markdown import html_of
from cms.rendering.documentation import Around, documentation_around, headings_in
from cms.rendering.machine_readers import about_page
from cms.rendering.mail_html import clean_html, html_of_text, is_html, text_of_html
from cms.rendering.order import Order, Prose, Rendered
from cms.textile import html_of as html_of_textile
from cms.to_markdown import markdown_of, titled, without_gaps
from server.domain.portal.pages import HTML, MAIN_LAYOUT, NO_LAYOUT, Handler
from server.kit.clock import FixedClock
from server.kit.lru import LRU

READERS: Mapping[str, Callable[[str], str]] = {
    Handler.MARKDOWN: html_of,
    Handler.TEXTILE: html_of_textile,
}
READ: LRU[str] = LRU(most_entries=500, most_bytes=8_000_000)
CONTENT = re.compile(r"\{%-?\s*content\s*-?%\}")
MAIL_LAYOUT = "email"


@cache
def engine(*, autoescape: bool) -> Engine:
    """Give the process's engine: for pages it escapes, mails are plain text."""
    return Engine(autoescape=autoescape)


def read_once(prose: Prose, read: Callable[[Prose], str]) -> str:
    """Turn Markdown or Textile into HTML, once for each text. Raises: what `read` may.

    What was written for one developer is never kept.
    """
    key = (prose.handler, prose.text)
    known = READ.find(key)
    if known is None:
        known = read(prose)
        if prose.is_for_all:
            READ.keep(key, known, len(prose.text) + len(known))
    return known


def read_here(prose: Prose) -> str:
    """Turn Markdown or Textile into HTML in this process. Raises: what a reader may."""
    return READERS[prose.handler](prose.text)


def carry_out(order: Order, library: Library, read: Callable[[Prose], str] = read_here) -> Rendered:
    """Render. Raises: TemplateError. Cost: Liquid is bounded by `limits`, Markdown by who reads."""
    return _page(order, library, read) if order.kind == "page" else _mail(order, library)


def _page(order: Order, library: Library, read: Callable[[Prose], str]) -> Rendered:
    liquid = engine(autoescape=True)
    source = _found(library, "page", order.name)
    layout = _layout(library, source)
    scope = liquid.render_scope(library)
    scope.csrf_token, scope.stylesheet = order.csrf_token, order.stylesheet
    scope.captcha, scope.more_stylesheets = order.captcha, order.more_stylesheets
    scope.params, scope.clock = order.params, FixedClock(order.now)
    scope.language = language_of(order.data.locale, library.theme)
    title = " · ".join(part for part in (order.about, scope.language.say(source.title)) if part)
    variables = {
        **order.variables,
        "content_of": scope.stored,
        "documentation": None,
        "headings": (),
        "machines": MachinesDrop(about_page(order, library, source, title), order.data),
        "page": PageDrop(source, order.data),
        "page_title": title,
        "portlets": PortletsDrop(library, order.data),
    }
    body = liquid.render(source, scope, variables) if source.is_liquid else source.load()
    is_for_all = order.data.account_id is None or not liquid.computes(source)
    written = Prose(source.handler, body, is_for_all)
    if order.as_markdown:
        return Rendered(titled(_markdown_of(source, written, read), title), headers=scope.headers)
    if source.handler:
        prose = _html_of(source, written, read)
        variables["headings"] = headings_in(prose)
        variables["documentation"] = _documentation(library, order, scope.language)
        body = f'<div class="prose">{prose}</div>'
    if layout is None:
        return Rendered(body, headers=scope.headers)
    if not layout.is_liquid:
        text = CONTENT.sub(lambda _: body, layout.load())
        return Rendered(text, headers=scope.headers)
    scope.content = Markup(body)  # noqa: S704 - the engine escaped, or nh3 cleaned it
    variables["content"] = scope.content
    return Rendered(liquid.render(layout, scope, variables), headers=scope.headers)


def _markdown_of(source: Source, written: Prose, read: Callable[[Prose], str]) -> str:
    """Write a page without its layout: what is Markdown stays as it was written."""
    if source.handler == Handler.MARKDOWN:
        return without_gaps(written.text).strip() + "\n"
    return markdown_of(_html_of(source, written, read) if source.handler else written.text)


def _documentation(library: Library, order: Order, language: Language) -> Around:
    around = documentation_around(library, order.name)
    for page in around["pages"]:
        page["title"] = language.say(page["title"])
    return around


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
    """Render a mail: its text, and its HTML in the layout of mails."""
    source = _found(library, "email", order.name)
    if order.source is not None:
        source = _tried(source, order.source)
    has_html = is_html(source.load())
    liquid = engine(autoescape=has_html)
    scope = liquid.render_scope(library)
    scope.clock = FixedClock(order.now)
    scope.language = language_of(order.data.locale, library.theme)
    said = liquid.render(source, scope, order.variables)
    subject = unescape(scope.subject) if has_html else scope.subject
    text = text_of_html(said) if has_html else said.strip() + "\n"
    content = clean_html(said) if has_html else html_of_text(said)
    html = _in_mail_layout(order, library, subject, content)
    return Rendered(text, subject, scope.headers, scope.is_unwanted, html)


def _in_mail_layout(order: Order, library: Library, subject: str, content: Markup) -> str:
    layout = library.find("layout", MAIL_LAYOUT)
    if layout is None:
        return str(content)
    pages = engine(autoescape=True)
    scope = pages.render_scope(library)
    scope.clock, scope.content = FixedClock(order.now), content
    scope.language = language_of(order.data.locale, library.theme)
    variables = {"leave_url": "", **order.variables, "subject": subject}
    return pages.render(layout, scope, variables).strip() + "\n"


def _tried(source: Source, text: str) -> Source:
    """Put a text that is not kept yet in the place of a template."""
    return replace(source, key=("tried", source.name, text), load=lambda: text)


def _found(library: Library, kind: str, name: str) -> Source:
    source = library.find(kind, name)
    if source is None:
        raise TemplateError(f"There is no {kind} '{name}'.")
    return source


def _html_of(page: Source, prose: Prose, read: Callable[[Prose], str]) -> str:
    try:
        return read_once(prose, read)
    except TemplateError as error:
        raise TemplateError(error.message, Place("page", page.name)) from error
    except (RecursionError, *RAW_ERRORS) as error:
        problem = f"{page.handler.title()} that can't be read ({error})"
        raise TemplateError(problem, Place("page", page.name)) from error
