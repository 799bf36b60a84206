"""The forum: who may do what, what is counted, what is bounded, and nobody else's is reached."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from server.actions.accounts.accounts import delete_account
from server.actions.accounts.users import create_user
from server.actions.portal import forum, forum_moderation, forum_subscriptions
from server.actions.portal.forum import CATEGORIES, MOST_AN_HOUR
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.work import Work
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.errors import (
    BadToken,
    Blank,
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    LimitReached,
    NotFound,
    TooLong,
)
from server.domain.permissions import OF_STAFF_ROLE, Role
from server.domain.portal.forum import (
    MOST_NESTING,
    MOST_POST,
    ForumPost,
    ForumSubscription,
    ForumTopic,
)
from tests.kit.make import staff
from tests.kit.work import by

TOPIC = {"title": "Paging", "body": "How do I page?"}


class Forum:
    """A forum with a topic of john's, and everybody who may come by."""

    def __init__(self, db: Session, deps: Dependencies, acme: NewProvider, other: NewProvider):
        self.db = db
        self.admin = by(db, staff(acme), deps.installation)
        update_settings(self.admin, {"forum_enabled": True})
        jane = {"username": "jane", "email": "jane@dev.example", "role": "member"}
        account_id = acme.sample.application.account_id
        colleague = create_user(self.admin, account_id, jane)
        member = Actor("staff", acme.provider.id, "member", OF_STAFF_ROLE[Role.MEMBER])
        anonymous = Actor.anonymous(acme.provider.id)
        self.who: Mapping[str, Work] = {
            "visitor": by(db, anonymous, deps.installation),
            "john": by(db, actor_of_user(acme.sample.user), deps.installation),
            "jane": by(db, actor_of_user(colleague), deps.installation),
            "staff member": by(db, member, deps.installation),
            "admin": self.admin,
            "other provider": by(db, staff(other), deps.installation),
        }
        self.topic = forum.start_topic(self.john, TOPIC)
        self.first = db.exec(select(ForumPost)).one()
        self.answer = forum.reply_to_topic(self.who["jane"], self.topic.id, "So.")

    @property
    def john(self) -> Work:
        return self.who["john"]


@pytest.fixture
def world(db: Session, deps: Dependencies, acme: NewProvider, globex: NewProvider) -> Forum:
    return Forum(db, deps, acme, globex)


OK, NO, GONE, SHUT = None, Forbidden, NotFound, Conflict
Answer = type[DomainError] | None
WHO = ("visitor", "john", "jane", "staff member", "admin", "other provider")
# what is done -> the answer to each of WHO; jane wrote the answer, john the topic
TABLE: Mapping[str, tuple[Callable[[Work, Forum], object], tuple[Answer, ...]]] = {
    "read a topic": (
        lambda work, w: forum.get_topic(work, w.topic.id),
        (GONE, OK, OK, OK, OK, GONE),
    ),
    "start a topic": (
        lambda work, _: forum.start_topic(work, TOPIC),
        (NO, OK, OK, NO, OK, OK),
    ),
    "answer": (
        lambda work, w: forum.reply_to_topic(work, w.topic.id, "Or so."),
        (NO, OK, OK, NO, OK, GONE),
    ),
    "edit the answer": (
        lambda work, w: forum.edit_post(work, w.answer.id, "Else."),
        (GONE, NO, OK, NO, NO, GONE),
    ),
    "delete the topic by its post": (
        lambda work, w: forum.delete_post(work, w.first.id),
        (GONE, SHUT, NO, NO, OK, GONE),
    ),
    "delete the answer": (
        lambda work, w: forum.delete_post(work, w.answer.id),
        (GONE, NO, OK, NO, OK, GONE),
    ),
    "moderate": (
        lambda work, w: forum_moderation.moderate_topic(work, w.topic.id, {"is_closed": True}),
        (GONE, GONE, GONE, NO, OK, GONE),
    ),
    "delete the topic": (
        lambda work, w: forum_moderation.delete_topic(work, w.topic.id),
        (GONE, GONE, GONE, NO, OK, GONE),
    ),
    "hide the answer": (
        lambda work, w: forum_moderation.hide_post(work, w.answer.id, hidden=True),
        (GONE, GONE, GONE, NO, OK, GONE),
    ),
    "make a category": (
        lambda work, _: CATEGORIES.create(work, {"name": "Mine"}),
        (GONE, GONE, GONE, NO, OK, OK),
    ),
    "subscribe": (
        lambda work, w: forum_subscriptions.subscribe(work, w.topic.id),
        (GONE, OK, OK, NO, NO, GONE),
    ),
}


def test_everybody_may_do_what_the_table_says(world: Forum) -> None:
    wrong = {}
    for what, (act, answers) in TABLE.items():
        for who, answer in zip(WHO, answers, strict=True):
            nested, got = world.db.begin_nested(), OK
            try:
                act(world.who[who], world)
            except DomainError as error:
                got = type(error)
            nested.rollback()
            world.db.expire_all()
            if got is not answer:
                wrong[what, who] = got

    assert wrong == {}


