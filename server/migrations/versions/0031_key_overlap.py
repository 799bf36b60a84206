"""Keys that end: a rotated one holds on beside its successor; and legal texts with acceptances."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0031_key_overlap"
down_revision = "0030_subscriptions"


def upgrade() -> None:
    """Apply the step."""
    op.add_column("applications", sa.Column("old_key_digest", sa.LargeBinary(), nullable=True))
    op.add_column("applications", sa.Column("old_key_ends_at", UTCDateTime(), nullable=True))
    op.create_index("ix_applications_old_key_digest", "applications", ["old_key_digest"])
    op.add_column("application_keys", sa.Column("ends_at", UTCDateTime(), nullable=True))
    op.create_table(
        "legal_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("provider_id", "kind", "version"),
    )
    op.create_table(
        "terms_acceptances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("terms_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["terms_id"], ["legal_terms.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "terms_id"),
    )
    op.create_index("ix_terms_acceptances_terms_id", "terms_acceptances", ["terms_id"])
