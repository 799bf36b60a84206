"""Invitations, whose links are one-time tokens without a user; accounts of one user as a switch."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0029_people"
down_revision = "0028_languages_and_looks"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
        sa.Column("accepted_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "email"),
    )
    with op.batch_alter_table("one_time_tokens", schema=None) as batch_op:
        batch_op.alter_column("user_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("invitation_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_one_time_tokens_invitation_id", ["invitation_id"])
        batch_op.create_foreign_key(
            "fk_one_time_tokens_invitation_id", "invitations", ["invitation_id"], ["id"]
        )
    switch: sa.Column[bool] = sa.Column(
        "multiple_users", sa.Boolean(), nullable=False, server_default=sa.true()
    )
    op.add_column("settings", switch)
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.alter_column("multiple_users", server_default=None)
