"""Places of mapping rules that shift the others, their redirect, and who keeps an API."""

import sqlalchemy as sa
from alembic import op

revision = "0067_rules_and_annotations"
down_revision = "0066_lists"
ADDED = {
    "backend_apis": "managed_by",
    "mapping_rules": "redirect_url",
    "services": "managed_by",
}
RULES = sa.table(
    "mapping_rules",
    sa.column("id", sa.Integer),
    sa.column("service_id", sa.Integer),
    sa.column("backend_api_id", sa.Integer),
    sa.column("position", sa.Integer),
)


def upgrade() -> None:
    """Apply the step: rules of one owner that share a place get places of their own, in order."""
    for table, name in ADDED.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(name, server_default=None)
    _spread()


def _spread() -> None:
    connection = op.get_bind()
    owner = (RULES.c.service_id, RULES.c.backend_api_id)
    places = sa.func.count(sa.distinct(RULES.c.position))
    shared = sa.select(*owner).group_by(*owner).having(places < sa.func.count())
    for service_id, backend_api_id in connection.execute(shared).all():
        ours = sa.and_(
            RULES.c.service_id.is_not_distinct_from(service_id),
            RULES.c.backend_api_id.is_not_distinct_from(backend_api_id),
        )
        rows = sa.select(RULES.c.id).where(ours).order_by(RULES.c.position, RULES.c.id)
        for place, rule_id in enumerate(connection.execute(rows).scalars().all(), start=1):
            connection.execute(sa.update(RULES).where(RULES.c.id == rule_id).values(position=place))
