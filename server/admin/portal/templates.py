"""Templates: pages, layouts, partials; making one, changing its text, and what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from server.actions.portal.openings import note_opening
from server.actions.portal.pages import TEMPLATES, save_template, take_over
from server.actions.portal.publishing import (
    drop_draft,
    hide_template,
    publish_template,
    reset_template,
    schedule_template,
)
from server.admin.context import AdminContext
from server.admin.page_face import AdminRequest
from server.admin.portal.conflicts import Clash, find_clash
from server.admin.portal.overview import list_templates, section_choices, states_of
from server.admin.portal.viewers import GROUP, ViewerChoice, list_viewers
from server.admin.portal.words import WordGroup, completions_of, groups_of
from server.admin.render import render
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.portal.openings import TemplateOpening
from server.domain.portal.pages import (
    LEGAL_TERMS,
    NO_LAYOUT,
    BrokenTemplate,
    Handler,
    Template,
    TemplateKind,
)
from server.kit.zones import zone_of

PUBLISH, OWN_ONLY = "publish", "mine"
FOR_VISITORS = ("/", "signup/", "activations/", "login/", "password/", "errors/")
LANGUAGES = {"text/css": "css", "text/javascript": "javascript", "text/html": "html"}
HANDLERS = (
    (Handler.NONE, "HTML"),
    (Handler.MARKDOWN, "Markdown"),
    (Handler.TEXTILE, "Textile"),
)
KINDS = {
    TemplateKind.PAGE: ("page", "", "Content"),
    TemplateKind.LAYOUT: ("layout", "/layouts", "Layouts"),
    TemplateKind.PARTIAL: ("partial", "/partials", "Partials"),
    TemplateKind.EMAIL: ("mail", "/builtins", "Built-in"),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the settings of a template can be."""

    sections: Sequence[tuple[str, str]]
    layouts: Sequence[tuple[str, str]]
    handlers: Sequence[tuple[str, str]] = HANDLERS


@dataclass(frozen=True, slots=True)
class NewTemplatePage:
    kind: str
    noun: str
    choices: Choices


@dataclass(frozen=True, slots=True)
class Flaw:
    """Where the text is wrong that was refused; line 0 is unknown."""

    line: int
    column: int
    message: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """One template in the editor."""

    template: Template
    text: str
    shipped: str | None
    choices: Choices
    viewers: Sequence[ViewerChoice]
    groups: Sequence[WordGroup]
    completions: Mapping[str, Any]
    others: Sequence[TemplateOpening]
    flaw: Flaw | None
    clash: Clash | None

    @property
    def noun(self) -> str:
        """What it is."""
        return KINDS[TemplateKind(self.template.kind)][0]

    @property
    def list_of(self) -> tuple[str, str]:
        """Where the list is that it stands in, and what that is called."""
        template = self.template
        if template.kind == TemplateKind.PAGE and not template.is_content:
            return "/builtins", "Built-in"
        return KINDS[TemplateKind(template.kind)][1:]

    @property
    def viewer(self) -> str:
        """As whom it is shown at first: the portal's own pages for developers by one of them."""
        template = self.template
        is_for_all = template.kind != TemplateKind.PAGE or template.name.startswith(FOR_VISITORS)
        developers = (each.value for each in self.viewers if not each.value.startswith(GROUP))
        return "" if is_for_all else next(developers, "")

    @property
    def label(self) -> str:
        """What it is called."""
        return self.template.title or self.template.name

    @property
    def states(self) -> Sequence[str]:
        """What is shown, and whether there is something newer."""
        return states_of(self.template, is_shipped=self.shipped is not None)

    @property
    def language(self) -> str:
        """Which colours its text has."""
        template = self.template
        if template.handler == Handler.MARKDOWN:
            return "markdown"
        if template.handler or template.kind == TemplateKind.EMAIL:
            return "plain"
        kind = template.content_type.partition(";")[0]
        by_name = {".css": "text/css", ".js": "text/javascript"}
        kind = next((by_name[end] for end in by_name if template.name.endswith(end)), kind)
        return LANGUAGES.get(kind, "plain")

    def publish_at_local(self, zone: str) -> str:
        """Write when the draft is going to be published as a field of the browser takes it."""
        at = self.template.publish_at
        return "" if at is None else at.astimezone(zone_of(zone)).strftime("%Y-%m-%dT%H:%M")

    @property
    def is_live_at_once(self) -> bool:
        """Whether saving publishes it."""
        return self.template.name in LEGAL_TERMS

    @property
    def others_text(self) -> str:
        """Say who else has it open."""
        return others_text(self.others)


def others_text(others: Sequence[TemplateOpening]) -> str:
    """Say who else has a template open; empty for nobody."""
    if not others:
        return ""
    names = list(dict.fromkeys(each.name for each in others))
    has = "has" if len(names) == 1 else "have"
    warning = "Who saves second is shown what the first has changed."
    return f"{', '.join(names)} {has} this open too. {warning}"


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.PORTAL_EDIT)
    kind = ctx.query("kind") or ctx.text("kind") or TemplateKind.PAGE
    if kind not in {TemplateKind.PAGE, TemplateKind.LAYOUT, TemplateKind.PARTIAL}:
        raise NotFound("There is no such kind of template.")
    page = NewTemplatePage(kind, KINDS[TemplateKind(kind)][0], _choices(ctx))
    return render(ctx, "templates/new.html.j2", page)


