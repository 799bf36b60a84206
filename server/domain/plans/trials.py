"""Trials: how long something on a plan costs nothing, as it was agreed when it began.

Source: reference-portal 6. A later change of the plan, or to another one, moves no end.
"""

from datetime import datetime, timedelta
from typing import Any

from server.domain.plans.plans import Plan

NOTICE = timedelta(days=10)  # so long before the end its people are told
ONE_DAY = timedelta(days=1)


def trial_on(plan: Plan, now: datetime) -> dict[str, Any]:
    """Make the columns of what begins on a plan now; none where the plan has no trial."""
    if not plan.trial_period_days:
        return {}
    ends_at = now + timedelta(days=plan.trial_period_days)
    return {"trial_ends_at": ends_at, "trial_due_at": next_due(ends_at, now) or ends_at}


def next_due(ends_at: datetime, now: datetime) -> datetime | None:
    """Say when a trial is looked at next: before its end and at it; None when it is over.

    What begins with fewer days left than the notice is told of at the end alone.
    """
    return next((moment for moment in (ends_at - NOTICE, ends_at) if moment > now), None)


def days_left(ends_at: datetime | None, plan: Plan, now: datetime) -> int:
    """Count the days that cost nothing from now on, begun ones too; none where nothing does."""
    if ends_at is None or plan.is_free:
        return 0
    return max(0, -(-(ends_at - now) // ONE_DAY))
