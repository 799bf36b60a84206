"""Policies of providers' own."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0061_registry_policies"
down_revision = "0060_tenants"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "registry_policies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("provider_id", "name", "version"),
    )
