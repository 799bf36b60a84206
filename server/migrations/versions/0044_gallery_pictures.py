"""A picture of each application in the gallery."""

import sqlalchemy as sa
from alembic import op

revision = "0044_gallery_pictures"
down_revision = "0043_mcp"
COLUMNS = ("picture_type", "picture_digest", "picture_alt")


def upgrade() -> None:
    """Apply the step. What is shown already has none."""
    with op.batch_alter_table("gallery_entries") as batch_op:
        for name in COLUMNS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("gallery_entries") as batch_op:
        for name in COLUMNS:
            batch_op.alter_column(name, server_default=None)
    op.create_table(
        "gallery_pictures",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["gallery_entries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id"),
    )
