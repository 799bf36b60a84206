"""The gallery: what is shown to all, and one's own applications in it."""

import strawberry

from server.actions.portal import gallery as actions
from server.domain.applications.applications import Application
from server.domain.permissions import Permission
from server.domain.portal.gallery import GalleryEntry
from server.graphql import forum
from server.graphql.context import Info
from server.graphql.developer.references import connection, related
from server.graphql.fields import Node, OfRow, described
from server.graphql.ids import parse_id
from server.graphql.large import parse_base64
from server.graphql.mutations import Input, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic

MOST_SHOWN = 100


@strawberry.type(name="GalleryEntry", description="An own application that is to be shown.")
class EntryType(forum.EntryFields, OfRow[GalleryEntry], Node):
    @related(Application)
    def application(self) -> int:
        return self.row.application_id


@strawberry.type(description="What anybody sees in the gallery.")
class GalleryItem:
    title: str
    description: str
    link: str
    picture_url: str
    picture_alt: str


@strawberry.type
class GalleryEntryPayload(Payload):
    gallery_entry: EntryType | None = None


@strawberry.input(description="What the gallery says of an application of one's own.")
class GalleryAskInput(Input):
    application_id: strawberry.ID
    title: str
    description: str
    link: str = ""
    picture_base64: str | None = strawberry.field(
        default=None,
        description="PNG, JPEG or WebP, at most 512 kB and 2000 pixels a side, as a variable. "
        "Left out or null, the picture stays; empty, it goes.",
    )
    picture_alt: str | None = strawberry.field(
        default=None, description="What the picture shows: needed with one."
    )


@strawberry.input
class GalleryWithdrawInput(Input):
    application_id: strawberry.ID


@strawberry.type
class GalleryWithdrawPayload(Payload):
    application_id: strawberry.ID | None = None


@strawberry.type
class GalleryQueries:
    @described("The newest applications of the gallery, at most 100; nobody needs to log in.")
    def gallery(self, info: Info) -> list[GalleryItem]:
        query = actions.shown_query(info.context.provider.id)
        newest = query.order_by(actions.LISTING.id.desc()).limit(MOST_SHOWN)
        rows = info.context.db.execute(newest).scalars()
        return [
            GalleryItem(
                title=row.title,
                description=row.description,
                link=row.link,
                picture_url=forum.picture_url_of(info.context, row),
                picture_alt=row.picture_alt,
            )
            for row in rows
        ]

    @connection(GalleryEntry, Permission.APPLICATIONS_READ, "What one asked for, newest first.")
    def gallery_entries(self, info: Info) -> Rows:
        return Rows(actions.LISTING, info.context.rows(GalleryEntry))


@strawberry.type
class GalleryMutations:
    @mutation(GalleryEntryPayload, Permission.APPLICATIONS_EDIT)
    def gallery_ask(self, info: Info, input: GalleryAskInput) -> GalleryEntryPayload:
        """Ask for an application to be shown, or change what is said of it: both are looked at."""
        values = {"title": input.title, "description": input.description, "link": input.link}
        if input.picture_alt is not None:
            values["picture_alt"] = input.picture_alt
        text = input.picture_base64
        picture = None if text is None else parse_base64(text, "picture_base64")
        with info.context.write() as work:
            number = parse_id(input.application_id, "Application", "application_id")
            row = actions.ask_for_gallery(work, number, values, picture)
        return GalleryEntryPayload(gallery_entry=EntryType.of(row))

    @mutation(GalleryWithdrawPayload, Permission.APPLICATIONS_EDIT)
    def gallery_withdraw(self, info: Info, input: GalleryWithdrawInput) -> GalleryWithdrawPayload:
        """Take an application out of the gallery, at once."""
        with info.context.write() as work:
            number = parse_id(input.application_id, "Application", "application_id")
            actions.withdraw_from_gallery(work, number)
        return GalleryWithdrawPayload(application_id=input.application_id)


TOPIC = Topic(
    shows=(Shown(GalleryEntry, EntryType, actions.entries_query),),
    queries=GalleryQueries,
    mutations=GalleryMutations,
)