def create(ctx: AdminContext) -> Response:
    """Make a template without a text, and open it."""
    values = {**ctx.sent(TEMPLATES), "draft": ""}
    if values.get("kind") == TemplateKind.LAYOUT:
        values["draft"] = ctx.installation.shipped.find_text("layout", "main_layout") or ""
    template = TEMPLATES.create(ctx, values)
    return ctx.go(f"/portal/templates/{template.id}", f"{template.name} is made, as a draft.")


def edit_shipped(ctx: AdminContext) -> Response:
    """Open what is shipped to change it; until a text is saved nothing is another."""
    template = take_over(ctx, ctx.text("kind"), ctx.text("name"))
    return ctx.go(f"/portal/templates/{template.id}")


def show(page_request: AdminRequest) -> Response:
    """Show the editor, and note who has it open."""
    with page_request.open(write=True) as ctx:
        ctx.actor.require(Permission.PORTAL_READ)
        others: Sequence[TemplateOpening] = ()
        if ctx.actor.may(Permission.PORTAL_EDIT):
            others = note_opening(ctx, ctx.path_id("template_id"))
        return _page(ctx, others)


def show_again(ctx: AdminContext) -> Response:
    """Show the editor with what was typed and why it was refused."""
    return _page(ctx, ())


def _page(ctx: AdminContext, others: Sequence[TemplateOpening]) -> Response:
    template = TEMPLATES.get(ctx, ctx.path_id("template_id"))
    shipped = ctx.installation.shipped.find_text(template.kind, template.name)
    clash = find_clash(ctx, template, _text_of(template, shipped))
    error = ctx.error if isinstance(ctx.error, BrokenTemplate) else None
    flaw = Flaw(error.line, error.column, error.message, error.excerpt) if error else None
    page = TemplatePage(
        template=template,
        text=_text_of(template, shipped),
        shipped=shipped,
        choices=_choices(ctx),
        viewers=list_viewers(ctx),
        groups=groups_of(template.kind, template.name),
        completions=completions_of(template.kind, template.name),
        others=others,
        flaw=flaw,
        clash=clash,
    )
    return render(ctx, "templates/show.html.j2", page)


def update(page_request: AdminRequest) -> Response:
    with page_request.open() as ctx:
        return _update(ctx)


def _update(ctx: AdminContext) -> Response:
    """Save what was typed as the draft; `then` says whether it is published as well."""
    template = TEMPLATES.get(ctx, ctx.path_id("template_id"))
    shipped = ctx.installation.shipped.find_text(template.kind, template.name)
    values = ctx.sent(TEMPLATES)
    text = (ctx.values[OWN_ONLY] if ctx.text("only") == OWN_ONLY else values["draft"]).replace(
        "\r\n", "\n"
    )
    values["draft"] = text
    if text == _text_of(template, shipped) and template.draft is None:
        del values["draft"]  # the text is what it was
    template = save_template(ctx, template.id, values, ctx.number_or_none("lock_version"))
    if ctx.text("then") != PUBLISH:
        return ctx.go(f"/portal/templates/{template.id}", f"{template.name} is saved.")
    publish_template(ctx, template.id)
    return ctx.go(
        f"/portal/templates/{template.id}",
        f"{template.name} is published: developers see it now.",
    )


def move(ctx: AdminContext) -> Response:
    """Publish, hide, reset, or drop the draft."""
    event, template_id = str(ctx.request.path_params["event"]), ctx.path_id("template_id")
    template = TEMPLATES.get(ctx, template_id)
    match event:
        case "publish":
            publish_template(ctx, template_id)
            done = "is published: developers see it now."
        case "hide":
            hide_template(ctx, template_id)
            done = "is hidden. Its text is kept as the draft."
        case "revert":
            drop_draft(ctx, template_id)
            done = "has no draft any more: its text is the one that is published."
        case "reset":
            reset_template(ctx, template.kind, template.name)
            done = "has the shipped text as its draft. Publish it to put it in force."
        case "delete":
            TEMPLATES.delete(ctx, template_id)
            return ctx.go(f"/portal{KINDS[TemplateKind(template.kind)][1]}", _deleted(template))
        case _:
            raise NotFound("There is no such page.")
    return ctx.go(f"/portal/templates/{template_id}", f"{template.name} {done}")


def _deleted(template: Template) -> str:
    return f"{template.name} is deleted."


def schedule(ctx: AdminContext) -> Response:
    """Have the draft published at a time in the provider's zone; without one, not."""
    at = ctx.time("publish_at")
    template = schedule_template(ctx, ctx.path_id("template_id"), at)
    done = "is going to be published at that time." if at else "waits for no time any more."
    return ctx.go(f"/portal/templates/{template.id}", f"{template.name} {done}")


def _text_of(template: Template, shipped: str | None) -> str:
    """Find the text to go on with: the draft, else what is published, else what is shipped."""
    texts = (template.draft, template.published, shipped)
    return next((text for text in texts if text is not None), "")


def _choices(ctx: AdminContext) -> Choices:
    names = [row.name for row in list_templates(ctx, TemplateKind.LAYOUT)]
    layouts = [*((name, name) for name in names), (NO_LAYOUT, "None: the page as it is")]
    return Choices(section_choices(ctx), layouts)
