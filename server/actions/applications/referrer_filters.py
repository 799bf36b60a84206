"""Referrer filters of applications: they come and go, and hold at once."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from server.actions.applications.keys import get_editable
from server.actions.rows import tell
from server.actions.work import Work
from server.domain.applications.applications import Application
from server.domain.applications.referrer_filters import (
    MOST_FILTERS,
    ReferrerFilter,
    clean_filter,
)
from server.domain.errors import FilterLimitReached, Forbidden, NotFound, Taken
from server.domain.events import EventKind
from server.domain.services.services import Service


def list_filters(db: Session, application_id: int) -> list[ReferrerFilter]:
    """Read an application's referrer filters, oldest first."""
    return filters_by_application(db, [application_id]).get(application_id, [])


def filters_by_application(
    db: Session, application_ids: Sequence[int]
) -> dict[int, list[ReferrerFilter]]:
    """Read the referrer filters of applications. Cost: one query."""
    query = select(ReferrerFilter).where(col(ReferrerFilter.application_id).in_(application_ids))
    found: dict[int, list[ReferrerFilter]] = {}
    # Sorted here: SQLite might go through all filters in that order to find these few.
    for row in sorted(db.exec(query), key=lambda row: row.id):
        found.setdefault(row.application_id, []).append(row)
    return found


def add_filter(work: Work, application_id: int, value: str) -> ReferrerFilter:
    """Let calls of one more referrer through.

    Raises: NotFound, Forbidden, Invalid, Taken, FilterLimitReached.
    """
    application = _editable(work, application_id)
    chosen = clean_filter(value)
    existing = list_filters(work.db, application.id)
    if chosen.lower() in {row.value.lower() for row in existing}:
        raise Taken("referrer_filter")
    if len(existing) >= MOST_FILTERS:
        raise FilterLimitReached(MOST_FILTERS)
    row = ReferrerFilter(
        provider_id=application.provider_id, application_id=application.id, value=chosen
    )
    work.db.add(row)
    work.db.flush()  # the caller shows its id
    tell(work, application, EventKind.REFERRER_FILTER_CREATED, {"referrer_filter": [None, chosen]})
    return row


def delete_filter(work: Work, application_id: int, filter_id: int) -> Application:
    """Let calls of a referrer through no more; without any filter all are let through.

    Raises: NotFound, Forbidden.
    """
    application = _editable(work, application_id)
    rows = list_filters(work.db, application.id)
    doomed = next((row for row in rows if row.id == filter_id), None)
    if doomed is None:
        raise NotFound("There is no such referrer filter.", field="filter_id")
    work.db.delete(doomed)
    gone = {"referrer_filter": [doomed.value, None]}
    tell(work, application, EventKind.REFERRER_FILTER_DELETED, gone)
    return application


def may_edit_filters(service: Service) -> bool:
    """Return whether developers may change the filters of their applications of a service."""
    return service.buyers_manage_apps


def _editable(work: Work, application_id: int) -> Application:
    application, service = get_editable(work, application_id)
    if work.actor.is_developer and not may_edit_filters(service):
        raise Forbidden("Applications of this API are managed by its provider. Write to them.")
    return application
