"""Who has a template open in the editor."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0023_template_openings"
down_revision = "0020_content"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "template_openings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("provider_id", sa.Integer(), sa.ForeignKey("providers.id"), nullable=False),
        sa.Column("template_id", sa.Integer(), sa.ForeignKey("templates.id"), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_index("ix_template_openings_template_id", "template_openings", ["template_id"])
