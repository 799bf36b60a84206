"""What units of a metric cost on a plan, and plans that are made for one application."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0048_pricing_rules"
down_revision = "0047_management"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "pricing_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("metric_id", sa.Integer(), nullable=False),
        sa.Column("min", sa.BigInteger(), nullable=False),
        sa.Column("max", sa.BigInteger(), nullable=True),
        sa.Column("cost_per_unit", sa.Numeric(14, 4), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.ForeignKeyConstraint(["plan_id"], ["application_plans.id"]),
        sa.ForeignKeyConstraint(["metric_id"], ["metrics.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_pricing_rules_plan_id", "pricing_rules", ["plan_id"])
    op.create_index("ix_pricing_rules_metric_id", "pricing_rules", ["metric_id"])
    with op.batch_alter_table("application_plans") as batch_op:
        batch_op.add_column(sa.Column("original_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            "fk_application_plans_original_id", "application_plans", ["original_id"], ["id"]
        )
        batch_op.create_index("ix_application_plans_original_id", ["original_id"])
