"""When the trial of an application or subscription ends, and when it is looked at next.

What there is already ends as its plan says today; what has ended, or is told of too late, is not
told of any more.
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from server.kit.clock import utc_now
from server.kit.db import UTCDateTime

revision = "0056_trials"
down_revision = "0054_idempotency_keys"

NOTICE = timedelta(days=10)
TABLES = (
    ("applications", "plan_id", "application_plans"),
    ("service_contracts", "service_plan_id", "service_plans"),
)


def upgrade() -> None:
    """Apply the step."""
    for name, plan_column, plans_name in TABLES:
        with op.batch_alter_table(name) as batch_op:
            batch_op.add_column(sa.Column("trial_ends_at", UTCDateTime(), nullable=True))
            batch_op.add_column(sa.Column("trial_due_at", UTCDateTime(), nullable=True))
            batch_op.create_index(f"ix_{name}_trial_due_at", ["trial_due_at"])
        _fill(name, plan_column, plans_name)


def _fill(name: str, plan_column: str, plans_name: str) -> None:
    db, now = op.get_bind(), utc_now()
    moments = ("created_at", "trial_ends_at", "trial_due_at")
    rows = sa.table(
        name,
        sa.column("id"),
        sa.column(plan_column),
        *(sa.column(each, UTCDateTime()) for each in moments),
    )
    plans = sa.table(plans_name, sa.column("id"), sa.column("trial_period_days"))
    query = (
        sa.select(rows.c.id, rows.c.created_at, plans.c.trial_period_days)
        .join(plans, plans.c.id == rows.c[plan_column])
        .where(plans.c.trial_period_days > 0)
    )
    filled = []
    for row_id, created_at, days in db.execute(query).all():
        ends_at = created_at + timedelta(days=days)
        coming = (moment for moment in (ends_at - NOTICE, ends_at) if moment > now)
        filled.append({"row_id": row_id, "ends_at": ends_at, "due_at": next(coming, None)})
    if filled:
        changed = rows.update().where(rows.c.id == sa.bindparam("row_id"))
        db.execute(
            changed.values(
                trial_ends_at=sa.bindparam("ends_at", type_=UTCDateTime()),
                trial_due_at=sa.bindparam("due_at", type_=UTCDateTime()),
            ),
            filled,
        )
