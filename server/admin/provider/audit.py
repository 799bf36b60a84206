"""The audit log: narrowed, exported, and checked for what was changed behind it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from server.actions.provider.audit import (
    FAMILIES,
    LISTING,
    AuditFilter,
    export_events,
    links_of,
    narrowed_events,
)
from server.actions.provider.audit_chain import head_of, verify_chain
from server.admin.context import AdminContext
from server.admin.lists import Day, Filter, Pager, is_narrowed, page_through
from server.admin.page_face import AdminRequest
from server.admin.provider.audit_names import AuditNames, Link
from server.admin.render import render, sentence, words
from server.domain.events import HIDDEN, EventRecord, Face
from server.domain.provider.audit import AuditLink, ChainHead
from server.web.downloads import MEDIA_TYPES, file_response

MOST_EXPORTED = 50_000  # entries of a file; `gatehouse audit export` writes them all
MOST_VERIFIED = 20_000  # entries, the newest; `gatehouse audit verify` looks at all


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that happened: its subject, facts, changes (field, before, after) and secrets."""

    event: EventRecord
    subject: Link | None
    facts: list[tuple[str, Link]]
    changes: list[tuple[str, Link, Link]]
    secrets: list[str]  # the names of those that changed
    link: AuditLink | None  # None: it is sealed in a moment


@dataclass(frozen=True, slots=True)
class AuditPage:
    """What happened, newest first."""

    entries: Pager[AuditEntry]
    filters: Sequence[Filter | Day]
    actor: str
    is_filtered: bool
    exports: Mapping[str, str]  # form -> address
    most: int
    head: ChainHead


def index(ctx: AdminContext) -> Response:
    """Show the log, or give what fits the filter as a file."""
    kind = Filter.read(ctx, "kind", "What", [(name, sentence(name)) for name in FAMILIES])
    face = Filter.read(ctx, "face", "Through", [(face.value, words(face)) for face in Face])
    since, until = Day.read(ctx, "since", "From"), Day.read(ctx, "until", "To")
    filters: list[Filter | Day] = [kind, face, since, until]
    actor = ctx.query("actor").strip()
    wanted = AuditFilter(
        kind=kind.value, face=face.value, actor=actor, since=since.begins, until=until.ends
    )
    form = ctx.query("format")
    if form in MEDIA_TYPES:
        pieces = export_events(ctx.db, ctx.actor, wanted, form, MOST_EXPORTED)
        return file_response("".join(pieces), f"audit-{ctx.now:%Y-%m-%d}.{form}", form)
    events = page_through(ctx, LISTING, narrowed_events(ctx, wanted), size=50)
    names, links = AuditNames(ctx, events.rows), links_of(ctx.db, events.rows)
    entries = [_entry(event, names, links.get(event.id)) for event in events.rows]
    given = {each.name: each.value for each in filters if each.value}
    if actor:
        given["actor"] = actor
    page = AuditPage(
        events.showing(entries),
        filters,
        actor,
        is_narrowed(actor, filters),
        {form: f"/audit?{urlencode({**given, 'format': form})}" for form in MEDIA_TYPES},
        MOST_EXPORTED,
        head_of(ctx.db, ctx.provider.id),
    )
    return render(ctx, "audit/index.html.j2", page)


def verify(page_request: AdminRequest) -> Response:
    """Look whether the newest entries are as they were sealed; nothing is written meanwhile."""
    with page_request.open(write=False) as ctx:
        found = verify_chain(ctx, newest=MOST_VERIFIED)
        if found.fault:
            told = f"The log was changed behind our back. {found.fault}"
            return ctx.go("/audit", told, "danger")
        return ctx.go("/audit", f"{found.checked} entries are as they were sealed.")


def _entry(event: EventRecord, names: AuditNames, link: AuditLink | None) -> AuditEntry:
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
    return AuditEntry(event, names.subject_of(event), shown, changes, secrets, link)


def _text(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(words(each) for each in value) or "–"
    return value if isinstance(value, str) else json.dumps(value)
