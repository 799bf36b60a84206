"""How a service takes paths that servers read in different ways; existing ones refuse them."""

import sqlalchemy as sa
from alembic import op

revision = "0011_ambiguous_paths"
down_revision = "0010_sealed"


def upgrade() -> None:
    """Apply the step."""
    column = sa.Column("ambiguous_paths", sa.String(), nullable=False, server_default="refuse")
    op.add_column("proxies", column)
    with op.batch_alter_table("proxies", schema=None) as batch_op:
        batch_op.alter_column("ambiguous_paths", server_default=None)
