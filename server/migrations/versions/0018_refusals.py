"""Statistics of refused calls."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0018_refusals"
down_revision = "0017_settings_that_work"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "refusal_totals",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("window_start", UTCDateTime(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("service_id", "application_id", "code", "period", "window_start"),
    )
    op.create_index(
        "ix_refusal_totals_service",
        "refusal_totals",
        ["service_id", "period", "window_start"],
    )
