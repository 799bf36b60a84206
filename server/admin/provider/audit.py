"""The audit log."""

import json
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.provider.audit import LISTING, events_query
from server.admin.context import AdminContext
from server.admin.lists import Pager, page_through
from server.admin.render import render
from server.domain.events import EventRecord


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that happened, with its changes as texts (field, before, after)."""

    event: EventRecord
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """What happened, newest first."""

    entries: Pager[AuditEntry]


def index(ctx: AdminContext) -> Response:
    """List what happened."""
    events = page_through(ctx, LISTING, events_query(ctx.actor), size=50)
    entries = [AuditEntry(event, _changes(event)) for event in events.rows]
    page = AuditPage(Pager(entries, events.previous, events.next))
    return render(ctx, "audit/index.html.j2", page)


def _changes(event: EventRecord) -> list[tuple[str, str, str]]:
    return [
        (field, _text(change[0]), _text(change[1]))
        for field, change in event.payload.items()
        if isinstance(change, list) and len(change) == 2
    ]


def _text(value: object) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else json.dumps(value)
