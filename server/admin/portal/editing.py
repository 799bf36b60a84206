"""What the editor asks while somebody types: what is wrong, how it looks, and who else is there."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup
from starlette.responses import HTMLResponse, JSONResponse, Response

from server.actions.portal.openings import end_opening, note_opening
from server.actions.portal.pages import TEMPLATES
from server.admin.context import AdminContext
from server.admin.page_face import AdminRequest
from server.admin.portal.templates import others_text
from server.admin.portal.viewers import find_viewer
from server.admin.render import ENVIRONMENT
from server.domain.errors import DomainError, NotFound, sentence
from server.domain.permissions import Permission
from server.domain.portal.pages import Template, TemplateKind
from server.domain.portal.previews import PreviewAsked, Previewed, Unsaved
from server.kit.ids import id_or_none

HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
# The policy forbids them anyhow; left out nobody is told of that over and over.
SCRIPT = re.compile(r"<script\b[^>]*>.*?</script\s*>", re.IGNORECASE | re.DOTALL)
MOST_PATH = 2_000
CANT, NOTHING = "This can't be shown", "Nothing is shown here"


def check(page_request: AdminRequest) -> Response:
    """Tell what keeps a text from being a template, without saving it."""
    with page_request.open(write=False) as ctx:
        template = _template(ctx)
        is_liquid = ctx.values.get("liquid_enabled", "yes") != "no"
        text = _text(ctx)
        find_flaw = ctx.installation.shipped.find_flaw
    flaw = find_flaw(template.kind, template.name, text) if is_liquid else None
    faults = (
        []
        if flaw is None
        else [{"message": flaw.message, "line": flaw.line, "column": flaw.column}]
    )
    return JSONResponse({"faults": faults})


def here(ctx: AdminContext) -> Response:
    """Note that somebody still has a template open, and tell who else has."""
    others = note_opening(ctx, ctx.path_id("template_id"))
    return JSONResponse(
        {"others": [each.name for each in others], "text": others_text(others), "changed": False}
    )


def left(ctx: AdminContext) -> Response:
    """Note that somebody has left a template."""
    end_opening(ctx, ctx.path_id("template_id"))
    return JSONResponse({})


def preview(page_request: AdminRequest) -> Response:
    """Show a page of the portal with what is typed, as whoever is chosen, in a frame."""
    with page_request.open(write=False) as ctx:
        addresses = ctx.installation.addresses
        frame = Frame(addresses.portal(ctx.provider), addresses.admin(ctx.provider))
        template = _template(ctx)
        path = _path(ctx.text("preview_path")[:MOST_PATH])
        try:
            viewer = find_viewer(ctx, ctx.text("viewer"))
        except DomainError as error:
            return frame.told(CANT, sentence(error.message))
        unsaved = _unsaved(ctx, template)
        asked = PreviewAsked(ctx.provider.id, path, viewer.user_id, viewer.group_id, unsaved)
    try:
        return frame.shown(page_request.deps.preview(asked))
    except DomainError as error:
        return frame.told(CANT, sentence(error.message))


def _template(ctx: AdminContext) -> Template:
    """Find the template of a page that only who edits may ask for. Raises: Forbidden, NotFound."""
    ctx.actor.require(Permission.PORTAL_EDIT)
    template = TEMPLATES.get(ctx, ctx.path_id("template_id"))
    if template.kind == TemplateKind.EMAIL:
        raise NotFound("Mails are shown on their own page.")
    return template


def _text(ctx: AdminContext) -> str:
    return ctx.values.get("draft", "").replace("\r\n", "\n")


def _path(text: str) -> str:
    """Take a path of the portal; an address of another place is none."""
    if not text:
        return ""
    path = text if text.startswith("/") else f"/{text}"
    return quote(path, safe="/?&=%+-._~:@!$'()*,;[]")


def _unsaved(ctx: AdminContext, template: Template) -> Unsaved:
    """Take what is typed; what the form has no field for is as it is saved."""
    return Unsaved(
        kind=template.kind,
        name=template.name,
        text=_text(ctx),
        title=ctx.values.get("title", template.title),
        layout=ctx.values.get("layout", template.layout),
        handler=ctx.values.get("handler", template.handler),
        liquid_enabled=ctx.values.get("liquid_enabled", "yes") != "no",
        content_type=ctx.values.get("content_type", template.content_type),
        portlet=template.portlet,
        section_id=id_or_none(ctx.values.get("section_id", "")) or template.section_id,
        id=template.id,
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """Where previews are shown: what is in it can do nothing, whoever wrote it.

    It has no scripts, no forms and an origin of nobody's; style sheets, images and fonts come from
    the portal, and nothing else is loaded.
    """

    portal: str
    admin: str

    def shown(self, seen: Previewed) -> Response:
        """Show a page, or why there is none."""
        if seen.fault is not None:
            fault = seen.fault
            place = f"{fault.kind} {fault.name}".strip() or "The page"
            line = f", line {fault.line}" if fault.line else ""
            return self.told(f"{place}{line}", fault.message, fault.caret)
        if seen.leads_to:
            return self.told(NOTHING, f"{seen.path} leads on to {seen.leads_to}.")
        if not seen.html:
            return self.told(NOTHING, "The page is empty.")
        html = SCRIPT.sub("", seen.html)
        head = HEAD.search(html)
        at = head.end() if head else 0
        base = Markup('<base href="{}/">').format(self.portal)
        return self._response(f"{html[:at]}{base}{html[at:]}")

    def told(self, title: str, message: str, caret: str = "") -> Response:
        """Say something in the place of a page."""
        values = {"title": title, "message": message, "caret": caret, "admin": self.admin}
        return self._response(ENVIRONMENT.get_template("templates/told.html.j2").render(**values))

    def _response(self, html: str) -> Response:
        portal = self.portal
        policy = (
            f"default-src 'none'; style-src {portal} {self.admin}; img-src {portal} data:; "
            f"font-src {portal}; media-src {portal}; base-uri {portal}; form-action 'none'; "
            "frame-ancestors 'self'; sandbox"
        )
        return HTMLResponse(
            html,
            headers={
                "Content-Security-Policy": policy,
                "X-Frame-Options": "SAMEORIGIN",
                "Referrer-Policy": "no-referrer",
            },
        )
