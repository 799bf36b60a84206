"""What was taken over from elsewhere."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0058_moved_objects"
down_revision = "0057_portal_headers"


def upgrade() -> None:
    """Apply the step. Nothing was taken over before."""
    op.create_table(
        "moved_objects",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("provider_id", sa.Integer(), sa.ForeignKey("providers.id"), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("foreign_id", sa.String(), nullable=False),
        sa.Column("local_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.UniqueConstraint("provider_id", "origin", "kind", "foreign_id"),
    )
