"""Deleting tenants for good, once the time in which they can be had back is over."""

from collections.abc import Iterator
from typing import Any

import structlog
from sqlalchemy import CursorResult, Delete, Table, delete, or_, select, tuple_
from sqlmodel import SQLModel, col

from server.actions.provider.tenants import begin_deletion, due_query
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.analytics.usage import RefusalTotal, ResponseCodeTotal, UsageTotal
from server.domain.services.services import Service
from server.kit.db import Database

CHUNK = 5_000  # rows a transaction, so that no writer waits long
OF_SERVICES = (UsageTotal, ResponseCodeTotal, RefusalTotal)  # they name no tenant
log = structlog.get_logger()


def delete_tenants(deps: Dependencies) -> int:
    """Delete the tenants whose time is over with all that is theirs; tell how many."""
    with deps.database.read() as db:
        due = db.exec(due_query(deps.installation.clock)).all()
    deleted = 0
    for tenant_id in due:
        with deps.database.write() as db:
            may_go = begin_deletion(Work(db, Actor.system(tenant_id), deps.installation))
        if may_go:
            for statement, is_whole in _statements(tenant_id):
                _run(deps.database, statement, is_whole=is_whole)
            deleted += 1
            log.info("tenant deleted", provider_id=tenant_id)
    return deleted


def _statements(tenant_id: int) -> Iterator[tuple[Delete, bool]]:
    """Make what deletes a tenant, children first; the tenant's own row is the last.

    The second value says that all rows go at once, since they name each other.
    """
    services = select(col(Service.id)).where(col(Service.provider_id) == tenant_id)
    for model in OF_SERVICES:
        yield _bounded(_table(model), col(model.service_id).in_(services)), False
    for table in reversed(SQLModel.metadata.sorted_tables):
        mine = _mine(table, tenant_id)
        if mine is None:
            continue
        names_itself = any(key.column.table is table for key in table.foreign_keys)
        if names_itself:
            yield delete(table).where(mine), True
        else:
            yield _bounded(table, mine), False


def _table(model: type[SQLModel]) -> Table:
    table: Table = SQLModel.metadata.tables[str(model.__tablename__)]
    return table


def _mine(table: Table, tenant_id: int) -> Any:
    """Say which rows of a table are the tenant's; None for a table that no tenant has."""
    if table.name == "providers":
        return table.c.id == tenant_id
    if "provider_id" in table.c:
        return table.c.provider_id == tenant_id
    owned = [
        key.parent.in_(select(key.column).where(key.column.table.c.provider_id == tenant_id))
        for key in table.foreign_keys
        if "provider_id" in key.column.table.c
    ]
    return or_(*owned) if owned else None


def _bounded(table: Table, mine: Any) -> Delete:
    key = tuple(table.primary_key.columns)
    some = select(*key).where(mine).limit(CHUNK)
    return delete(table).where(key[0].in_(some) if len(key) == 1 else tuple_(*key).in_(some))


def _run(database: Database, statement: Delete, *, is_whole: bool) -> None:
    while True:
        with database.write() as db:
            result = db.execute(statement)
            count = result.rowcount if isinstance(result, CursorResult) else 0
        if is_whole or count < CHUNK:
            return
