"""Who acts and through what, told by events; and the chain that seals them."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0053_audit_chain"
down_revision = "0052_webhooks"
NEW = ("actor_kind", "face")


def upgrade() -> None:
    """Apply the step. Earlier events get no kind and no face, and are sealed as they stand."""
    for name in NEW:
        op.add_column("events", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.create_index("ix_events_provider_id_kind_id", "events", ["provider_id", "kind", "id"])
    op.create_table(
        "audit_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("sealed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("provider_id", "number"),
        sa.UniqueConstraint("event_id"),
    )
    op.create_index("ix_audit_links_sealed_at", "audit_links", ["sealed_at", "event_id"])
