"""Whether programs may read the portal by MCP."""

import sqlalchemy as sa
from alembic import op

revision = "0043_mcp"
down_revision = "0042_claimed_mail"


def upgrade() -> None:
    """Apply the step."""
    with op.batch_alter_table("settings") as batch_op:
        batch_op.add_column(
            sa.Column("mcp_enabled", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("settings") as batch_op:
        batch_op.alter_column("mcp_enabled", server_default=None)
