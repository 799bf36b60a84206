"""The audit log."""

import json
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.provider.audit import LISTING, events_query
from server.admin.context import AdminContext
from server.admin.lists import Pager, page_through
from server.admin.render import render
from server.domain.events import HIDDEN, EventRecord


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that happened, in texts: its facts, changes (field, before, after) and secrets."""

    event: EventRecord
    facts: list[tuple[str, str]]
    changes: list[tuple[str, str, str]]
    secrets: list[str]  # the names of those that changed


@dataclass(frozen=True, slots=True)
class AuditPage:
    """What happened, newest first."""

    entries: Pager[AuditEntry]


def index(ctx: AdminContext) -> Response:
    events = page_through(ctx, LISTING, events_query(ctx.actor), size=50)
    entries = [_entry(event) for event in events.rows]
    page = AuditPage(Pager(entries, events.previous, events.next))
    return render(ctx, "audit/index.html.j2", page)


def _entry(event: EventRecord) -> AuditEntry:
    facts, changes, secrets = dict(event.facts), [], []
    for field, (before, after) in event.payload.items():
        if before != after:
            changes.append((field, _text(before), _text(after)))
        elif after == HIDDEN:
            secrets.append(field)
        else:  # events of the first version told facts in this way
            facts[field] = after
    return AuditEntry(
        event, [(name, _text(fact)) for name, fact in facts.items()], changes, secrets
    )


def _text(value: object) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else json.dumps(value)
