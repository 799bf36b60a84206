"""The gallery of applications, and its switch."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0040_gallery"
down_revision = "0039_forum"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "gallery_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approved_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("application_id"),
    )
    op.create_index("ix_gallery_entries_account_id", "gallery_entries", ["account_id"])
    op.create_index("ix_gallery_entries_state", "gallery_entries", ["provider_id", "state", "id"])
    op.add_column(
        "settings",
        sa.Column("app_gallery_enabled", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.alter_column("app_gallery_enabled", server_default=None)
