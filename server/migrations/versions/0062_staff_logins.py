"""Logins of the staff by an account elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0062_staff_logins"
down_revision = "0061_registry_policies"


def upgrade() -> None:
    """Apply the step. All logins that there are are the developers', and nobody is forced."""
    with op.batch_alter_table("authentication_providers") as batch_op:
        batch_op.add_column(
            sa.Column("account_type", sa.String(), nullable=False, server_default="developer")
        )
    with op.batch_alter_table("settings") as batch_op:
        batch_op.add_column(
            sa.Column("enforce_sso", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("authentication_providers") as batch_op:
        batch_op.alter_column("account_type", server_default=None)
    with op.batch_alter_table("settings") as batch_op:
        batch_op.alter_column("enforce_sso", server_default=None)
