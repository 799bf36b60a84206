"""Bulk operations, and the lines that go in and come out."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0063_bulk_operations"
down_revision = "0062_staff_logins"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "bulk_operations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("variables_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("object_count", sa.Integer(), nullable=False),
        sa.Column("error_count", sa.Integer(), nullable=False),
        sa.Column("result_size", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("claimed_until", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    for name, columns in (
        ("ix_bulk_operations_state_claimed_until", ["state", "claimed_until"]),
        ("ix_bulk_operations_provider_id_id", ["provider_id", "id"]),
        ("ix_bulk_operations_created_at", ["created_at"]),
    ):
        op.create_index(name, "bulk_operations", columns)
    op.create_table(
        "bulk_parts",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("is_result", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["operation_id"], ["bulk_operations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("operation_id", "is_result", "number"),
    )
