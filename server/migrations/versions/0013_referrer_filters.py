"""Referrer filters of applications; nobody has any yet, so nobody is refused."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0013_referrer_filters"
down_revision = "0012_allowed_origins"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "referrer_filters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("application_id", "value"),
    )
    op.create_index("ix_referrer_filters_application_id", "referrer_filters", ["application_id"])
