"""Documents of GraphQL that are registered, and tokens for which no others are run."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0064_registered_documents"
down_revision = "0063_bulk_operations"


def upgrade() -> None:
    """Apply the step. Tokens that there are run any document, as before."""
    op.create_table(
        "registered_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("provider_id", "side", "digest"),
    )
    with op.batch_alter_table("access_tokens") as batch_op:
        batch_op.add_column(
            sa.Column("registered_only", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("access_tokens") as batch_op:
        batch_op.alter_column("registered_only", server_default=None)
