"""The audit log: everything that happened, newest first."""

from datetime import datetime
from typing import cast

import strawberry
from sqlmodel import col
from strawberry.scalars import JSON

from server.actions.provider.audit import LISTING, events_query
from server.domain.events import EventRecord
from server.domain.fields import clean_optional_text
from server.domain.permissions import Permission
from server.graphql.admin.references import connection
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Event", description="One thing that happened, and who did it.")
class EventType(OfRow[EventRecord], Node):
    kind: str
    actor: str
    created_at: datetime

    @described("The number of what `kind` names before the dot.")
    def subject_legacy_id(self) -> int | None:
        return self.row.subject_id

    @described("Field to before and after; a secret is `(hidden)` in both.")
    def changes(self) -> JSON:
        return cast(JSON, self.row.payload)

    @described("What helps to read it beside the changes.")
    def facts(self) -> JSON:
        return cast(JSON, self.row.facts)


@strawberry.type
class AuditQueries:
    @connection(EventRecord, Permission.AUDIT_READ, "What happened, newest first.")
    def events(self, info: Info, kind: str | None = None) -> Rows:
        query = info.context.rows(EventRecord)
        if kind is not None:
            query = query.where(col(EventRecord.kind) == clean_optional_text(kind, "kind"))
        return Rows(LISTING, query)


TOPIC = Topic(shows=(Shown(EventRecord, EventType, events_query),), queries=AuditQueries)
