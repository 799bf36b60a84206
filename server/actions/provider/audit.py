"""The audit log: everything that was recorded, newest first."""

from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from server.domain.actors import Actor
from server.domain.events import EventRecord
from server.domain.permissions import Permission
from server.kit.paging import Listing

LISTING = Listing("events", EventRecord, newest_first=True)


def events_query(actor: Actor) -> SelectOfScalar[EventRecord]:
    """Select what happened at the provider."""
    actor.require(Permission.AUDIT_READ)
    return select(EventRecord).where(EventRecord.provider_id == actor.provider_id)
