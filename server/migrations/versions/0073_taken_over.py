"""How much of what was counted was used elsewhere before its tenant came here."""

import sqlalchemy as sa
from alembic import op

revision = "0073_taken_over"
down_revision = "0071_bulk_screens"


def upgrade() -> None:
    """Apply the step: no row is written anew, however many there are."""
    taken_over = sa.Column("taken_over", sa.BigInteger(), nullable=False, server_default="0")
    op.add_column("usage_totals", taken_over)
