"""Hosts are kept in one table, so that no two tenants have one.

Who had a host keeps it: portals first, then of two services the older one's. The other gets the
next free name, and what was deployed of it says so.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

from server.kit.clock import utc_now
from server.kit.db import UTCDateTime

revision = "0009_hosts"
down_revision = "0008_event_transactions"

MOST_LABEL = 63
REACHABLE = re.compile(r"[a-z0-9-]{1,63}")
PROVIDERS = sa.table("providers", sa.column("id"), sa.column("subdomain"))
SERVICES = sa.table(
    "services",
    *(sa.column(name) for name in ("id", "provider_id", "system_name", "state", "host_label")),
)
CONFIGS = sa.table(
    "proxy_configs", sa.column("id"), sa.column("service_id"), sa.column("content", sa.JSON())
)
HOSTS = sa.table(
    "hosts",
    *(sa.column(name) for name in ("name", "kind", "environment", "provider_id", "service_id")),
    sa.column("created_at", UTCDateTime()),
)


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "hosts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("environment", sa.String(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"]),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_index("ix_hosts_provider_id", "hosts", ["provider_id"])
    op.create_index("ix_hosts_service_id", "hosts", ["service_id"])
    label = sa.Column("host_label", sa.String(), nullable=False, server_default="")
    op.add_column("services", label)
    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.alter_column("host_label", server_default=None)
    _fill(op.get_bind())


def _fill(db: sa.Connection) -> None:
    taken: set[str] = set()
    providers = db.execute(sa.select(PROVIDERS).order_by(PROVIDERS.c.id)).all()
    subdomains: dict[int, str] = {row.id: row.subdomain for row in providers}
    for provider_id, subdomain in subdomains.items():
        for kind, name in (("portal", subdomain), ("admin", f"{subdomain}-admin")):
            _add(db, taken, name=name, kind=kind, provider_id=provider_id)
    services = db.execute(sa.select(SERVICES).order_by(SERVICES.c.id)).all()
    for service in services:
        if service.state != "deleted":
            was = _former(service.system_name, subdomains[service.provider_id])
            label = _next(taken, was, subdomains[service.provider_id])
            _give(db, taken, service, label)
            if label != was:
                _move(db, service.id, was, label)
    for service in services:
        if service.state == "deleted":  # nobody else gets what callers may still know
            name = service.system_name.removesuffix(f"-deleted-{service.id}")
            label = _former(name, subdomains[service.provider_id])
            if REACHABLE.fullmatch(label) and label not in taken:
                _give(db, taken, service, label)


def _former(system_name: str, subdomain: str) -> str:
    """Return the label that a service's hosts had until now."""
    return f"{system_name.lower().replace('_', '-')}-{subdomain}"


def _next(taken: set[str], label: str, subdomain: str) -> str:
    """Return the label itself when it is free and any browser could reach it, else the next."""
    if not REACHABLE.fullmatch(label):
        stem = re.sub(r"[^a-z0-9]+", "-", label.removesuffix(f"-{subdomain}")).strip("-")
        label = _fit(f"{stem or 'service'}-{subdomain}", MOST_LABEL)
    return next(each for each in _like(label) if each not in taken)


def _like(label: str) -> Iterator[str]:
    yield label
    number = 2
    while True:
        yield _fit(label, MOST_LABEL - len(f"-{number}")) + f"-{number}"
        number += 1


def _fit(label: str, most: int) -> str:
    if len(label) <= most:
        return label
    return f"{label[: most - 9].rstrip('-')}-{sha256(label.encode()).hexdigest()[:8]}"


def _give(db: sa.Connection, taken: set[str], service: Any, label: str) -> None:
    for environment, name in (("production", label), ("staging", f"{label}.staging")):
        _add(
            db,
            taken,
            name=name,
            kind="gateway",
            environment=environment,
            provider_id=service.provider_id,
            service_id=service.id,
        )
    db.execute(SERVICES.update().where(SERVICES.c.id == service.id).values(host_label=label))


def _add(db: sa.Connection, taken: set[str], **columns: Any) -> None:
    taken.add(columns["name"])
    row = {"environment": "", "service_id": None, "created_at": utc_now(), **columns}
    db.execute(HOSTS.insert().values(row))


def _move(db: sa.Connection, service_id: int, was: str, label: str) -> None:
    """Write the new hosts into what was deployed: a gateway that reads it must not take others'."""
    query = sa.select(CONFIGS.c.id, CONFIGS.c.content).where(CONFIGS.c.service_id == service_id)
    for config_id, content in db.execute(query).all():
        proxy = content.get("proxy") if isinstance(content, dict) else None
        if not isinstance(proxy, dict):
            continue
        moved = {
            name: _moved(proxy[name], was, label)
            for name in ("endpoint", "sandbox_endpoint", "hosts")
            if name in proxy
        }
        content = {**content, "proxy": {**proxy, **moved}}
        db.execute(CONFIGS.update().where(CONFIGS.c.id == config_id).values(content=content))


def _moved(value: Any, was: str, label: str) -> Any:
    if isinstance(value, list):
        return [_moved(each, was, label) for each in value]
    start, found, rest = str(value).partition(f"{was}.")
    is_host = found and (not start or start.endswith("://"))
    return f"{start}{label}.{rest}" if is_host else value
