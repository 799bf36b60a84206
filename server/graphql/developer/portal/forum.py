"""The forum, for who is logged in."""

import strawberry

from server.actions.portal import forum as actions
from server.actions.portal import forum_subscriptions as subscriptions
from server.domain.permissions import Permission
from server.domain.portal.forum import ForumCategory, ForumPost, ForumTopic
from server.graphql import forum
from server.graphql.context import Info
from server.graphql.developer.references import connection, related
from server.graphql.fields import Node, OfRow
from server.graphql.ids import parse_id
from server.graphql.mutations import DeletedPayload, IdInput, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.type(name="ForumCategory", description="What topics of the forum are about.")
class CategoryType(forum.CategoryFields, OfRow[ForumCategory], Node):
    pass


@strawberry.type(name="ForumTopic", description="A conversation of the forum.")
class TopicType(forum.TopicFields, OfRow[ForumTopic], Node):
    @related(ForumCategory)
    def category(self) -> int | None:
        return self.row.category_id

    @connection(ForumPost, None, "What was written in it, oldest first.")
    def posts(self, info: Info) -> Rows:
        rows = info.context.rows(ForumPost)
        return Rows(actions.POSTS, rows, (ForumPost.topic_id, self.row.id))


@strawberry.type(name="ForumPost", description="What somebody wrote in the forum.")
class PostType(forum.PostFields, OfRow[ForumPost], Node):
    @related(ForumTopic)
    def topic(self) -> int:
        return self.row.topic_id


@strawberry.type
class ForumTopicPayload(Payload):
    forum_topic: TopicType | None = None


@strawberry.type
class ForumPostPayload(Payload):
    forum_post: PostType | None = None


@strawberry.type
class ForumQueries:
    @connection(ForumCategory, Permission.FORUM_READ, "The categories of the forum.")
    def forum_categories(self, info: Info) -> Rows:
        return Rows(actions.CATEGORIES.listing, info.context.rows(ForumCategory))

    @connection(ForumTopic, Permission.FORUM_READ, "Sticky topics first, then by their last post.")
    def forum_topics(self, info: Info) -> Rows:
        return Rows(actions.TOPICS, info.context.rows(ForumTopic))

    @connection(ForumTopic, Permission.FORUM_READ, "Topics whose answers one is mailed.")
    def subscribed_topics(self, info: Info) -> Rows:
        return Rows(actions.TOPICS, subscriptions.subscribed_query(info.context.actor))


@strawberry.type
class ForumMutations:
    @mutation(ForumTopicPayload, Permission.FORUM_EDIT)
    def forum_topic_create(
        self, info: Info, input: forum.ForumTopicCreateInput
    ) -> ForumTopicPayload:
        """Begin a conversation; its answers are mailed to who begins it."""
        row = forum.start_topic(info.context, input)
        return ForumTopicPayload(forum_topic=TopicType.of(row))

    @mutation(ForumPostPayload, Permission.FORUM_EDIT)
    def forum_reply(self, info: Info, input: forum.ForumReplyInput) -> ForumPostPayload:
        """Answer in a topic."""
        return ForumPostPayload(forum_post=PostType.of(forum.reply(info.context, input)))

    @mutation(ForumPostPayload, Permission.FORUM_EDIT)
    def forum_post_update(self, info: Info, input: forum.ForumPostUpdateInput) -> ForumPostPayload:
        """Change what one wrote oneself, for a day."""
        return ForumPostPayload(forum_post=PostType.of(forum.edit_post(info.context, input)))

    @mutation(DeletedPayload, Permission.FORUM_EDIT)
    def forum_post_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Delete what one wrote oneself, for a day; a topic while nobody has answered."""
        return DeletedPayload(deleted_id=forum.delete_post(info.context, input))

    @mutation(ForumTopicPayload, Permission.FORUM_EDIT)
    def forum_topic_subscribe(self, info: Info, input: IdInput) -> ForumTopicPayload:
        """Be mailed the answers of a topic."""
        with info.context.write() as work:
            row = subscriptions.subscribe(work, parse_id(input.id, "ForumTopic"))
        return ForumTopicPayload(forum_topic=TopicType.of(row))

    @mutation(ForumTopicPayload, Permission.FORUM_EDIT)
    def forum_topic_unsubscribe(self, info: Info, input: IdInput) -> ForumTopicPayload:
        """Be mailed them no more."""
        with info.context.write() as work:
            row = subscriptions.unsubscribe(work, parse_id(input.id, "ForumTopic"))
        return ForumTopicPayload(forum_topic=TopicType.of(row))


TOPIC = Topic(
    shows=(
        Shown(ForumCategory, CategoryType, actions.categories_query),
        Shown(ForumTopic, TopicType, actions.topics_query),
        Shown(ForumPost, PostType, actions.posts_query),
    ),
    queries=ForumQueries,
    mutations=ForumMutations,
)
