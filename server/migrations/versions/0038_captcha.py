"""Whether forms for those who are not logged in ask the browser for some work."""

import sqlalchemy as sa
from alembic import op

revision = "0038_captcha"
down_revision = "0037_factors"


def upgrade() -> None:
    """Apply the step."""
    op.add_column(
        "settings",
        sa.Column("spam_protection_level", sa.String(), nullable=False, server_default="none"),
    )
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.alter_column("spam_protection_level", server_default=None)
