"""Custom domains, with the proof that they are their provider's.

Custom hosts that stood in the table before were put there by the operator, and stay.
"""

import secrets

import sqlalchemy as sa
from alembic import op

from server.kit.clock import utc_now
from server.kit.db import UTCDateTime

revision = "0041_domains"
down_revision = "0040_gallery"

NAMES = (
    ("providers", "portal_domain"),
    ("providers", "admin_domain"),
    ("services", "production_domain"),
    ("services", "staging_domain"),
)
HOSTS = sa.table(
    "hosts",
    *(
        sa.column(name)
        for name in ("id", "name", "kind", "environment", "provider_id", "service_id", "domain_id")
    ),
)
DOMAINS = sa.table(
    "domains",
    *(sa.column(name) for name in ("id", "provider_id", "service_id", "name", "serves", "moves")),
    *(sa.column(name) for name in ("is_primary", "state", "proof", "token", "problem", "failures")),
    *(sa.column(f"{name}_at", UTCDateTime()) for name in ("verified", "created", "updated")),
)


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "domains",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("serves", sa.String(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("moves", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("checked_at", UTCDateTime(), nullable=True),
        sa.Column("verified_at", UTCDateTime(), nullable=True),
        sa.Column("failing_since", UTCDateTime(), nullable=True),
        sa.Column("next_check_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("provider_id", "name"),
    )
    op.create_index("ix_domains_next_check_at", "domains", ["next_check_at"])
    op.create_index("ix_domains_service_id", "domains", ["service_id"])
    with op.batch_alter_table("hosts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("domain_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_hosts_domain_id", "domains", ["domain_id"], ["id"])
    op.create_index("ix_hosts_domain_id", "hosts", ["domain_id"])
    for table, name in NAMES:
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(name, server_default=None)
    _take_over(op.get_bind())


def _take_over(db: sa.Connection) -> None:
    """Make a claim of each custom host that there is: proved by the operator, never checked."""
    now = utc_now()
    for host in db.execute(sa.select(HOSTS).where(HOSTS.c.kind == "custom")).all():
        name = host.name.removesuffix(".")
        claim = DOMAINS.insert().values(
            provider_id=host.provider_id,
            service_id=host.service_id,
            name=name,
            serves=host.environment or "portal",
            moves="temporary",
            is_primary=False,
            state="verified",
            proof="operator",
            token=secrets.token_hex(16),
            problem="",
            failures=0,
            verified_at=now,
            created_at=now,
            updated_at=now,
        )
        db.execute(claim)
        made = sa.select(DOMAINS.c.id).where(
            DOMAINS.c.provider_id == host.provider_id, DOMAINS.c.name == name
        )
        rests = HOSTS.update().where(HOSTS.c.id == host.id)
        db.execute(rests.values(domain_id=db.execute(made).scalar_one()))
