"""The templates of mails: listed, edited, tried with real data, sent to oneself."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape
from sqlmodel import select
from starlette.responses import HTMLResponse, Response

from cms.content.theme import default_theme
from cms.liquid.checks import find_fault
from cms.liquid.context import OF_EMAIL
from cms.liquid.errors import TemplateError
from server.actions.messages import examples
from server.actions.portal.pages import TEMPLATES
from server.admin.context import AdminContext
from server.admin.render import render
from server.domain.errors import DomainError, Invalid, NotFound
from server.domain.messages.mail_notes import MAIL_NOTES
from server.domain.messages.rendered import RenderedMail
from server.domain.permissions import Permission
from server.domain.portal.pages import Template, TemplateKind
from server.kit.ids import id_or_none

SANDBOX = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


@dataclass(frozen=True, slots=True)
class TemplatesPage:
    """All mails, with what they are for; those that the provider has changed are marked."""

    names: Sequence[str]
    notes: dict[str, str]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """One template to edit, and what it may name."""

    name: str
    note: str
    text: str
    is_own: bool
    variables: Sequence[str]
    choices: Sequence[tuple[str, str]]
    chosen: str
    subject: str  # as the saved template makes it; empty when nothing can be tried
    fault: str


def index(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.PORTAL_READ)
    query = select(Template.name).where(
        Template.provider_id == ctx.provider.id, Template.kind == TemplateKind.EMAIL
    )
    names = default_theme().names("email")
    page = TemplatesPage(names, dict(MAIL_NOTES), frozenset(ctx.db.exec(query).all()))
    return render(ctx, "mails/templates.html.j2", page)


def edit(ctx: AdminContext) -> Response:
    """Show the editor, and what the saved template makes of the chosen application."""
    name, own = _name(ctx), _own(ctx)
    applications = examples.list_examples(ctx)
    chosen = id_or_none(ctx.text("application_id") or ctx.query("application_id"))
    subject, fault = "", ""
    if applications:
        try:
            subject = _rendered(ctx, name, None, chosen).subject
        except (DomainError, TemplateError) as error:
            fault = str(error)
    page = TemplatePage(
        name,
        MAIL_NOTES.get(name, ""),
        _text(name, own),
        own is not None,
        OF_EMAIL.get(name, ()),
        [(str(row.id), row.name) for row in applications],
        str(chosen or (applications[0].id if applications else "")),
        subject,
        fault,
    )
    return render(ctx, "mails/template.html.j2", page)


def update(ctx: AdminContext) -> Response:
    """Save a template; the next mail is made with it. Raises: Invalid with line and caret."""
    name, own = _name(ctx), _own(ctx)
    text = _sent_text(ctx)
    if fault := find_fault("email", name, text):
        raise Invalid(f"can't be read: {fault}", field="text")
    if own is None:
        TEMPLATES.create(ctx, {"kind": "email", "name": name, "published": text})
    else:
        TEMPLATES.update(ctx, own.id, {"published": text})
    return ctx.go(f"/mails/templates/{name}", "The mail is saved. The next one is made with it.")


def reset(ctx: AdminContext) -> Response:
    """Drop the provider's own text: the shipped one is used again."""
    ctx.actor.require(Permission.PORTAL_EDIT)
    name, own = _name(ctx), _own(ctx)
    if own is not None:
        TEMPLATES.delete(ctx, own.id)
    return ctx.go(f"/mails/templates/{name}", "The shipped text is used again.")


def send_test(ctx: AdminContext) -> Response:
    """Have the saved mail sent to oneself."""
    name = _name(ctx)
    application_id = id_or_none(ctx.text("application_id"))
    examples.ask_for_test_mail(ctx, name, application_id)
    user = ctx.login.user
    where = "It is kept under Mails." if ctx.deps.mails_are_kept else f"It goes to {user.email}."
    return ctx.go(f"/mails/templates/{name}", f"A test is on its way. {where}")


def preview(ctx: AdminContext) -> Response:
    """Show what is typed as the mail it makes, in a frame that may do nothing."""
    ctx.actor.require(Permission.PORTAL_READ)
    name = _name(ctx)
    text = _sent_text(ctx) if "text" in ctx.values else None
    chosen = id_or_none(ctx.text("application_id") or ctx.query("application_id"))
    try:
        made = _rendered(ctx, name, text, chosen)
    except (DomainError, TemplateError) as error:
        return framed(_fault_page(str(error)))
    return framed(made.html)


def framed(html: str) -> Response:
    """Answer with HTML that runs nothing, fetches nothing, and is shown in our frames only."""
    headers = {"Content-Security-Policy": SANDBOX, "X-Frame-Options": "SAMEORIGIN"}
    return HTMLResponse(html, headers=headers)


def _rendered(
    ctx: AdminContext, name: str, text: str | None, application_id: int | None
) -> RenderedMail:
    """Render with real data. Raises: TemplateError, NotFound, Conflict, Unavailable."""
    application = examples.get_example(ctx, application_id)
    portal = ctx.installation.addresses.portal(ctx.provider)
    known = examples.example_variables(ctx.db, ctx.installation.clock, application, portal)
    names = (*OF_EMAIL.get(name, known), "leave_url")
    variables = {key: known[key] for key in names if key in known}
    return ctx.deps.render_mail(ctx.db, ctx.installation, ctx.provider, name, variables, text=text)


def _name(ctx: AdminContext) -> str:
    """Take the template that the address names. Raises: NotFound."""
    name = str(ctx.request.path_params["name"])
    if name not in default_theme().names("email"):
        raise NotFound("There is no such mail.")
    return name


def _own(ctx: AdminContext) -> Template | None:
    query = TEMPLATES.query(ctx.actor).where(
        Template.kind == TemplateKind.EMAIL, Template.name == _name(ctx)
    )
    return ctx.db.exec(query).first()


def _text(name: str, own: Template | None) -> str:
    if own is not None and own.published is not None:
        return own.published
    shipped = default_theme().find("email", name)
    return shipped.load() if shipped else ""


def _sent_text(ctx: AdminContext) -> str:
    """Read the typed template, with the line ends of files."""
    return ctx.values.get("text", "").replace("\r\n", "\n")


def _fault_page(text: str) -> str:
    return f"<!doctype html><meta charset=utf-8><title>Fault</title><pre>{escape(text)}</pre>"
