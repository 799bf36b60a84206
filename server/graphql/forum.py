"""The forum and the gallery, as both schemas show them and take orders about them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import strawberry
from sqlmodel import col, select

from server.actions.portal import forum as actions
from server.domain.accounts.users import User
from server.domain.portal.forum import ForumPost, ForumTopic, Writer, author_of
from server.domain.portal.gallery import GalleryEntry
from server.graphql.context import Context, Info
from server.graphql.fields import described
from server.graphql.ids import number_or_none, parse_id
from server.graphql.mutations import ChangeInput, IdInput, Input

strawberry.enum(Writer, name="ForumWriter", description="On which side somebody wrote.")


@strawberry.enum
class GalleryState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"


@strawberry.type
class CategoryFields:
    """What topics of the forum are about."""

    name: str
    system_name: str
    description: str
    position: int


@strawberry.type
class TopicFields:
    """A conversation of the forum."""

    row: strawberry.Private[ForumTopic]
    title: str
    is_sticky: bool
    is_closed: bool
    replies: int = strawberry.field(description="How many answers are shown.")
    created_at: datetime
    last_post_at: datetime

    @strawberry.field
    def tags(self) -> list[str]:
        return self.row.tags.split()


@strawberry.type
class PostFields:
    """What somebody wrote in the forum."""

    row: strawberry.Private[ForumPost]
    body: str = strawberry.field(description="Markdown, as it was typed.")
    is_first: bool = strawberry.field(description="Whether it began its topic.")
    created_at: datetime
    edited_at: datetime | None

    @strawberry.field
    def writer(self) -> Writer:
        return Writer(self.row.writer)

    @described("Who wrote it: a username, or the provider's name.")
    async def author(self, info: Info) -> str:
        ctx = info.context
        user = None
        if self.row.user_id is not None:
            loader = ctx.loaders.batch("forum authors", lambda ids: _users(ctx, ids))
            user = await loader.load(self.row.user_id)
        return author_of(self.row, user, ctx.provider.name)


def picture_url_of(ctx: Context, row: GalleryEntry) -> str:
    """Tell where a picture is; empty without one."""
    path = row.picture_path
    return f"{ctx.installation.addresses.portal(ctx.provider)}{path}" if path else ""


@strawberry.type
class EntryFields:
    """An application as its owner wants it shown in the gallery."""

    row: strawberry.Private[GalleryEntry]
    title: str
    description: str
    link: str
    version: int = strawberry.field(description="Another one after each change of what it says.")
    reason: str = strawberry.field(description="Why it is refused, where somebody said so.")
    approved_at: datetime | None
    created_at: datetime

    picture_alt: str = strawberry.field(description="What its picture shows; empty without one.")

    @described("Where the portal serves its picture while it is shown; empty without one.")
    def picture_url(self, info: Info) -> str:
        return picture_url_of(info.context, self.row)

    @strawberry.field
    def state(self) -> GalleryState:
        return GalleryState(self.row.state)


@strawberry.input
class ForumTopicCreateInput(Input):
    title: str
    body: str
    category_id: strawberry.ID | None = None
    tags: str = ""


@strawberry.input(description="Answers in a topic.")
class ForumReplyInput(IdInput):
    body: str


@strawberry.input
class ForumPostUpdateInput(ChangeInput):
    body: str


def start_topic(ctx: Context, input: ForumTopicCreateInput) -> ForumTopic:
    """Begin a conversation."""
    number = number_or_none(input.category_id, "ForumCategory", "category_id")
    values = {
        "title": input.title,
        "body": input.body,
        "tags": input.tags,
        "category_id": number,
    }
    with ctx.write() as work:
        return actions.start_topic(work, values)


def reply(ctx: Context, input: ForumReplyInput) -> ForumPost:
    """Answer in a conversation."""
    with ctx.write() as work:
        return actions.reply_to_topic(work, parse_id(input.id, "ForumTopic"), input.body)


def edit_post(ctx: Context, input: ForumPostUpdateInput) -> ForumPost:
    """Change what one wrote."""
    with ctx.write() as work:
        number = parse_id(input.id, "ForumPost")
        ctx.check_version(work, ForumPost, number, input.expected_version)
        return actions.edit_post(work, number, input.body)


def delete_post(ctx: Context, input: IdInput) -> strawberry.ID:
    """Delete a post; tell which."""
    with ctx.write() as work:
        actions.delete_post(work, parse_id(input.id, "ForumPost"))
    return input.id


def _users(ctx: Context, ids: Sequence[int]) -> dict[int, User]:
    """Read who wrote, of any account: only their names are shown."""
    query = select(User).where(User.provider_id == ctx.provider.id, col(User.id).in_(ids))
    return {user.id: user for user in ctx.db.execute(query).scalars()}
