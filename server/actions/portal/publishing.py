"""Publishing templates: now, at a time, all at once; hiding, reverting, older versions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.portal.pages import TEMPLATES, refuse_outdated, take_over
from server.actions.resources import Lifecycle
from server.actions.rows import get_owned, hold
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Conflict, Invalid, NotFound
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.portal.pages import Template, TemplateVersion

MOST_AT_ONCE = 500  # of a query: changes that are listed, or published together
_PUBLISHED = replace(TEMPLATES, events=Lifecycle(updated=EventKind.TEMPLATE_PUBLISHED))
_HIDDEN = replace(TEMPLATES, events=Lifecycle(updated=EventKind.TEMPLATE_HIDDEN))


def _held(work: Work, template_id: int, loaded: int | None = None) -> Template:
    """Hold a template that is going to be changed. Raises: Forbidden, NotFound, EditConflict."""
    work.actor.require(Permission.PORTAL_EDIT)
    template = hold(work.db, get_owned(work, Template, template_id))
    refuse_outdated(template, loaded)
    return template


def publish_template(work: Work, template_id: int, loaded: int | None = None) -> Template:
    """Publish the draft, which is none any more; a hidden page is shown again.

    Raises: Forbidden, NotFound, EditConflict, Invalid.
    """
    template = _held(work, template_id, loaded)
    values: dict[str, Any] = {"hidden": False, "publish_at": None}
    if template.draft is not None:
        values |= {"published": template.draft, "draft": None}
    return _PUBLISHED.update(work, template.id, values)


def hide_template(work: Work, template_id: int, loaded: int | None = None) -> Template:
    """Take what is published away and keep it as the draft, unless there is one.

    In the place of the portal's own page the shipped one is shown then, else nothing.
    Raises: Forbidden, NotFound, EditConflict.
    """
    template = _held(work, template_id, loaded)
    draft = template.published if template.draft is None else template.draft
    values = {"published": None, "draft": draft, "hidden": template.is_content}
    return _HIDDEN.update(work, template.id, {**values, "publish_at": None})


def drop_draft(work: Work, template_id: int, loaded: int | None = None) -> Template:
    """Drop the draft: what is published stays. Raises: Forbidden, NotFound, EditConflict."""
    template = _held(work, template_id, loaded)
    return TEMPLATES.update(work, template.id, {"draft": None, "publish_at": None})


def reset_template(work: Work, kind: str, name: str) -> Template:
    """Make the shipped text the draft. Raises: Forbidden, NotFound, Invalid."""
    template = _held(work, take_over(work, kind, name).id)
    text = work.installation.shipped.find_text(kind, name)
    if text is None:
        raise NotFound(f"No {kind} {name!r} is shipped.", field="name")
    return TEMPLATES.update(work, template.id, {"draft": text})


def schedule_template(
    work: Work, template_id: int, at: datetime | None, loaded: int | None = None
) -> Template:
    """Have the draft published at a time; None for not. Raises: NotFound, Invalid, EditConflict."""
    template = _held(work, template_id, loaded)
    return TEMPLATES.update(work, template.id, {"publish_at": at})


def list_changes(work: Work) -> Sequence[Template]:
    """List what has a draft, newest first, without texts. Raises: Forbidden."""
    query = TEMPLATES.query(work.actor).where(col(Template.draft).is_not(None))
    query = query.options(*map(defer, TEMPLATES.listing.left_out))
    order = (col(Template.updated_at).desc(), col(Template.id))
    return work.db.exec(query.order_by(*order).limit(MOST_AT_ONCE)).all()


def publish_changes(work: Work, template_ids: Collection[int] | None = None) -> list[Template]:
    """Publish these drafts, all or none; None for every one there is.

    Raises: Forbidden, NotFound, Invalid.
    """
    if template_ids is None:
        template_ids = [template.id for template in list_changes(work)]
    if len(template_ids) > MOST_AT_ONCE:
        raise Invalid(f"must be at most {MOST_AT_ONCE} at once.", field="ids")
    held = [_held(work, number) for number in sorted(set(template_ids))]
    return [publish_template(work, template.id) for template in held]


def list_versions(work: Work, template_id: int) -> Sequence[TemplateVersion]:
    """List what was published of a template, newest first. Raises: Forbidden, NotFound."""
    template = TEMPLATES.get(work, template_id)
    query = select(TemplateVersion).where(TemplateVersion.template_id == template.id)
    return work.db.exec(query.order_by(col(TemplateVersion.id).desc()).limit(MOST_AT_ONCE)).all()


def versions_query(actor: Actor) -> SelectOfScalar[TemplateVersion]:
    """Select all versions of the provider's templates. Raises: Forbidden."""
    actor.require(Permission.PORTAL_READ)
    return select(TemplateVersion).where(TemplateVersion.provider_id == actor.provider_id)


def get_version(work: Work, version_id: int) -> TemplateVersion:
    """Find a version. Raises: Forbidden, NotFound."""
    work.actor.require(Permission.PORTAL_READ)
    return get_owned(work, TemplateVersion, version_id)


def revert_to_version(work: Work, version_id: int, loaded: int | None = None) -> Template:
    """Make the text of a version the draft. Raises: Forbidden, NotFound, EditConflict, Invalid."""
    version = get_version(work, version_id)
    template = _held(work, version.template_id, loaded)
    return TEMPLATES.update(work, template.id, {"draft": version.text})


def list_due(db: Session, now: datetime) -> Mapping[int, int]:
    """List the templates of all providers that are to be published by now: id -> provider."""
    query = select(Template.id, Template.provider_id).where(
        col(Template.publish_at) <= now, col(Template.draft).is_not(None)
    )
    return dict(db.exec(query.order_by(col(Template.publish_at)).limit(MOST_AT_ONCE)).all())


def publish_due(work: Work, template_id: int) -> Template | None:
    """Publish a draft whose time has come; None when that was changed meanwhile.

    Raises: NotFound, Invalid.
    """
    template = _held(work, template_id)
    if template.publish_at is None or template.publish_at > work.now:
        return None
    if template.draft is None:
        raise Conflict("There is no draft to publish.", field="draft")
    return publish_template(work, template_id)
