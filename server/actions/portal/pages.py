"""Portal templates that a provider changed."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col

from server.actions.portal.template_rules import check_template, refuse_deletion
from server.actions.resources import Lifecycle, Resource
from server.actions.rows import get_owned, hold
from server.actions.work import Work
from server.domain.errors import NotFound, Taken
from server.domain.events import EventKind
from server.domain.fields import is_comparable
from server.domain.permissions import Permission
from server.domain.portal.openings import TemplateOpening
from server.domain.portal.pages import (
    EditConflict,
    Template,
    TemplateDraft,
    TemplateVersion,
)
from server.kit.paging import Listing

TEMPLATES = Resource(
    name="template",
    model=Template,
    draft=TemplateDraft,
    read=Permission.PORTAL_READ,
    edit=Permission.PORTAL_EDIT,
    events=Lifecycle(
        created=EventKind.TEMPLATE_CREATED,
        updated=EventKind.TEMPLATE_UPDATED,
        deleted=EventKind.TEMPLATE_DELETED,
    ),
    listing=Listing("templates", Template, left_out=(col(Template.published), col(Template.draft))),
    unique="name",
    facts=("kind", "name"),
    goes_with=(col(TemplateVersion.template_id), col(TemplateOpening.template_id)),
    prepare=check_template,
    refuse_delete=refuse_deletion,
)


def find_template(work: Work, kind: str, name: str) -> Template | None:
    """Find what the provider has of a kind and name; a page's name is its path."""
    query = TEMPLATES.query(work.actor).where(Template.kind == kind, Template.name == name)
    return work.db.exec(query).first()


def take_over(work: Work, kind: str, name: str) -> Template:
    """Find what the provider has in the place of a shipped template, or make it without a text.

    Raises: Forbidden, NotFound when nothing like it is shipped.
    """
    work.actor.require(Permission.PORTAL_EDIT)
    if not is_comparable(name):
        raise NotFound(f"There is no {kind} {name!r} to change.", field="name")
    found = find_template(work, kind, name)
    if found is not None:
        return found
    shipped = work.installation.shipped.find_values(kind, name)
    if shipped is None:
        raise NotFound(f"There is no {kind} {name!r} to change.", field="name")
    try:
        return TEMPLATES.create(work, {"kind": kind, "name": name, **shipped})
    except Taken:  # by somebody at the same moment, which is as good
        made = find_template(work, kind, name)
        if made is None:
            raise
        return made


def save_template(
    work: Work, template_id: int, values: Mapping[str, Any], loaded: int | None = None
) -> Template:
    """Change a template; `loaded` is the `lock_version` that the change was made from.

    Raises: Forbidden, NotFound, Invalid, Taken, EditConflict when somebody else came first.
    """
    work.actor.require(Permission.PORTAL_EDIT)
    template = hold(work.db, get_owned(work, Template, template_id))
    refuse_outdated(template, loaded)
    return TEMPLATES.update(work, template_id, values)


def refuse_outdated(template: Template, loaded: int | None) -> None:
    """Refuse a change that was made from an older state. Raises: EditConflict."""
    if loaded in {None, template.lock_version}:
        return
    when = f"{template.updated_at:%Y-%m-%d %H:%M} UTC"
    raise EditConflict(
        f"was changed by {template.changed_by or 'somebody'} at {when}, after you had loaded it. "
        "Load it again, compare, and save what you want to keep.",
        field="lock_version",
    )
