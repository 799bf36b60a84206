"""Headers of a provider's own on his portal, and a login page of his own."""

import sqlalchemy as sa
from alembic import op

revision = "0057_portal_headers"
down_revision = "0056_trials"
COLUMNS = (
    "permissions_policy",
    "content_security_policy",
    "content_security_policy_report_only",
    "sso_login_url",
)


def upgrade() -> None:
    """Apply the step. Nothing is added to anybody's pages."""
    with op.batch_alter_table("settings") as batch_op:
        for name in COLUMNS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("settings") as batch_op:
        for name in COLUMNS:
            batch_op.alter_column(name, server_default=None)
