"""The policies that a service's calls pass."""

import sqlalchemy as sa
from alembic import op

revision = "0007_policy_chain"
down_revision = "0006_plans"


def upgrade() -> None:
    """Apply the step."""
    chain = sa.Column("policy_chain", sa.JSON(), nullable=False, server_default="[]")
    op.add_column("proxies", chain)
    with op.batch_alter_table("proxies", schema=None) as batch_op:
        batch_op.alter_column("policy_chain", server_default=None)
