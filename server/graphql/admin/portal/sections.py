"""Sections of the content."""

from datetime import datetime

import strawberry

from server.actions.portal.sections import SECTIONS
from server.domain.permissions import Permission
from server.domain.portal.sections import Section
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow
from server.graphql.paging import Rows
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Section", description="A part of the content, within another.")
class SectionType(OfRow[Section], Node):
    title: str
    system_name: str
    public: bool
    partial_path: str
    is_builtin: bool
    created_at: datetime
    updated_at: datetime

    @related(Section)
    def parent(self) -> int | None:
        return self.row.parent_id


@strawberry.type
class SectionQueries:
    @connection(Section, Permission.PORTAL_READ, "All sections; the root is the first.")
    def sections(self, info: Info) -> Rows:
        return Rows(SECTIONS.listing, info.context.rows(Section))


TOPIC = Topic(
    shows=(Shown(Section, SectionType, SECTIONS.query),),
    queries=SectionQueries,
    mutations=mutations_of(SECTIONS, SectionType, "Section"),
)
