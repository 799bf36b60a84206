"""The forum: who may read what, and writing in it. Source: mission E7, reference-portal 4.

Developers write in their own name, members of an account as well: a post is nobody else's business.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import col, exists, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.resources import Lifecycle, Resource
from server.actions.rows import get_owned, hold, rely_on
from server.actions.work import Work
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.drafts import parse
from server.domain.errors import Conflict, Forbidden, LimitReached, NotFound
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission
from server.domain.portal.forum import (
    EDITABLE,
    CategoryDraft,
    ForumCategory,
    ForumPost,
    ForumSubscription,
    ForumTopic,
    PostDraft,
    TopicDraft,
    Writer,
    rank_of,
)
from server.domain.provider.settings import Setting
from server.kit.paging import Listing

MOST_AN_HOUR = 30  # posts of a developer
HOUR = timedelta(hours=1)
OFF = "There is no forum here."
TOPICS = Listing("forum_topics", ForumTopic, newest_first=True, by=col(ForumTopic.rank))
POSTS = Listing("forum_posts", ForumPost)


def _seen(actor: Actor) -> tuple[Any, ...]:
    """Show categories to who may read the forum."""
    return (_is_open(actor),) if actor.is_developer else ()


CATEGORIES = Resource(
    name="forum_category",
    model=ForumCategory,
    draft=CategoryDraft,
    read=Permission.FORUM_READ,
    edit=Permission.FORUM_EDIT,
    events=Lifecycle(
        created=EventKind.FORUM_CATEGORY_CREATED,
        updated=EventKind.FORUM_CATEGORY_UPDATED,
        deleted=EventKind.FORUM_CATEGORY_DELETED,
    ),
    listing=Listing("forum_categories", ForumCategory),
)


def categories_query(actor: Actor) -> SelectOfScalar[ForumCategory]:
    """Select the categories of a forum that the actor may read."""
    _require_reader(actor)
    query = select(ForumCategory).where(ForumCategory.provider_id == actor.provider_id)
    return query.where(*_seen(actor))


def list_categories(work: Work) -> Sequence[ForumCategory]:
    """List the categories in their order. Cost: one query."""
    query = categories_query(work.actor)
    return work.db.exec(
        query.order_by(col(ForumCategory.position), col(ForumCategory.id)).limit(100)
    ).all()


def topics_query(actor: Actor) -> SelectOfScalar[ForumTopic]:
    """Select the topics that the actor may read: nothing hidden, nothing while the forum is off."""
    _require_reader(actor)
    query = select(ForumTopic).where(ForumTopic.provider_id == actor.provider_id)
    if actor.is_developer:
        query = query.where(col(ForumTopic.is_hidden).is_(False), _is_open(actor))
    return query


def posts_query(actor: Actor) -> SelectOfScalar[ForumPost]:
    """Select the posts that the actor may read."""
    _require_reader(actor)
    query = select(ForumPost).where(ForumPost.provider_id == actor.provider_id)
    if actor.is_developer:
        topics = topics_query(actor).with_only_columns(col(ForumTopic.id))
        query = query.where(
            col(ForumPost.is_hidden).is_(False), col(ForumPost.topic_id).in_(topics)
        )
    return query


def holding(query: SelectOfScalar[ForumTopic], words: Sequence[str]) -> SelectOfScalar[ForumTopic]:
    """Narrow topics to those that hold all of the words, in the title or in what is shown below."""
    for word in words:
        said = exists().where(
            col(ForumPost.topic_id) == ForumTopic.id,
            col(ForumPost.is_hidden).is_(False),
            col(ForumPost.body).icontains(word, autoescape=True),
        )
        titled = col(ForumTopic.title).icontains(word, autoescape=True)
        tagged = col(ForumTopic.tags).icontains(word, autoescape=True)
        query = query.where(or_(titled, tagged, said))
    return query


def get_topic(work: Work, topic_id: int) -> ForumTopic:
    """Find a topic that the actor may read. Raises: NotFound, Forbidden."""
    query = topics_query(work.actor).where(ForumTopic.id == topic_id)
    found = work.db.exec(query).first()
    if found is None:
        raise NotFound("There is no such topic.", field="id")
    return found


def get_post(work: Work, post_id: int) -> ForumPost:
    """Find a post that the actor may read. Raises: NotFound, Forbidden."""
    found = work.db.exec(posts_query(work.actor).where(ForumPost.id == post_id)).first()
    if found is None:
        raise NotFound("There is no such post.", field="id")
    return found


def start_topic(work: Work, values: Mapping[str, Any]) -> ForumTopic:
    """Begin a conversation; who does is mailed the answers.

    Raises: NotFound where there is no forum, Forbidden, Invalid and its kind, LimitReached.
    """
    writer = _enter(work)
    given = parse(TopicDraft, values).complete()
    topic = ForumTopic(
        provider_id=work.actor.provider_id,
        category_id=category_id_of(work, given["category_id"]),
        title=given["title"],
        tags=given["tags"],
        last_post_at=work.now,
        created_at=work.now,
    )
    topic.rank = rank_of(topic)
    work.db.add(topic)
    work.db.flush()  # its post needs its id
    post = _put(work, topic, writer, given["body"], is_first=True)
    work.record(
        Event(
            EventKind.FORUM_TOPIC_CREATED,
            topic.id,
            account_id=work.actor.account_id,
            facts={"title": topic.title, "post_id": post.id},
        )
    )
    return topic


def reply_to_topic(work: Work, topic_id: int, body: str) -> ForumPost:
    """Write in a conversation; who does is mailed the next answers.

    Raises: NotFound, Forbidden, Conflict where it is closed, Invalid and its kind, LimitReached.
    """
    writer = _enter(work)
    given = parse(PostDraft, {"body": body}).complete()
    topic = hold(work.db, get_topic(work, topic_id))
    _refuse_closed(work, topic)
    post = _put(work, topic, writer, given["body"])
    recount(work, topic)
    work.record(
        Event(
            EventKind.FORUM_POST_CREATED,
            post.id,
            account_id=work.actor.account_id,
            facts={"title": topic.title, "topic_id": topic.id, "post_id": post.id},
        )
    )
    return post


def edit_post(work: Work, post_id: int, body: str) -> ForumPost:
    """Change what one wrote oneself, for a day. Raises: NotFound, Forbidden, Conflict, Invalid."""
    post = _get_own(work, post_id)
    given = parse(PostDraft, {"body": body}).complete()
    if post.body != given["body"]:
        before = len(post.body)
        post.body, post.edited_at = given["body"], work.now
        changes = {"characters": [before, len(post.body)]}
        work.record(_told(work, EventKind.FORUM_POST_UPDATED, post, changes))
    return post


def delete_post(work: Work, post_id: int) -> ForumPost:
    """Take away what one wrote, or what anybody wrote when one moderates.

    The first post takes its topic along, which a developer may do while nobody has answered.
    Raises: NotFound, Forbidden, Conflict.
    """
    if work.actor.is_developer:
        post = _get_own(work, post_id)
    else:
        work.actor.require(Permission.FORUM_EDIT)
        post = get_post(work, post_id)
        hold(work.db, work.db.get_one(ForumTopic, post.topic_id))
        hold(work.db, post)
    topic = work.db.get_one(ForumTopic, post.topic_id)
    if post.is_first:
        if work.actor.is_developer and _has_answers(work, topic):
            raise Conflict("This topic has answers, so it stays. Edit it instead.", field="id")
        remove_topic(work, topic)
        return post
    work.db.delete(post)
    work.db.flush()
    recount(work, topic)
    work.record(_told(work, EventKind.FORUM_POST_DELETED, post))
    return post


def may_change(work: Work, post: ForumPost, topic: ForumTopic) -> bool:
    """Return whether a post may be edited by who looks: his own, for a day, in an open topic."""
    actor = work.actor
    if not actor.may(Permission.FORUM_EDIT):
        return False
    if not actor.is_developer:
        return post.writer == Writer.PROVIDER
    is_own = post.user_id is not None and post.user_id == actor.user_id
    return is_own and not topic.is_closed and work.now - post.created_at < EDITABLE


def remove_topic(work: Work, topic: ForumTopic) -> None:
    """Delete a topic that is held, with all that was written in it."""
    work.record(
        Event(
            EventKind.FORUM_TOPIC_DELETED,
            topic.id,
            account_id=work.actor.account_id,
            facts={"name": topic.title},
        )
    )
    work.db.delete(topic)
    work.db.flush()


def recount(work: Work, topic: ForumTopic) -> None:
    """Count anew what a held topic shows, and when something was written last."""
    work.db.flush()
    shown = select(func.count(), func.max(ForumPost.created_at)).where(
        ForumPost.topic_id == topic.id, col(ForumPost.is_hidden).is_(False)
    )
    number, newest = work.db.exec(shown).one()
    topic.replies = max(0, number - 1)
    topic.last_post_at = newest if number else topic.created_at
    topic.rank = rank_of(topic)
    work.db.add(topic)


def category_id_of(work: Work, category_id: int | None) -> int | None:
    """Check a category, and keep it from being deleted meanwhile. Raises: NotFound."""
    if category_id is None:
        return None
    try:
        return rely_on(work.db, get_owned(work, ForumCategory, category_id)).id
    except NotFound as error:
        raise NotFound("There is no such category.", field="category_id") from error


def is_subscribed(work: Work, topic_id: int) -> bool:
    """Return whether the actor is mailed what is written in a topic."""
    user_id = work.actor.user_id
    return bool(user_id and work.db.get(ForumSubscription, (user_id, topic_id)))


def put_subscription(work: Work, user: User, topic: ForumTopic) -> None:
    """Have a user who is held be mailed what is written in a topic."""
    if work.db.get(ForumSubscription, (user.id, topic.id)) is None:
        work.db.add(
            ForumSubscription(
                user_id=user.id,
                topic_id=topic.id,
                provider_id=topic.provider_id,
                created_at=work.now,
            )
        )


def _require_reader(actor: Actor) -> None:
    """Let pass whoever may read at all; visitors see what is public. Raises: Forbidden."""
    if actor.kind != "signup":
        actor.require(Permission.FORUM_READ, account_id=actor.account_id)


def _is_open(actor: Actor) -> Any:
    """Tell in SQL whether there is a forum for developers, or for visitors."""
    conditions = [
        col(Setting.provider_id) == actor.provider_id,
        col(Setting.forum_enabled).is_(True),
    ]
    if actor.account_id is None:
        conditions.append(col(Setting.forum_public).is_(True))
    return exists().where(*conditions)


def _enter(work: Work) -> Writer:
    """Tell as whom the actor writes. Raises: NotFound, Forbidden, LimitReached."""
    actor = work.actor
    if not actor.is_developer:
        actor.require(Permission.FORUM_EDIT)
        return Writer.PROVIDER
    settings = work.db.get_one(Setting, actor.provider_id)
    if not settings.forum_enabled:
        raise NotFound(OFF)
    if actor.account_id is None:
        if not (settings.forum_public and settings.anonymous_posts_enabled):
            raise Forbidden("Log in to write in the forum.")
        return Writer.VISITOR
    actor.require(Permission.FORUM_EDIT, account_id=actor.account_id)
    _refuse_too_many(work)
    return Writer.DEVELOPER


def _refuse_too_many(work: Work) -> None:
    """Let a user write so often, one post after the other. Raises: LimitReached."""
    if work.actor.user_id is None:
        raise Forbidden("Only a person writes in the forum: log in.")
    user = hold(work.db, work.db.get_one(User, work.actor.user_id))
    recent = select(func.count(), func.min(ForumPost.created_at)).where(
        ForumPost.user_id == user.id, ForumPost.created_at > work.now - HOUR
    )
    written, oldest = work.db.exec(recent).one()
    if written >= MOST_AN_HOUR:
        left_s = (oldest + HOUR - work.now).total_seconds()
        message = f"You have written {written} posts within an hour. Write again later."
        raise LimitReached(message, retry_after_s=max(1, int(left_s)))


def _put(
    work: Work, topic: ForumTopic, writer: Writer, body: str, *, is_first: bool = False
) -> ForumPost:
    post = ForumPost(
        provider_id=topic.provider_id,
        topic_id=topic.id,
        account_id=work.actor.account_id,
        user_id=work.actor.user_id,
        writer=writer.value,
        body=body,
        is_first=is_first,
        created_at=work.now,
    )
    work.db.add(post)
    work.db.flush()
    if writer == Writer.DEVELOPER:
        put_subscription(work, work.db.get_one(User, work.actor.user_id), topic)
    return post


def _get_own(work: Work, post_id: int) -> ForumPost:
    """Find what one may still change, with its topic held. Raises: NotFound, Forbidden."""
    work.actor.require(Permission.FORUM_EDIT, account_id=work.actor.account_id)
    post = get_post(work, post_id)
    topic = hold(work.db, work.db.get_one(ForumTopic, post.topic_id))
    _refuse_closed(work, topic)
    if not may_change(work, post, topic):
        raise Forbidden("What one wrote can be changed for a day, by who wrote it.")
    return hold(work.db, post)


def _refuse_closed(work: Work, topic: ForumTopic) -> None:
    if topic.is_closed and work.actor.is_developer:
        raise Conflict("This topic is closed. Start another one.", field="id")


def _has_answers(work: Work, topic: ForumTopic) -> bool:
    answers = select(func.count()).where(
        ForumPost.topic_id == topic.id, col(ForumPost.is_first).is_(False)
    )
    return work.db.exec(answers).one() > 0


def _told(
    work: Work, kind: EventKind, post: ForumPost, changes: Mapping[str, list[Any]] | None = None
) -> Event:
    topic = work.db.get_one(ForumTopic, post.topic_id)
    return Event(
        kind,
        post.id,
        account_id=work.actor.account_id,
        changes=dict(changes or {}),
        facts={"name": topic.title, "topic_id": topic.id},
    )
