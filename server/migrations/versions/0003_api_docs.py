"""Specifications of APIs."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0003_api_docs"
down_revision = "0002_response_codes"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "api_docs_services",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("system_name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("skip_swagger_validations", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["providers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["services.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("provider_id", "system_name"),
    )
    with op.batch_alter_table("api_docs_services", schema=None) as batch_op:
        batch_op.create_index(
            "ix_api_docs_services_provider_id_id", ["provider_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_api_docs_services_service_id"), ["service_id"], unique=False
        )
