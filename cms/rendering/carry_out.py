"""Carrying out an order, in whichever process: page, Markdown and layout, or a mail."""

from dataclasses import replace
from functools import cache
from html import unescape

from markupsafe import Markup

from cms.content.library import Library
from cms.content.theme import MAIN_LAYOUT, Source
from cms.liquid.engine import Engine
from cms.liquid.errors import Place, TemplateError
from cms.liquid.portal_template import RAW_ERRORS
from cms.markdown import html_of
from cms.rendering.mail_html import clean_html, html_of_text, is_html, text_of_html
from cms.rendering.order import Order, Rendered
from server.kit.clock import FixedClock

MARKDOWN = "markdown"
MAIL_LAYOUT = "email"


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
    variables = {**order.variables, "content_of": scope.stored, "page_title": title}
    body = liquid.render(source, scope, variables)
    if source.handler == MARKDOWN:
        body = f'<div class="prose">{_html_of(source.name, body)}</div>'
    scope.content = Markup(body)  # noqa: S704 - the engine escaped, or nh3 cleaned it
    return Rendered(liquid.render(layout, scope, variables))


def _layout(library: Library, page: Source) -> Source:
    """Find the layout of a page; for one that is left out the main one. Raises: TemplateError."""
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


def _html_of(name: str, text: str) -> str:
    try:
        return html_of(text)
    except (RecursionError, *RAW_ERRORS) as error:
        problem = f"Markdown that can't be read ({error})"
        raise TemplateError(problem, Place("page", name)) from error
