"""Telling those who edit the same template of each other; nothing of it is an event."""

from collections.abc import Sequence

from sqlalchemy import delete as delete_rows
from sqlalchemy import update
from sqlmodel import col, select

from server.actions.rows import get_owned
from server.actions.work import Work
from server.domain.permissions import Permission
from server.domain.portal.openings import STAYS, TemplateOpening
from server.domain.portal.pages import Template


def note_opening(work: Work, template_id: int) -> Sequence[TemplateOpening]:
    """Note that the actor has a template open, and list who else has. Raises: Forbidden, NotFound.

    Openings that are past are dropped.
    """
    work.actor.require(Permission.PORTAL_EDIT)
    template = get_owned(work, Template, template_id)
    table, user_id = TemplateOpening, work.actor.user_id or 0
    of_template = col(table.template_id) == template.id
    work.db.execute(
        delete_rows(table).where(
            of_template, col(table.seen_at) < work.now - STAYS, col(table.user_id) != user_id
        )
    )
    mine = update(table).where(of_template, col(table.user_id) == user_id)
    found = work.db.execute(mine.values(seen_at=work.now).returning(col(table.id))).first()
    if found is None and user_id:
        opening = TemplateOpening(
            provider_id=template.provider_id,
            template_id=template.id,
            user_id=user_id,
            name=work.actor.name,
            seen_at=work.now,
        )
        work.db.add(opening)
        work.db.flush()
    return list_others(work, template.id)


def list_others(work: Work, template_id: int) -> Sequence[TemplateOpening]:
    """List who else has a template open. Raises: Forbidden. Cost: 1 query."""
    work.actor.require(Permission.PORTAL_READ)
    table = TemplateOpening
    query = select(table).where(
        table.provider_id == work.actor.provider_id,
        table.template_id == template_id,
        col(table.seen_at) >= work.now - STAYS,
        table.user_id != (work.actor.user_id or 0),
    )
    return work.db.exec(query.order_by(col(table.created_at))).all()


def end_opening(work: Work, template_id: int) -> None:
    """Note that the actor has left a template. Raises: Forbidden."""
    work.actor.require(Permission.PORTAL_EDIT)
    table = TemplateOpening
    work.db.execute(
        delete_rows(table).where(
            col(table.provider_id) == work.actor.provider_id,
            col(table.template_id) == template_id,
            col(table.user_id) == (work.actor.user_id or 0),
        )
    )
