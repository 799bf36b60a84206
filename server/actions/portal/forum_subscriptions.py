"""Who is mailed what is written in a topic: by his own choice, or by the link of such a mail."""

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.portal.forum import get_topic, put_subscription, topics_query
from server.actions.rows import hold
from server.actions.work import Work
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.errors import BadToken, Forbidden
from server.domain.installation import Installation
from server.domain.portal.forum import ForumSubscription, ForumTopic
from server.kit.ids import id_or_none

BROKEN = "This link is broken. Log in and choose your topics there."
NOBODY = "Only a developer subscribes to topics: log in."


def subscribed_query(actor: Actor) -> SelectOfScalar[ForumTopic]:
    """Select the topics that the actor is mailed about."""
    mine = select(ForumSubscription.topic_id).where(ForumSubscription.user_id == actor.user_id)
    return topics_query(actor).where(col(ForumTopic.id).in_(mine))


def subscribe(work: Work, topic_id: int) -> ForumTopic:
    """Be mailed what is written in a topic. Raises: NotFound, Forbidden."""
    topic = get_topic(work, topic_id)
    put_subscription(work, hold(work.db, _own(work)), topic)
    work.db.flush()  # refused here when its topic is gone
    return topic


def unsubscribe(work: Work, topic_id: int) -> ForumTopic:
    """Be mailed no more of it. Raises: NotFound, Forbidden."""
    topic = get_topic(work, topic_id)
    _drop(work, _own(work), topic.id)
    return topic


def find_subscriber(work: Work, code: str) -> tuple[User, ForumTopic]:
    """Find who leaves which topic by a link. Raises: BadToken."""
    user_id, _, rest = code.partition("-")
    topic_id, _, signature = rest.partition("-")
    user = work.db.get(User, id_or_none(user_id) or 0)
    topic = work.db.get(ForumTopic, id_or_none(topic_id) or 0)
    is_ours = work.installation.vault.signature_holds(_signed(user_id, topic_id), signature)
    if user is None or topic is None or not is_ours:
        raise BadToken(BROKEN)
    if {user.provider_id, topic.provider_id} != {work.actor.provider_id}:
        raise BadToken(BROKEN)
    return user, topic


def leave_topic(work: Work, code: str) -> ForumTopic:
    """Leave a topic, and no other mail, by a link that needs no login. Raises: BadToken."""
    user, topic = find_subscriber(work, code)
    _drop(work, user, topic.id)
    return topic


def leave_topic_code(installation: Installation, user: User, topic_id: int) -> str:
    """Make the part of an address by which somebody leaves a topic."""
    who, which = str(user.id), str(topic_id)
    return f"{who}-{which}-{installation.vault.sign(_signed(who, which))}"


def _signed(user_id: str, topic_id: str) -> str:
    return f"leave-topic:{user_id}:{topic_id}"


def _own(work: Work) -> User:
    user = work.db.get(User, work.actor.user_id) if work.actor.user_id else None
    if user is None or user.account_id is None:
        raise Forbidden(NOBODY)
    return user


def _drop(work: Work, user: User, topic_id: int) -> None:
    hold(work.db, user)
    row = work.db.get(ForumSubscription, (user.id, topic_id))
    if row is not None:
        work.db.delete(row)
        work.db.flush()
