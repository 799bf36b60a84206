"""What an event tells beside what changed."""

import sqlalchemy as sa
from alembic import op

revision = "0004_event_facts"
down_revision = "0003_api_docs"


def upgrade() -> None:
    """Apply the step."""
    facts = sa.Column("facts", sa.JSON(), nullable=False, server_default="{}")
    op.add_column("events", facts)
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.alter_column("facts", server_default=None)
