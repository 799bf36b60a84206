"""The origins whose pages may call a provider's APIs; there are none at first."""

import sqlalchemy as sa
from alembic import op

revision = "0012_allowed_origins"
down_revision = "0011_ambiguous_paths"


def upgrade() -> None:
    """Apply the step."""
    column = sa.Column("allowed_origins", sa.Text(), nullable=False, server_default="")
    op.add_column("settings", column)
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.alter_column("allowed_origins", server_default=None)
