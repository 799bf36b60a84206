"""Switches that begin to do something keep what held so far; scopes that gave nothing go.

Developers could choose a plan whatever `buyer_can_select_plan` said, so it says so now. A token
loses the scopes of what does not exist: they opened nothing, and shall not once it does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017_settings_that_work"
down_revision = "0016_waiting"

GONE = {"finance", "policy_registry"}
TOKENS = sa.table("access_tokens", sa.column("id"), sa.column("scopes", sa.JSON()))


def upgrade() -> None:
    """Apply the step."""
    offered: sa.Column[bool] = sa.Column(
        "staging_offered", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("services", offered)
    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.alter_column("staging_offered", server_default=None)
    services = sa.table("services", sa.column("buyer_can_select_plan", sa.Boolean()))
    op.execute(services.update().values(buyer_can_select_plan=sa.true()))
    connection = op.get_bind()
    for token_id, scopes in connection.execute(sa.select(TOKENS.c.id, TOKENS.c.scopes)).all():
        kept = [scope for scope in scopes if scope not in GONE]
        if kept != scopes:
            changed = TOKENS.update().where(TOKENS.c.id == token_id).values(scopes=kept)
            connection.execute(changed)
