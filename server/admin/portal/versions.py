"""What was published of a template, what differs, and going back."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.portal.pages import TEMPLATES
from server.actions.portal.publishing import get_version, list_versions, revert_to_version
from server.admin.context import AdminContext
from server.admin.render import render
from server.domain.errors import NotFound
from server.domain.portal.pages import Template, TemplateVersion
from server.kit.text_diff import Difference, difference_of

PUBLISHED, DRAFT, SHIPPED = "published", "draft", "shipped"
NAMES = {PUBLISHED: "What is published", DRAFT: "The draft", SHIPPED: "What is shipped"}


@dataclass(frozen=True, slots=True)
class VersionsPage:
    template: Template
    versions: Sequence[TemplateVersion]
    is_shipped: bool


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One text against another of the same template."""

    template: Template
    version: TemplateVersion | None
    title: str
    before: str
    after: str
    difference: Difference
    others: Sequence[tuple[str, str]]
    against: str


def index(ctx: AdminContext) -> Response:
    template = TEMPLATES.get(ctx, ctx.path_id("template_id"))
    is_shipped = ctx.installation.shipped.find_text(template.kind, template.name) is not None
    page = VersionsPage(template, list_versions(ctx, template.id), is_shipped)
    return render(ctx, "templates/versions.html.j2", page)


def show(ctx: AdminContext) -> Response:
    """Compare a version with what is published, the draft, what is shipped, or another version."""
    template = TEMPLATES.get(ctx, ctx.path_id("template_id"))
    version = _version(ctx, template, str(ctx.request.path_params["version_id"]))
    versions = list_versions(ctx, template.id)
    against = ctx.query("against") or PUBLISHED
    title = f"Version of {version.created_at:%Y-%m-%d %H:%M} UTC"
    page = VersionPage(
        template=template,
        version=version,
        title=title,
        before=_name_of(versions, against),
        after=f"{title}{' by ' + version.author if version.author else ''}",
        difference=difference_of(_text(ctx, template, against), version.text),
        others=_others(ctx, template, versions, version),
        against=against,
    )
    return render(ctx, "templates/version.html.j2", page)


def show_draft(ctx: AdminContext) -> Response:
    """Compare the draft with what is published. Raises: NotFound when there is none."""
    template = TEMPLATES.get(ctx, ctx.path_id("template_id"))
    if template.draft is None:
        raise NotFound("There is no draft of this template.")
    against = PUBLISHED if template.published is not None else SHIPPED
    page = VersionPage(
        template=template,
        version=None,
        title="What the draft changes",
        before=NAMES[against],
        after=NAMES[DRAFT],
        difference=difference_of(_text(ctx, template, against), template.draft),
        others=(),
        against=against,
    )
    return render(ctx, "templates/version.html.j2", page)


def revert(ctx: AdminContext) -> Response:
    """Make a version's text the draft."""
    template = TEMPLATES.get(ctx, ctx.path_id("template_id"))
    version = _version(ctx, template, str(ctx.request.path_params["version_id"]))
    revert_to_version(ctx, version.id)
    told = f"{template.name} has that text as its draft. Publish it to put it in force."
    return ctx.go(f"/portal/templates/{template.id}", told)


def _version(ctx: AdminContext, template: Template, text: str) -> TemplateVersion:
    version = get_version(ctx, ctx.path_id("version_id"))
    if version.template_id != template.id:
        raise NotFound(f"There is no version {text} of this template.")
    return version


def _text(ctx: AdminContext, template: Template, against: str) -> str:
    """Find the text that is compared with. Raises: NotFound."""
    texts = {
        PUBLISHED: template.published,
        DRAFT: template.draft,
        SHIPPED: ctx.installation.shipped.find_text(template.kind, template.name),
    }
    if against in texts:
        return texts[against] or ""
    if not against.isdecimal():
        raise NotFound("There is nothing like it to compare with.")
    other = get_version(ctx, int(against[:18]))
    if other.template_id != template.id:
        raise NotFound("There is nothing like it to compare with.")
    return other.text


def _name_of(versions: Sequence[TemplateVersion], against: str) -> str:
    if against in NAMES:
        return NAMES[against]
    at = next((each.created_at for each in versions if str(each.id) == against), None)
    return f"Version of {at:%Y-%m-%d %H:%M} UTC" if at else "Another version"


def _others(
    ctx: AdminContext,
    template: Template,
    versions: Sequence[TemplateVersion],
    version: TemplateVersion,
) -> list[tuple[str, str]]:
    """Offer what a version can be compared with."""
    known = [(PUBLISHED, NAMES[PUBLISHED])] if template.published is not None else []
    known += [(DRAFT, NAMES[DRAFT])] if template.draft is not None else []
    if ctx.installation.shipped.find_text(template.kind, template.name) is not None:
        known.append((SHIPPED, NAMES[SHIPPED]))
    known += [
        (str(each.id), f"Version of {each.created_at:%Y-%m-%d %H:%M} UTC")
        for each in versions
        if each.id != version.id
    ]
    return known
