"""Features of account plans and of service plans."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0049_plan_features"
down_revision = "0048_pricing_rules"


def upgrade() -> None:
    """Apply the step: the features that there are stay those of application plans."""
    with op.batch_alter_table("features") as batch_op:
        scope = sa.Column("scope", sa.String(), nullable=False, server_default="application_plan")
        batch_op.add_column(scope)
    with op.batch_alter_table("features") as batch_op:
        batch_op.alter_column("scope", server_default=None)
    op.create_table(
        "service_plan_features",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("feature_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["service_plans.id"]),
        sa.ForeignKeyConstraint(["feature_id"], ["features.id"]),
        sa.PrimaryKeyConstraint("plan_id", "feature_id"),
    )
    op.create_table(
        "account_features",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("system_name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("provider_id", "system_name"),
    )
    op.create_table(
        "account_plan_features",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("feature_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["account_plans.id"]),
        sa.ForeignKeyConstraint(["feature_id"], ["account_features.id"]),
        sa.PrimaryKeyConstraint("plan_id", "feature_id"),
    )
