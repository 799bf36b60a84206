"""Where the bills of an account go is data of the account, whether a card is stored or not."""

import sqlalchemy as sa
from alembic import op

revision = "0070_billing_address"
down_revision = "0067_rules_and_annotations"
LINES = {"address": "address1"}  # called otherwise from now on
ACCOUNTS = sa.table("accounts", sa.column("id"), sa.column("billing_address", sa.JSON))
CARDS = sa.table("credit_cards", sa.column("account_id"), sa.column("billing_address", sa.JSON))


def upgrade() -> None:
    """Apply the step: addresses that came with cards go to their accounts."""
    with op.batch_alter_table("accounts") as batch_op:
        batch_op.add_column(
            sa.Column("billing_address", sa.JSON(), nullable=False, server_default="{}")
        )
    connection = op.get_bind()
    for account_id, lines in connection.execute(sa.select(CARDS)).all():
        kept = {LINES.get(name, name): text for name, text in (lines or {}).items() if text}
        of_account = sa.update(ACCOUNTS).where(ACCOUNTS.c.id == account_id)
        connection.execute(of_account.values(billing_address=kept))
    with op.batch_alter_table("accounts") as batch_op:
        batch_op.alter_column("billing_address", server_default=None)
    with op.batch_alter_table("credit_cards") as batch_op:
        batch_op.drop_column("billing_address")
