"""Trials of applications and subscriptions: that they near their end, and that they are over."""

from collections.abc import Mapping
from typing import Any

from server.actions.rows import get_owned, hold
from server.actions.work import Work
from server.domain.accounts.accounts import ServiceContract
from server.domain.applications.applications import Application
from server.domain.events import Event, EventKind
from server.domain.plans.plans import ApplicationPlan, Plan, ServicePlan
from server.domain.plans.trials import next_due

OnTrial = Application | ServiceContract
# What is told before the end, and at it.
KINDS: Mapping[type[Any], tuple[EventKind, EventKind]] = {
    Application: (EventKind.APPLICATION_TRIAL_ENDING, EventKind.APPLICATION_TRIAL_ENDED),
    ServiceContract: (EventKind.CONTRACT_TRIAL_ENDING, EventKind.CONTRACT_TRIAL_ENDED),
}


def note_trial(work: Work, table: type[Any], row_id: int) -> OnTrial:
    """Record where a trial that is due stands, once, and when to look at it again.

    Of a plan that costs nothing, nothing is told. Raises: NotFound.
    """
    row: OnTrial = hold(work.db, get_owned(work, table, row_id))
    ends_at, due_at = row.trial_ends_at, row.trial_due_at
    if ends_at is None or due_at is None or due_at > work.now:
        return row  # another process was here first
    ending, ended = KINDS[table]
    row.trial_due_at = next_due(ends_at, work.now)
    plan = _plan_of(work, row)
    if not plan.is_free:
        kind = ended if ends_at <= work.now else ending
        facts = {"plan_id": plan.id, "trial_ends_at": ends_at.isoformat()}
        work.record(Event(kind, row.id, row.account_id, row.service_id, facts=facts))
    return row


def _plan_of(work: Work, row: OnTrial) -> Plan:
    """Return the plan that something is on now."""
    if isinstance(row, Application):
        return work.db.get_one(ApplicationPlan, row.plan_id)
    return work.db.get_one(ServicePlan, row.service_plan_id)
