"""What went wrong with a published template when it was last rendered; nothing is known yet."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0014_template_faults"
down_revision = "0013_referrer_filters"


def upgrade() -> None:
    """Apply the step."""
    op.add_column("templates", sa.Column("fault", sa.Text(), nullable=True))
    op.add_column("templates", sa.Column("fault_line", sa.Integer(), nullable=True))
    op.add_column("templates", sa.Column("fault_of", UTCDateTime(), nullable=True))
