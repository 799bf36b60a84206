"""What was kept in clear is sealed: secret tokens, policies, documents, mails, old events."""

import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from server.kit.crypto import Vault, token_digest

revision = "0010_sealed"
down_revision = "0009_hosts"

CODE = re.compile(r"(?<![0-9a-f])[0-9a-f]{48}(?![0-9a-f])")
HIDDEN = "(hidden)"
# table -> column in clear -> the sealed one
SEALED = {
    "proxies": {"secret_token": "secret_token_sealed", "policy_chain": "policy_chain_sealed"},
    "proxy_configs": {"content": "content_sealed"},
    "mails": {"body": "body_sealed"},
}


def upgrade() -> None:
    """Apply the step."""
    op.add_column("mails", sa.Column("link_digest", sa.String(), nullable=True))
    _note_links()
    for table, columns in SEALED.items():
        for new in columns.values():
            op.add_column(table, sa.Column(new, sa.LargeBinary(), nullable=True))
        _each(table, columns, _seal)
        with op.batch_alter_table(table, schema=None) as batch_op:
            for old, new in columns.items():
                batch_op.drop_column(old)
                batch_op.alter_column(new, existing_type=sa.LargeBinary(), nullable=False)
        _rewrite(table, next(iter(columns.values())), "BYTEA")
    op.create_index(op.f("ix_mails_link_digest"), "mails", ["link_digest"], unique=False)
    with op.batch_alter_table("user_sessions", schema=None) as batch_op:
        batch_op.drop_column("csrf_token")  # it is made of the session now
    _rewrite("user_sessions", "digest", "VARCHAR")
    _hide_in_events()


def _each(table: str, columns: dict[str, str], change: Callable[[str], Any]) -> None:
    """Put what `change` makes of each row's old columns into the new ones."""
    names = ["id", *columns, *columns.values()]
    rows = sa.table(table, *(sa.column(name) for name in names))
    connection = op.get_bind()
    query = sa.select(*(sa.cast(rows.c[name], sa.Text()) for name in columns), rows.c.id)
    for *values, row_id in connection.execute(query).fetchall():
        new = {name: change(value) for name, value in zip(columns.values(), values, strict=True)}
        connection.execute(rows.update().where(rows.c.id == row_id).values(**new))


def _seal(text: str) -> bytes:
    vault: Vault | None = context.config.attributes.get("vault")
    if vault is None:
        raise RuntimeError("The keys of the data directory are needed to seal what is there.")
    return vault.seal(text)


def _note_links() -> None:
    """Note in each kept mail which one-time link is in it, so that it goes when it is used."""
    _each("mails", {"body": "link_digest"}, _link_digest)


def _link_digest(body: str) -> str | None:
    found = CODE.search(body)
    return token_digest(found[0]) if found else None


def _rewrite(table: str, column: str, kind: str) -> None:
    """Have PostgreSQL write the table anew: what is dropped there stays on disk else."""
    if op.get_bind().dialect.name == "postgresql":
        same = f"{column} || ''::{kind}"
        op.execute(sa.text(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind} USING {same}"))


def _hide_in_events() -> None:
    """Hide in the audit log what chains of policies were: there may be secrets in them."""
    events = sa.table("events", sa.column("id"), sa.column("kind"), sa.column("payload", sa.JSON()))
    connection = op.get_bind()
    query = sa.select(events.c.id, events.c.payload).where(events.c.kind == "proxy.updated")
    found = [(i, p) for i, p in connection.execute(query).fetchall() if "policy_chain" in p]
    for event_id, payload in found:
        told = payload | {"policy_chain": [HIDDEN, HIDDEN]}
        connection.execute(events.update().where(events.c.id == event_id).values(payload=told))
    if found:
        _rewrite("events", "kind", "VARCHAR")
