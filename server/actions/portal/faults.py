"""Templates that fail when they are rendered: told once for each text, until it is changed."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import defer
from sqlmodel import col

from server.actions.portal.pages import TEMPLATES
from server.actions.work import Work
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission
from server.domain.portal.pages import Template

LONGEST_MESSAGE = 1_000  # characters
SHOWN_AT_ONCE = 20


def note_template_fault(work: Work, kind: str, name: str, line: int, message: str) -> bool:
    """Note why a template failed, and tell it; False when this text's fault is known.

    Line 0 says that nobody knows the line. Raises: Forbidden.
    """
    work.actor.require(Permission.PORTAL_EDIT)
    told = message[:LONGEST_MESSAGE]
    is_new = col(Template.fault_of).is_(None) | (col(Template.fault_of) != Template.updated_at)
    noted = (
        update(Template)
        .where(col(Template.provider_id) == work.actor.provider_id)
        .where(col(Template.kind) == kind, col(Template.name) == name, is_new)
        .values(
            fault=told,
            fault_line=line or None,
            fault_of=Template.updated_at,
            updated_at=Template.updated_at,  # its text is what it was
        )
        .returning(col(Template.id))
    )
    template_id = work.db.execute(noted).scalar()
    if template_id is None:
        return False
    facts = {"kind": kind, "name": name, "line": line or None, "message": told}
    work.record(Event(EventKind.TEMPLATE_FAILED, template_id, facts=facts))
    return True


def list_template_faults(work: Work) -> Sequence[Template]:
    """List the templates that failed as they are now, without their texts. Raises: Forbidden."""
    query = TEMPLATES.query(work.actor).where(
        col(Template.fault_of) == Template.updated_at, col(Template.published).is_not(None)
    )
    without = map(defer, TEMPLATES.listing.left_out)
    shown = query.options(*without).order_by(col(Template.id)).limit(SHOWN_AT_ONCE)
    return work.db.exec(shown).all()
