"""The forum with its moderation."""

from datetime import datetime

import strawberry

from server.actions.portal import forum as actions
from server.actions.portal import forum_moderation as moderation
from server.actions.portal.forum import CATEGORIES
from server.domain.accounts.accounts import Account
from server.domain.permissions import Permission
from server.domain.portal.forum import ForumCategory, ForumPost, ForumTopic
from server.graphql import forum
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow
from server.graphql.ids import number_or_none, parse_id
from server.graphql.mutations import (
    ChangeInput,
    DeletedPayload,
    IdInput,
    Payload,
    changes_of,
    mutation,
)
from server.graphql.paging import Rows
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="ForumCategory", description="What topics of the forum are about.")
class CategoryType(forum.CategoryFields, OfRow[ForumCategory], Node):
    created_at: datetime


@strawberry.type(name="ForumTopic", description="A conversation of the forum.")
class TopicType(forum.TopicFields, OfRow[ForumTopic], Node):
    is_hidden: bool = strawberry.field(description="Whether developers do not see it.")

    @related(ForumCategory)
    def category(self) -> int | None:
        return self.row.category_id

    @connection(ForumPost, None, "What was written in it, oldest first.")
    def posts(self, info: Info) -> Rows:
        rows = info.context.rows(ForumPost)
        return Rows(actions.POSTS, rows, (ForumPost.topic_id, self.row.id))


@strawberry.type(name="ForumPost", description="What somebody wrote in the forum.")
class PostType(forum.PostFields, OfRow[ForumPost], Node):
    is_hidden: bool = strawberry.field(description="Whether developers do not see it.")

    @related(ForumTopic)
    def topic(self) -> int:
        return self.row.topic_id

    @related(Account)
    def account(self) -> int | None:
        """The account of who wrote it; null from the provider, and of who has left."""
        return self.row.account_id


@strawberry.type
class ForumTopicPayload(Payload):
    forum_topic: TopicType | None = None


@strawberry.type
class ForumPostPayload(Payload):
    forum_post: PostType | None = None


@strawberry.input
class ForumTopicUpdateInput(ChangeInput):
    title: strawberry.Maybe[str]
    category_id: strawberry.Maybe[strawberry.ID | None]
    tags: strawberry.Maybe[str]
    is_sticky: strawberry.Maybe[bool]
    is_closed: strawberry.Maybe[bool]
    is_hidden: strawberry.Maybe[bool]


@strawberry.input
class ForumPostHideInput(IdInput):
    hidden: bool = True


@strawberry.type
class ForumQueries:
    @connection(ForumCategory, Permission.FORUM_READ, "The categories of the forum.")
    def forum_categories(self, info: Info) -> Rows:
        return Rows(CATEGORIES.listing, info.context.rows(ForumCategory))

    @connection(ForumTopic, Permission.FORUM_READ, "Sticky topics first, then by their last post.")
    def forum_topics(self, info: Info) -> Rows:
        return Rows(actions.TOPICS, info.context.rows(ForumTopic))


@strawberry.type
class ForumMutations(mutations_of(CATEGORIES, CategoryType, "ForumCategory")):  # type: ignore[misc]  # made
    @mutation(ForumTopicPayload, Permission.FORUM_EDIT)
    def forum_topic_create(
        self, info: Info, input: forum.ForumTopicCreateInput
    ) -> ForumTopicPayload:
        """Begin a conversation, in the provider's name."""
        row = forum.start_topic(info.context, input)
        return ForumTopicPayload(forum_topic=TopicType.of(row))

    @mutation(ForumTopicPayload, Permission.FORUM_EDIT)
    def forum_topic_update(self, info: Info, input: ForumTopicUpdateInput) -> ForumTopicPayload:
        """Pin, close, hide, move or rename a topic; what is not named stays."""
        changes = changes_of(input)
        if "category_id" in changes:
            given = changes["category_id"]
            changes["category_id"] = number_or_none(given, "ForumCategory", "category_id")
        with info.context.write() as work:
            number = parse_id(input.id, "ForumTopic")
            info.context.check_version(work, ForumTopic, number, input.expected_version)
            row = moderation.moderate_topic(work, number, changes)
        return ForumTopicPayload(forum_topic=TopicType.of(row))

    @mutation(DeletedPayload, Permission.FORUM_EDIT)
    def forum_topic_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Delete a topic with all that was written in it."""
        with info.context.write() as work:
            moderation.delete_topic(work, parse_id(input.id, "ForumTopic"))
        return DeletedPayload(deleted_id=input.id)

    @mutation(ForumPostPayload, Permission.FORUM_EDIT)
    def forum_reply(self, info: Info, input: forum.ForumReplyInput) -> ForumPostPayload:
        """Answer in a topic, in the provider's name."""
        return ForumPostPayload(forum_post=PostType.of(forum.reply(info.context, input)))

    @mutation(ForumPostPayload, Permission.FORUM_EDIT)
    def forum_post_update(self, info: Info, input: forum.ForumPostUpdateInput) -> ForumPostPayload:
        """Change what the provider wrote."""
        return ForumPostPayload(forum_post=PostType.of(forum.edit_post(info.context, input)))

    @mutation(ForumPostPayload, Permission.FORUM_EDIT)
    def forum_post_hide(self, info: Info, input: ForumPostHideInput) -> ForumPostPayload:
        """Hide a post from developers, or show it again."""
        with info.context.write() as work:
            number = parse_id(input.id, "ForumPost")
            row = moderation.hide_post(work, number, hidden=input.hidden)
        return ForumPostPayload(forum_post=PostType.of(row))

    @mutation(DeletedPayload, Permission.FORUM_EDIT)
    def forum_post_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Delete a post; the first one takes its topic along."""
        return DeletedPayload(deleted_id=forum.delete_post(info.context, input))


TOPIC = Topic(
    shows=(
        Shown(ForumCategory, CategoryType, actions.categories_query),
        Shown(ForumTopic, TopicType, actions.topics_query),
        Shown(ForumPost, PostType, actions.posts_query),
    ),
    queries=ForumQueries,
    mutations=ForumMutations,
)
