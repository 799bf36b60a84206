"""Alerts of used limits, and which of them each API tells."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0033_alerts"
down_revision = "0032_messages"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("metric_id", sa.Integer(), nullable=False),
        sa.Column("metric_name", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("window_start", UTCDateTime(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("limit_value", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("provider_state", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["metric_id"], ["metrics.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("application_id", "metric_id", "period", "window_start", "level"),
    )
    op.create_index("ix_alerts_provider", "alerts", ["provider_id", "provider_state", "id"])
    op.create_index("ix_alerts_account", "alerts", ["account_id", "state", "id"])
    op.create_index("ix_alerts_metric_id", "alerts", ["metric_id"])
    # An API that was made before tells what a new one does.
    told = {
        "web_provider_levels": "50 80 90 100 120 150 200 300",
        "email_provider_levels": "100",
        "web_buyer_levels": "50 80 90 100 120 150 200 300",
        "email_buyer_levels": "80 100",
    }
    for name, levels in told.items():
        column = sa.Column(name, sa.String(), nullable=False, server_default=levels)
        op.add_column("services", column)
    with op.batch_alter_table("services", schema=None) as batch_op:
        for name in told:
            batch_op.alter_column(name, server_default=None)
