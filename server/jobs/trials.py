"""Tells of trials that near their end, and of those that are over; each once."""

from datetime import datetime
from typing import Any

import structlog
from sqlmodel import Session, col, select

from server.actions.applications.trials import note_trial
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import ServiceContract
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.errors import NotFound

AT_ONCE = 500  # of each table in one run of the job
TABLES: tuple[type[Any], ...] = (Application, ServiceContract)
log = structlog.get_logger("gatehouse.jobs")


def check_trials(deps: Dependencies) -> int:
    """Note the trials that are due, each in a transaction of its own; tell how many."""
    now = deps.installation.clock.now()
    with deps.database.read() as db:
        due = [(table, *found) for table in TABLES for found in _due(db, table, now)]
    for table, row_id, provider_id in due:
        try:
            with deps.database.write() as db:
                work = Work(db, Actor.system(provider_id), deps.installation)
                note_trial(work, table, row_id)
        except NotFound:  # it was deleted meanwhile
            continue
    if due:
        log.info("trials were looked at", rows=len(due))
    return len(due)


def _due(db: Session, table: type[Any], now: datetime) -> list[tuple[int, int]]:
    query = select(table.id, table.provider_id).where(col(table.trial_due_at) <= now)
    rows = db.exec(query.order_by(col(table.trial_due_at)).limit(AT_ONCE)).all()
    return [(row_id, provider_id) for row_id, provider_id in rows]
