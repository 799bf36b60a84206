"""When applications were called first on the newest day that had calls."""

import sqlalchemy as sa
from alembic import op

from server.kit.db import UTCDateTime

revision = "0046_daily_traffic"
down_revision = "0044_gallery_pictures"

# What was counted until now tells the day; the first call of it is not known any more.
NEWEST_DAY = """
UPDATE applications SET first_daily_traffic_at = (
  SELECT MAX(window_start) FROM usage_totals
  WHERE usage_totals.application_id = applications.id AND usage_totals.period = 'day'
) WHERE first_traffic_at IS NOT NULL
"""


def upgrade() -> None:
    """Apply the step."""
    with op.batch_alter_table("applications") as batch_op:
        batch_op.add_column(sa.Column("first_daily_traffic_at", UTCDateTime(), nullable=True))
    op.execute(NEWEST_DAY)
