"""Wishes for other account and service plans; switches of plans begin to do something.

What was switched before did nothing, so all begins as it was: hidden. Whoever asked for cards
waits for a word instead, since there are no cards yet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030_subscriptions"
down_revision = "0029_people"
NAMES = ("change_account_plan_permission", "change_service_plan_permission")


def upgrade() -> None:
    """Apply the step."""
    for table in ("accounts", "service_contracts"):
        op.add_column(table, sa.Column("wanted_plan_id", sa.Integer(), nullable=True))
        op.create_index(f"ix_{table}_wanted_plan_id", table, ["wanted_plan_id"])
    switch: sa.Column[bool] = sa.Column(
        "multiple_services", sa.Boolean(), nullable=False, server_default=sa.true()
    )
    op.add_column("settings", switch)
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.alter_column("multiple_services", server_default=None)
    code = sa.Column("site_access_code", sa.String(), nullable=False, server_default="")
    op.add_column("settings", code)
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.alter_column("site_access_code", server_default=None)
    shown = ("account_plans_ui_visible", "service_plans_ui_visible", "public_search")
    settings = sa.table(
        "settings",
        *(sa.column(name, sa.Boolean()) for name in shown),
        *(sa.column(name, sa.String()) for name in NAMES),
    )
    op.execute(settings.update().values(dict.fromkeys(shown, sa.false())))
    for name in NAMES:
        unknown = settings.c[name].not_in(("none", "request", "direct"))
        op.execute(settings.update().where(unknown).values({name: "request"}))
