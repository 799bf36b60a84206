"""What the screens of bulk operations show: what each is of, and where its errors are."""

import sqlalchemy as sa
from alembic import op

revision = "0071_bulk_screens"
down_revision = "0070_billing_address"
OPERATIONS = sa.table("bulk_operations", sa.column("id"), sa.column("error_count"))
PARTS = sa.table(
    "bulk_parts",
    sa.column("operation_id"),
    sa.column("is_result", sa.Boolean),
    sa.column("lines"),
    sa.column("errors"),
)


def upgrade() -> None:
    """Apply the step: of a part that is there already any line may be an error."""
    with op.batch_alter_table("bulk_operations") as batch_op:
        batch_op.add_column(sa.Column("subject", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("bulk_parts") as batch_op:
        batch_op.add_column(sa.Column("errors", sa.Integer(), nullable=False, server_default="0"))
    with_errors = sa.select(OPERATIONS.c.id).where(OPERATIONS.c.error_count > 0)
    op.get_bind().execute(
        sa.update(PARTS)
        .where(PARTS.c.is_result, PARTS.c.operation_id.in_(with_errors))
        .values(errors=PARTS.c.lines)
    )
    with op.batch_alter_table("bulk_operations") as batch_op:
        batch_op.alter_column("subject", server_default=None)
    with op.batch_alter_table("bulk_parts") as batch_op:
        batch_op.alter_column("errors", server_default=None)
