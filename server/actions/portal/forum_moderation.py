"""Moderating the forum: what the provider's staff does with topics and posts of others."""

from collections.abc import Mapping
from typing import Any

from server.actions.portal.forum import category_id_of, get_post, get_topic, recount, remove_topic
from server.actions.rows import hold, hold_to_delete
from server.actions.work import Work
from server.domain.drafts import changes_model, parse
from server.domain.errors import Conflict
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission
from server.domain.portal.forum import ForumPost, ForumTopic, TopicChangesDraft, rank_of

CHANGES = changes_model(TopicChangesDraft)


def moderate_topic(work: Work, topic_id: int, changes: Mapping[str, Any]) -> ForumTopic:
    """Pin, close, hide, move or rename a topic; what is not named stays.

    Raises: NotFound, Forbidden, Invalid.
    """
    work.actor.require(Permission.FORUM_EDIT)
    given = parse(CHANGES, changes).given()
    if "category_id" in given:
        given["category_id"] = category_id_of(work, given["category_id"])
    topic = hold(work.db, get_topic(work, topic_id))
    changed = {
        name: [getattr(topic, name), value]
        for name, value in given.items()
        if getattr(topic, name) != value
    }
    for name, (_, value) in changed.items():
        setattr(topic, name, value)
    topic.rank = rank_of(topic)
    if changed:
        facts = {"name": topic.title}
        work.record(Event(EventKind.FORUM_TOPIC_UPDATED, topic.id, changes=changed, facts=facts))
    return topic


def delete_topic(work: Work, topic_id: int) -> ForumTopic:
    """Delete a topic with all that was written in it. Raises: NotFound, Forbidden."""
    work.actor.require(Permission.FORUM_EDIT)
    topic = hold_to_delete(work.db, get_topic(work, topic_id))
    remove_topic(work, topic)
    return topic


def hide_post(work: Work, post_id: int, *, hidden: bool) -> ForumPost:
    """Hide a post from developers, or show it again. Raises: NotFound, Forbidden, Conflict."""
    work.actor.require(Permission.FORUM_EDIT)
    post = get_post(work, post_id)
    topic = hold(work.db, work.db.get_one(ForumTopic, post.topic_id))
    if post.is_first:
        raise Conflict("This post is the topic: hide the topic instead.", field="id")
    hold(work.db, post)
    if post.is_hidden is not hidden:
        post.is_hidden = hidden
        work.db.add(post)
        recount(work, topic)
        work.record(
            Event(
                EventKind.FORUM_POST_UPDATED,
                post.id,
                changes={"is_hidden": [not hidden, hidden]},
                facts={"name": topic.title, "topic_id": topic.id},
            )
        )
    return post
