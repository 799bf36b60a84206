"""Mails with an HTML part and headers, optional ones that one can leave, and a reply address."""

import sqlalchemy as sa
from alembic import op

revision = "0034_mail"
down_revision = "0033_alerts"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "notification_preferences",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("switches", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.add_column("mails", sa.Column("html_sealed", sa.LargeBinary(), nullable=True))
    headers = sa.Column("headers", sa.JSON(), nullable=False, server_default="{}")
    op.add_column("mails", headers)
    op.add_column("mails", sa.Column("account_id", sa.Integer(), nullable=True))
    op.create_index("ix_mails_account_id", "mails", ["account_id"])
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.alter_column("headers", server_default=None)
    op.add_column(
        "settings",
        sa.Column("email_all_users", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "providers", sa.Column("reply_to_email", sa.String(), nullable=False, server_default="")
    )
    for table, name in (("settings", "email_all_users"), ("providers", "reply_to_email")):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(name, server_default=None)
