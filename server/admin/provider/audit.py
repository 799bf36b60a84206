"""The audit log."""

import json
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.provider.audit import LISTING, events_query
from server.admin.context import AdminContext
from server.admin.lists import Pager, page_through
from server.admin.provider.audit_names import AuditNames, Link
from server.admin.render import render
from server.domain.events import HIDDEN, EventRecord


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that happened: its subject, facts, changes (field, before, after) and secrets."""

    event: EventRecord
    subject: Link | None
    facts: list[tuple[str, Link]]
    changes: list[tuple[str, Link, Link]]
    secrets: list[str]  # the names of those that changed


@dataclass(frozen=True, slots=True)
class AuditPage:
    """What happened, newest first."""

    entries: Pager[AuditEntry]


def index(ctx: AdminContext) -> Response:
    events = page_through(ctx, LISTING, events_query(ctx.actor), size=50)
    names = AuditNames(ctx, events.rows)
    entries = [_entry(event, names) for event in events.rows]
    page = AuditPage(Pager(entries, events.previous, events.next, events.total))
    return render(ctx, "audit/index.html.j2", page)


def _entry(event: EventRecord, names: AuditNames) -> AuditEntry:
    def told(field: str, value: object) -> Link:
        return names.value_of(event, field, value) or Link(_text(value))

    facts, changes, secrets = dict(event.facts), [], []
    for field, (before, after) in event.payload.items():
        if before != after:
            changes.append((field, told(field, before), told(field, after)))
        elif after == HIDDEN:
            secrets.append(field)
        else:  # events of the first version told facts in this way
            facts[field] = after
    facts.pop("plan", None)  # which kind of plan: the name and its page tell it
    shown = [(name, told(name, fact)) for name, fact in facts.items()]
    return AuditEntry(event, names.subject_of(event), shown, changes, secrets)


def _text(value: object) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else json.dumps(value)
