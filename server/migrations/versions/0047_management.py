"""What members of staff reach, cards of accounts, and what programs say of accounts."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0047_management"
down_revision = "0046_daily_traffic"

FLAGS = ("monthly_billing_enabled", "monthly_charging_enabled")


def upgrade() -> None:
    """Apply the step. Members who are there keep what they see: no sections are chosen yet."""
    with op.batch_alter_table("accounts") as batch_op:
        for name in FLAGS:
            batch_op.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true())
            )
        batch_op.add_column(sa.Column("managed_by", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("accounts") as batch_op:
        for name in (*FLAGS, "managed_by"):
            batch_op.alter_column(name, server_default=None)
    email = sa.Column("finance_support_email", sa.String(), nullable=False, server_default="")
    with op.batch_alter_table("providers") as batch_op:
        batch_op.add_column(email)
    with op.batch_alter_table("providers") as batch_op:
        batch_op.alter_column("finance_support_email", server_default=None)
    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(sa.Column("sections", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("service_ids", sa.JSON(), nullable=True))
    op.create_table(
        "credit_cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("profile_token_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("payment_method_id_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("partial_number", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("billing_address", sa.JSON(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id"),
    )
