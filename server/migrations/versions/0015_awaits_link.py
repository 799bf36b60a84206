"""Who signed up on a portal has to follow the mailed link, also after the link has expired."""

import sqlalchemy as sa
from alembic import op

revision = "0015_awaits_link"
down_revision = "0014_template_faults"

# Of those who still wait: who has a link, or is told to have signed up on the portal.
INVITED = """
    UPDATE users SET awaits_link = :yes WHERE state = 'pending' AND (
        id IN (SELECT user_id FROM one_time_tokens WHERE purpose = 'activation')
        OR id IN (SELECT subject_id FROM events WHERE kind = 'user.signed_up')
    )
"""


def upgrade() -> None:
    """Apply the step."""
    column: sa.Column[bool] = sa.Column(
        "awaits_link", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("users", column)
    op.get_bind().execute(sa.text(INVITED), {"yes": True})
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.alter_column("awaits_link", server_default=None)
