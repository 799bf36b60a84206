"""Backend APIs that services are made of.

Each service keeps its private base URL, where calls go that no backend API is mounted for: what
gateways run stays as it is, and no metric or rule moves.
"""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0050_backend_apis"
down_revision = "0049_plan_features"

OWNED = ("metrics", "mapping_rules")


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "backend_apis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("system_name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("private_endpoint", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("provider_id", "system_name"),
    )
    op.create_table(
        "backend_usages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("backend_api_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"]),
        sa.ForeignKeyConstraint(["backend_api_id"], ["backend_apis.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("service_id", "backend_api_id"),
        sa.UniqueConstraint("service_id", "path"),
    )
    op.create_index("ix_backend_usages_backend_api_id", "backend_usages", ["backend_api_id"])
    for table in OWNED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("service_id", existing_type=sa.Integer(), nullable=True)
            batch_op.add_column(sa.Column("backend_api_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(
                f"fk_{table}_backend_api_id", "backend_apis", ["backend_api_id"], ["id"]
            )
            if table == "metrics":
                batch_op.create_unique_constraint(
                    "uq_metrics_backend_api_id", ["backend_api_id", "system_name"]
                )
        op.create_index(f"ix_{table}_backend_api_id", table, ["backend_api_id"])
    with op.batch_alter_table("proxy_configs") as batch_op:
        batch_op.add_column(
            sa.Column("backend_api_ids", sa.JSON(), nullable=False, server_default="[]")
        )
    with op.batch_alter_table("proxy_configs") as batch_op:
        batch_op.alter_column("backend_api_ids", server_default=None)
