"""Where a specification was fetched from; those that are there came by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0019_specification_addresses"
down_revision = "0018_refusals"


def upgrade() -> None:
    """Apply the step."""
    column = sa.Column("source_url", sa.String(), nullable=False, server_default="")
    op.add_column("api_docs_services", column)
    with op.batch_alter_table("api_docs_services", schema=None) as batch_op:
        batch_op.alter_column("source_url", server_default=None)
