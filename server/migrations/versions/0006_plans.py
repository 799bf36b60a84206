"""All kinds of plans have the same columns; amounts are as fine as any currency; a currency."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006_plans"
down_revision = "0004_event_facts"

AMOUNT = sa.Numeric(precision=14, scale=4)
HOMES = {"account_plans": "provider_id", "service_plans": "service_id"}


def upgrade() -> None:
    """Apply the step."""
    _add("providers", sa.Column("currency", sa.String(), nullable=False, server_default="USD"))
    for table, home in HOMES.items():
        _add(
            table,
            sa.Column("description", sa.String(), nullable=False, server_default=""),
            sa.Column("setup_fee", AMOUNT, nullable=False, server_default="0"),
            sa.Column("cost_per_month", AMOUNT, nullable=False, server_default="0"),
            sa.Column("trial_period_days", sa.Integer(), nullable=False, server_default="0"),
            sa.Column("position", sa.Integer(), nullable=False, server_default="1"),
        )
        _number(table, home)
    with op.batch_alter_table("application_plans", schema=None) as batch_op:
        for name in ("setup_fee", "cost_per_month"):
            batch_op.alter_column(name, type_=AMOUNT, existing_nullable=False)


def _add(table: str, *columns: sa.Column[Any]) -> None:
    """Add columns that the rows of before have a value for, and new ones must be given."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.add_column(column)
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.alter_column(column.name, server_default=None)


def _number(table: str, home: str) -> None:
    """Give the plans that live together positions in the order in which they were made."""
    plans = sa.table(table, sa.column("id"), sa.column(home), sa.column("position"))
    others = plans.alias()
    is_before = sa.and_(others.c[home] == plans.c[home], others.c.id <= plans.c.id)
    place = sa.select(sa.func.count()).select_from(others).where(is_before).scalar_subquery()
    op.execute(plans.update().values(position=place))
