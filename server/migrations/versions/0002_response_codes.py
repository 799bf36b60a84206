"""Statistics of response codes."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0002_response_codes"
down_revision = "0001_first"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "response_code_totals",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("window_start", UTCDateTime(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", "code", "period", "window_start"),
    )
    op.create_index(
        "ix_response_code_totals_service",
        "response_code_totals",
        ["service_id", "period", "window_start"],
    )
