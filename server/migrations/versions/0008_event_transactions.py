"""Each event knows the transaction that wrote it: PostgreSQL fills it in, SQLite needs none."""

import sqlalchemy as sa
from alembic import op

revision = "0008_event_transactions"
down_revision = "0007_policy_chain"

THIS_TRANSACTION = sa.text("CAST(CAST(pg_current_xact_id() AS text) AS bigint)")


def upgrade() -> None:
    """Apply the step; events of before have none, and are never new."""
    op.add_column("events", sa.Column("transaction_id", sa.BigInteger(), nullable=True))
    op.create_index("ix_events_transaction_id", "events", ["transaction_id"])
    if op.get_context().dialect.name == "postgresql":
        op.alter_column("events", "transaction_id", server_default=THIS_TRANSACTION)
