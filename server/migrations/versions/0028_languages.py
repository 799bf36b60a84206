"""The language of a user's mails; users who are there have none of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0028_languages"
down_revision = "0019_specification_addresses"


def upgrade() -> None:
    """Apply the step."""
    column = sa.Column("locale", sa.String(), nullable=False, server_default="")
    op.add_column("users", column)
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.alter_column("locale", server_default=None)
