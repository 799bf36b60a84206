"""The audit log: everything that happened, newest first."""

from dataclasses import replace
from datetime import datetime
from typing import cast

import strawberry
from strawberry.scalars import JSON

from server.actions.provider.audit import (
    EVERYTHING,
    LISTING,
    AuditFilter,
    events_query,
    narrowed_events,
)
from server.actions.provider.audit_chain import verify_chain
from server.domain.events import EventRecord, Face
from server.domain.fields import clean_optional_text
from server.domain.permissions import Permission
from server.graphql.admin.references import connection
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described, needing
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic

MOST_VERIFIED = 20_000  # entries, the newest; `gatehouse audit verify` looks at all


@strawberry.type(name="Event", description="One thing that happened, and who did it.")
class EventType(OfRow[EventRecord], Node):
    kind: str
    actor: str
    actor_kind: str = strawberry.field(
        description="`staff`, `developer`, `provider_key`, `signup` or `system`; empty in old ones."
    )
    created_at: datetime

    @described("Through what it was done; null in what was recorded before that was asked.")
    def face(self) -> Face | None:
        return Face(self.row.face) if self.row.face else None

    @described("The number of what `kind` names before the dot.")
    def subject_legacy_id(self) -> int | None:
        return self.row.subject_id

    @described("Field to before and after; a secret is `(hidden)` in both.")
    def changes(self) -> JSON:
        return cast(JSON, self.row.payload)

    @described("What helps to read it beside the changes.")
    def facts(self) -> JSON:
        return cast(JSON, self.row.facts)


@strawberry.input(description="What the audit log is narrowed by.")
class EventFilter:
    kind: str | None = strawberry.field(
        default=None, description="`account.created`, or `account` for all of accounts."
    )
    actor: str | None = None
    face: Face | None = None
    subject_legacy_id: int | None = None
    account_legacy_id: int | None = None
    service_legacy_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@strawberry.type(name="AuditVerdict", description="Whether the log is as it was sealed.")
class VerdictType:
    holds: bool
    fault: str = strawberry.field(description="The first thing that is wrong.")
    checked: int = strawberry.field(description="How many entries, the newest, were looked at.")
    unsealed: int = strawberry.field(description="Events that are sealed in a moment.")
    head: str = strawberry.field(description="The end of the chain, to be kept elsewhere.")


@strawberry.type
class AuditQueries:
    @connection(EventRecord, Permission.AUDIT_READ, "What happened, newest first.")
    def events(
        self, info: Info, kind: str | None = None, filter: EventFilter | None = None
    ) -> Rows:
        wanted = _wanted(filter) if filter is not None else EVERYTHING
        if kind is not None:
            wanted = replace(wanted, kinds=(clean_optional_text(kind, "kind"),))
        return Rows.of(LISTING, narrowed_events(info.context.work, wanted))

    @needing(Permission.AUDIT_READ, "Look whether the newest entries are as they were sealed.")
    def audit_verify(self, info: Info, head: str = "") -> VerdictType:
        found = verify_chain(info.context.work, newest=MOST_VERIFIED, known=head)
        return VerdictType(
            holds=found.holds,
            fault=found.fault,
            checked=found.checked,
            unsealed=found.unsealed,
            head=str(found.head),
        )


def _wanted(asked: EventFilter) -> AuditFilter:
    return AuditFilter(
        kind=clean_optional_text(asked.kind, "kind"),
        actor=clean_optional_text(asked.actor, "actor"),
        face=asked.face.value if asked.face else "",
        subject_id=asked.subject_legacy_id,
        account_id=asked.account_legacy_id,
        service_id=asked.service_legacy_id,
        since=asked.since,
        until=asked.until,
    )


TOPIC = Topic(shows=(Shown(EventRecord, EventType, events_query),), queries=AuditQueries)
