"""The key that a provider signs the logins of his own users with."""

import sqlalchemy as sa
from alembic import op

revision = "0036_sso_key"
down_revision = "0035_authentication_providers"


def upgrade() -> None:
    """Apply the step."""
    op.add_column("settings", sa.Column("sso_key_sealed", sa.LargeBinary(), nullable=True))
