"""What has to hold of a template before it is saved, and what is kept of what it was."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import inspect
from sqlmodel import col, select

from server.actions.portal.content import refuse_reserved, section_of
from server.actions.work import Work
from server.domain.drafts import attributes_of
from server.domain.errors import Blank, InUse, Invalid
from server.domain.fields import clean_system_name, is_future
from server.domain.portal.pages import (
    HTML,
    LEGAL_TERMS,
    BrokenTemplate,
    Portlet,
    Template,
    TemplateDraft,
    TemplateKind,
    TemplateVersion,
)

TEXTS = ("published", "draft")
TAG = re.compile(r"\{%-?\s*(\w+)")
ATTRIBUTES = tuple(each.name for each in attributes_of(TemplateDraft))
LIQUID = "liquid_enabled"


def check_template(work: Work, template: Template) -> None:
    """Refuse what could not be shown; else tidy it, count the change and keep the old text.

    Raises: Blank, Invalid, BrokenTemplate.
    """
    is_new = not inspect(template).persistent
    if is_new or _is_changed(template, "name"):
        _check_name(work, template, is_new=is_new)
    template.section_id = section_of(work, template.section_id)
    _check_portlet(template)
    if template.kind == TemplateKind.PARTIAL and template.name in LEGAL_TERMS and template.draft:
        template.published, template.draft = template.draft, None
    _check_texts(work, template, is_new=is_new)
    _check_time(work, template)
    _name_system(work, template)
    template.searchable = _is_searchable(template)
    if is_new:
        template.changed_by = work.actor.name
    elif any(_is_changed(template, name) for name in ATTRIBUTES):
        _keep_version(work, template)
        template.lock_version += 1
        template.changed_by = work.actor.name


def refuse_deletion(work: Work, template: Template) -> None:
    """Refuse to delete a layout that pages stand in; else drop its versions. Raises: InUse."""
    if template.kind == TemplateKind.LAYOUT and not is_shipped(work, template):
        query = select(Template).where(
            Template.provider_id == work.actor.provider_id,
            Template.kind == TemplateKind.PAGE,
            Template.layout == template.name,
        )
        page = work.db.exec(query.limit(1)).first()
        if page is not None:
            raise InUse(f"is the layout of {page.name}. Give that page another first.")


def is_shipped(work: Work, template: Template) -> bool:
    """Return whether a template stands in the place of one that is shipped."""
    return work.installation.shipped.find_text(template.kind, template.name) is not None


def _check_name(work: Work, template: Template, *, is_new: bool) -> None:
    """Refuse a page that no address leads to, and what may not be renamed. Raises: Invalid."""
    before = template.name if is_new else _before(template, "name")
    template.name, after = before, template.name  # what was it?
    is_fixed = not is_new and (not template.is_content and is_shipped(work, template))
    template.name = after
    is_moved = not is_new and template.kind == TemplateKind.PAGE
    if is_fixed or (is_moved and before.startswith("/") != after.startswith("/")):
        raise Invalid("can't be changed: the portal asks for it by this name.", field="name")
    if template.kind != TemplateKind.PAGE:
        return
    if after.startswith("/"):
        refuse_reserved(work, after, "name")
    elif "/" not in after:
        raise Invalid(f"must be a path: '/' for the home page, else /{after}.", field="name")


def _check_portlet(template: Template) -> None:
    if template.portlet and template.kind != TemplateKind.PARTIAL:
        raise Invalid("is of partials only.", field="portlet")
    if template.portlet == Portlet.RSS_FEED and not template.feed_url:
        raise Blank("feed_url")


def _check_texts(work: Work, template: Template, *, is_new: bool) -> None:
    """Refuse a text that can't be parsed, or a layout without its page. Raises: BrokenTemplate."""
    if not template.liquid_enabled:
        if template.kind not in {TemplateKind.LAYOUT, TemplateKind.PAGE}:
            raise Invalid("can't be false: only pages and layouts do without.", field=LIQUID)
        if template.kind == TemplateKind.PAGE:
            return
    is_parsed_anew = not is_new and _is_changed(template, LIQUID)
    for field in TEXTS:
        text: str | None = getattr(template, field)
        if text is None or not (is_new or is_parsed_anew or _is_changed(template, field)):
            continue
        if not is_new and text in {_before(template, other) for other in TEXTS}:
            continue  # it was checked when it came
        flaw = work.installation.shipped.find_flaw(template.kind, template.name, text)
        if flaw is not None:
            raise BrokenTemplate(
                flaw.message,
                field=field,
                line=flaw.line,
                column=flaw.column,
                excerpt=flaw.excerpt,
            )


def _check_time(work: Work, template: Template) -> None:
    """Refuse a time that is past, or of nothing; once there is no draft it is done with."""
    at: datetime | None = template.publish_at
    if at is None:
        return
    is_given = not inspect(template).persistent or _is_changed(template, "publish_at")
    if template.draft is None:
        if is_given:
            raise Invalid("needs a draft to publish then.", field="publish_at")
        template.publish_at = None
    elif is_given and not is_future(at, work.now):
        raise Invalid("must be a time to come, with its time zone.", field="publish_at")


def _name_system(work: Work, template: Template) -> None:
    """Give a page with a path a system name of its own; anything else has its name."""
    if not template.is_content:
        template.system_name = None
    elif not template.system_name:
        template.system_name = _free_name(work, template, made_system_name(template) or "")


def _free_name(work: Work, template: Template, made: str) -> str:
    """Number a system name that another page has: pages may have one title."""
    query = select(Template.system_name).where(
        Template.provider_id == work.actor.provider_id,
        Template.kind == template.kind,
        Template.id != template.id,
        col(Template.system_name).startswith(made, autoescape=True),
    )
    with work.db.no_autoflush:
        taken = set(work.db.exec(query).all())
    number, name = 1, made
    while name in taken:
        number += 1
        name = f"{made}_{number}"
    return name


def made_system_name(template: Template) -> str | None:
    """Make the system name of a page with a path; None for anything else."""
    if not template.is_content:
        return None
    return clean_system_name("", template.title or template.name.strip("/") or "home")


def _is_searchable(template: Template) -> bool:
    """Return whether search may read it: HTML whose words don't depend on who looks."""
    text = template.published if template.published is not None else template.draft
    if not template.is_content or text is None or template.content_type != HTML:
        return False
    return not template.liquid_enabled or set(TAG.findall(text)) <= {"include"}


def _keep_version(work: Work, template: Template) -> None:
    """Keep the text that is published now; before its first change also the one that was."""
    if not _is_changed(template, "published"):
        return
    old = _before(template, "published")
    if old is not None and not _has_versions(work, template):
        work.db.add(_version(template, old, _before(template, "changed_by"), template.updated_at))
    if template.published is not None:
        work.db.add(_version(template, template.published, work.actor.name, work.now))


def _version(template: Template, text: str, author: str, at: datetime) -> TemplateVersion:
    return TemplateVersion(
        provider_id=template.provider_id,
        template_id=template.id,
        text=text,
        author=author,
        created_at=at,
    )


def _has_versions(work: Work, template: Template) -> bool:
    query = select(TemplateVersion.id).where(TemplateVersion.template_id == template.id)
    return work.db.exec(query.limit(1)).first() is not None


def _is_changed(template: Template, name: str) -> bool:
    history = inspect(template).attrs[name].history
    return bool(history.added) and history.added != history.deleted


def _before(template: Template, name: str) -> Any:
    """Read what an attribute was before it was set."""
    history = inspect(template).attrs[name].history
    return history.deleted[0] if history.deleted else getattr(template, name)