def test_an_edge_of_switches_hidden_topics_and_closed_ones(world: Forum) -> None:
    visitor, john, topic = world.who["visitor"], world.john, world.topic
    update_settings(world.admin, {"forum_public": True})
    assert forum.get_topic(visitor, topic.id).id == topic.id
    with pytest.raises(Forbidden):
        forum.reply_to_topic(visitor, topic.id, "Me too.")
    update_settings(world.admin, {"anonymous_posts_enabled": True})
    assert forum.reply_to_topic(visitor, topic.id, "Me too.").writer == "visitor"

    forum_moderation.moderate_topic(world.admin, topic.id, {"is_closed": True})
    with pytest.raises(Conflict):
        forum.reply_to_topic(john, topic.id, "Late.")
    with pytest.raises(Conflict):
        forum.edit_post(john, world.first.id, "Late.")
    assert forum.reply_to_topic(world.admin, topic.id, "Closed.").writer == "provider"
    forum_moderation.moderate_topic(world.admin, topic.id, {"is_hidden": True})
    for work in (visitor, john):
        with pytest.raises(NotFound):
            forum.get_topic(work, topic.id)
        assert list(world.db.exec(forum.posts_query(work.actor))) == []
    update_settings(world.admin, {"forum_enabled": False})
    assert list(world.db.exec(forum.topics_query(john.actor))) == []
    with pytest.raises(NotFound):
        forum.start_topic(john, TOPIC)


def test_answers_are_counted_and_topics_stand_in_order(world: Forum) -> None:
    other = forum.start_topic(world.john, {**TOPIC, "title": "Newer"})
    order = [each.title for each in _in_order(world)]
    forum_moderation.moderate_topic(world.admin, world.topic.id, {"is_sticky": True})
    sticky = [each.title for each in _in_order(world)]
    forum_moderation.hide_post(world.admin, world.answer.id, hidden=True)

    assert (order, sticky) == (["Newer", "Paging"], ["Paging", "Newer"])
    assert (world.topic.replies, other.replies) == (0, 0)
    forum_moderation.hide_post(world.admin, world.answer.id, hidden=False)
    assert world.topic.replies == 1
    with pytest.raises(Conflict):
        forum_moderation.hide_post(world.admin, world.first.id, hidden=True)


def _in_order(world: Forum) -> list[ForumTopic]:
    query = forum.topics_query(world.john.actor).order_by(*(k.desc() for k in forum.TOPICS.key))
    return list(world.db.exec(query))


def test_what_one_wrote_stands_after_a_day(
    db: Session, deps: Dependencies, acme: NewProvider, world: Forum
) -> None:
    world.first.created_at -= timedelta(hours=24)

    with pytest.raises(Forbidden):
        forum.edit_post(world.john, world.first.id, "Something else.")
    assert forum.edit_post(world.who["jane"], world.answer.id, "Thus.").edited_at


def test_a_developer_writes_thirty_posts_an_hour(world: Forum) -> None:
    for number in range(MOST_AN_HOUR - 1):
        forum.reply_to_topic(world.john, world.topic.id, f"Also {number}.")

    with pytest.raises(LimitReached) as refused:
        forum.reply_to_topic(world.john, world.topic.id, "And.")
    assert refused.value.retry_after_s
    assert forum.reply_to_topic(world.who["jane"], world.topic.id, "Me.").body == "Me."


REFUSED: Sequence[tuple[dict[str, object], type[DomainError], str]] = (
    ({"title": " "}, Blank, "title"),
    ({"title": "a\nb"}, Invalid, "title"),
    ({"title": "x" * 300}, TooLong, "title"),
    ({"body": "\n"}, Blank, "body"),
    ({"body": "x" * (MOST_POST + 1)}, TooLong, "body"),
    ({"body": "a\x00b"}, Invalid, "body"),
    ({"body": ">" * (MOST_NESTING + 1) + " deep"}, Invalid, "body"),
    ({"body": "- " * 400 + "deep"}, Invalid, "body"),
    ({"tags": "a b c d e f"}, Invalid, "tags"),
    ({"tags": "<b>"}, Invalid, "tags"),
    ({"category_id": 999}, NotFound, "category_id"),
    ({"is_sticky": True}, Invalid, "is_sticky"),
)


def test_what_no_topic_can_be_is_refused_at_its_field(world: Forum) -> None:
    for values, error, field in REFUSED:
        with pytest.raises(error) as refused:
            forum.start_topic(world.john, {**TOPIC, **values})
        assert refused.value.field == field, values


def test_what_somebody_wrote_stays_without_his_name(
    db: Session, acme: NewProvider, world: Forum
) -> None:
    delete_account(world.admin, acme.sample.application.account_id)
    db.expire_all()

    assert {post.user_id for post in db.exec(select(ForumPost))} == {None}
    assert list(db.exec(select(ForumSubscription))) == []


def test_a_topic_is_left_by_the_link_of_its_mail_alone(
    db: Session, deps: Dependencies, acme: NewProvider, world: Forum
) -> None:
    user, visitor = db.get_one(User, acme.sample.user.id), world.who["visitor"]
    code = forum_subscriptions.leave_topic_code(deps.installation, user, world.topic.id)
    other = forum.start_topic(world.john, {**TOPIC, "title": "Another"})

    for broken in (
        code[:-3] + "___",
        code.replace(f"-{world.topic.id}-", f"-{other.id}-"),
        "x",
        "",
    ):
        with pytest.raises(BadToken):
            forum_subscriptions.leave_topic(visitor, broken)
    with pytest.raises(BadToken):
        forum_subscriptions.leave_topic(world.who["other provider"], code)
    assert forum.is_subscribed(world.john, world.topic.id)
    forum_subscriptions.leave_topic(visitor, code)
    assert not forum.is_subscribed(world.john, world.topic.id)
    assert forum.is_subscribed(world.john, other.id)


def test_topics_of_a_category_that_is_deleted_stay(world: Forum) -> None:
    category = CATEGORIES.create(world.admin, {"name": "Questions"})
    forum_moderation.moderate_topic(world.admin, world.topic.id, {"category_id": category.id})
    CATEGORIES.delete(world.admin, category.id)
    world.db.expire_all()

    assert world.topic.category_id is None
