"""The language of a user's mails, and how a provider's portal looks; who is there has none."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0028_languages_and_looks"
down_revision = "0025_api_docs_versions"


def upgrade() -> None:
    """Apply the step."""
    locale = sa.Column("locale", sa.String(), nullable=False, server_default="")
    op.add_column("users", locale)
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.alter_column("locale", server_default=None)
    op.add_column("providers", sa.Column("look", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("providers", schema=None) as batch_op:
        batch_op.alter_column("look", server_default=None)
    op.create_table(
        "look_files",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.PrimaryKeyConstraint("provider_id", "name"),
    )
