"""Applications whose owners want them shown in the gallery."""

import strawberry
from sqlmodel import col

from server.actions.portal import gallery as actions
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import Application
from server.domain.permissions import Permission
from server.domain.portal.gallery import GalleryEntry
from server.graphql import forum
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow
from server.graphql.ids import parse_id
from server.graphql.mutations import IdInput, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.type(name="GalleryEntry", description="An application that is to be shown.")
class EntryType(forum.EntryFields, OfRow[GalleryEntry], Node):
    @related(Application)
    def application(self) -> int:
        return self.row.application_id

    @related(Account)
    def account(self) -> int:
        return self.row.account_id


@strawberry.type
class GalleryEntryPayload(Payload):
    gallery_entry: EntryType | None = None


@strawberry.input
class GalleryEntryApproveInput(IdInput):
    version: int | None = strawberry.field(
        default=None, description="The version that was looked at; another one is refused."
    )


@strawberry.input
class GalleryEntryRefuseInput(IdInput):
    reason: str = ""


@strawberry.type
class GalleryQueries:
    @connection(GalleryEntry, Permission.APPLICATIONS_READ, "What was asked for, newest first.")
    def gallery_entries(self, info: Info, state: forum.GalleryState | None = None) -> Rows:
        query = info.context.rows(GalleryEntry)
        if state is not None:
            query = query.where(col(GalleryEntry.state) == state.value)
        return Rows(actions.LISTING, query)


@strawberry.type
class GalleryMutations:
    @mutation(GalleryEntryPayload, Permission.PORTAL_EDIT)
    def gallery_entry_approve(
        self, info: Info, input: GalleryEntryApproveInput
    ) -> GalleryEntryPayload:
        """Show an application in the gallery."""
        with info.context.write() as work:
            row = actions.approve_entry(work, parse_id(input.id, "GalleryEntry"), input.version)
        return GalleryEntryPayload(gallery_entry=EntryType.of(row))

    @mutation(GalleryEntryPayload, Permission.PORTAL_EDIT)
    def gallery_entry_refuse(
        self, info: Info, input: GalleryEntryRefuseInput
    ) -> GalleryEntryPayload:
        """Do not show an application, or no longer."""
        with info.context.write() as work:
            row = actions.refuse_entry(work, parse_id(input.id, "GalleryEntry"), input.reason)
        return GalleryEntryPayload(gallery_entry=EntryType.of(row))


TOPIC = Topic(
    shows=(Shown(GalleryEntry, EntryType, actions.entries_query),),
    queries=GalleryQueries,
    mutations=GalleryMutations,
)
