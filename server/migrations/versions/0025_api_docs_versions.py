"""What each specification was before, and what is in it; those that are there begin at 1."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0025_api_docs_versions"
down_revision = "0024_fields"
FIRST = """
    INSERT INTO api_docs_versions
        (provider_id, api_docs_id, number, body, size, title, changes, breaking, is_public,
         author, created_at)
    SELECT provider_id, id, 1, '', length(body), '', '', 0, published, '', updated_at
    FROM api_docs_services
"""


def upgrade() -> None:
    """Apply the step."""
    outline = sa.Column("outline", sa.Text(), nullable=False, server_default="")
    op.add_column("api_docs_services", outline)
    with op.batch_alter_table("api_docs_services", schema=None) as batch_op:
        batch_op.alter_column("outline", server_default=None)
    op.create_table(
        "api_docs_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("api_docs_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("breaking", sa.Integer(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.ForeignKeyConstraint(["api_docs_id"], ["api_docs_services.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("api_docs_id", "number"),
    )
    with op.batch_alter_table("api_docs_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_docs_versions_provider_id"), ["provider_id"])
    op.execute(FIRST)
