"""What waits for the provider: wishes for other plans; and which version was tested first.

A wish of which the audit log tells is open when nothing came after it. An API whose last test call
went well counts as tested with what is in staging now.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016_waiting"
down_revision = "0015_awaits_link"

ASKED = "application.plan_change_asked"
CHANGED = "application.plan_changed"
EVENTS = sa.table(
    "events",
    *(sa.column(name) for name in ("id", "kind", "subject_id")),
    sa.column("payload", sa.JSON()),
    sa.column("facts", sa.JSON()),
)
APPLICATIONS = sa.table(
    "applications", *(sa.column(name) for name in ("id", "service_id", "plan_id", "wanted_plan_id"))
)
PLANS = sa.table("application_plans", sa.column("id"), sa.column("service_id"))
PROXIES = sa.table(
    "proxies",
    *(sa.column(name) for name in ("service_id", "api_test_success", "api_test_passed_version")),
)
CONFIGS = sa.table(
    "proxy_configs", *(sa.column(name) for name in ("service_id", "environment", "version"))
)


def upgrade() -> None:
    """Apply the step."""
    op.add_column("applications", sa.Column("wanted_plan_id", sa.Integer(), nullable=True))
    op.create_index("ix_applications_wanted_plan_id", "applications", ["wanted_plan_id"])
    for table in ("accounts", "applications"):
        op.create_index(f"ix_{table}_provider_id_state", table, ["provider_id", "state"])
    op.add_column("proxies", sa.Column("api_test_passed_version", sa.Integer(), nullable=True))
    connection = op.get_bind()
    _take_over_wishes(connection)
    _take_over_tests(connection)


def _take_over_wishes(connection: sa.Connection) -> None:
    told = sa.select(EVENTS).where(EVENTS.c.kind.in_([ASKED, CHANGED])).order_by(EVENTS.c.id)
    wishes: dict[int, int | None] = {}
    for event in connection.execute(told):
        wishes[event.subject_id] = _wish_of(event) if event.kind == ASKED else None
    for application_id, plan_id in wishes.items():
        plan = connection.execute(sa.select(PLANS).where(PLANS.c.id == plan_id)).first()
        if plan is not None:
            of_it = (APPLICATIONS.c.id == application_id) & (APPLICATIONS.c.plan_id != plan.id)
            connection.execute(
                sa.update(APPLICATIONS)
                .where(of_it, APPLICATIONS.c.service_id == plan.service_id)
                .values(wanted_plan_id=plan.id)
            )


def _wish_of(event: sa.Row[Any]) -> int | None:
    """Read which plan was wished for; the first version told it as a change from it to itself."""
    told: int | None = (event.facts or {}).get("plan_id")
    return told or (event.payload or {}).get("plan_id", [None])[-1]


def _take_over_tests(connection: sa.Connection) -> None:
    newest = sa.select(sa.func.max(CONFIGS.c.version)).where(
        CONFIGS.c.service_id == PROXIES.c.service_id, CONFIGS.c.environment == "staging"
    )
    connection.execute(
        sa.update(PROXIES)
        .where(PROXIES.c.api_test_success.is_(True))
        .values(api_test_passed_version=newest.scalar_subquery())
    )
