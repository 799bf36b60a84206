"""Whether somebody typed the mail address of a user later, without a proof that he reads it."""

import sqlalchemy as sa
from alembic import op

revision = "0042_claimed_mail"
down_revision = "0041_domains"


def upgrade() -> None:
    """Apply the step. What was typed before is not known, and trusted as it was."""
    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(
            sa.Column("email_is_claimed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("users") as batch_op:
        batch_op.alter_column("email_is_claimed", server_default=None)
