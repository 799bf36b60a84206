"""When a tenant that was deleted is deleted for good."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0060_tenants"
down_revision = "0058_moved_objects"


def upgrade() -> None:
    """Apply the step. Nobody waits for it yet."""
    with op.batch_alter_table("providers") as batch_op:
        batch_op.add_column(sa.Column("deletion_at", UTCDateTime(), nullable=True))
