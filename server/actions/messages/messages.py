"""Messages: written, answered, read, put aside. Developers write to their provider only.

Source: reference-portal 8.3.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import get_owned, hold, rely_on
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.drafts import parse
from server.domain.errors import Conflict, LimitReached, NotFound
from server.domain.events import Event, EventKind
from server.domain.messages.messages import (
    Folder,
    Message,
    MessageCopy,
    MessageDraft,
    reply_subject,
    subject_of,
)
from server.domain.permissions import Permission
from server.domain.states import MESSAGE, move
from server.kit.paging import Listing

MOST_AN_HOUR = 20  # messages that an account writes
HOUR = timedelta(hours=1)
LISTING = Listing("message_copies", MessageCopy, newest_first=True)
SHOWN = (Folder.INBOX, Folder.SENT, Folder.TRASH)
# What each page of a developer asks, built once.
UNREAD_OF_ACCOUNT = select(func.count()).where(
    MessageCopy.provider_id == bindparam("provider_id"),
    MessageCopy.account_id == bindparam("account_id"),
    MessageCopy.folder == Folder.INBOX,
    MessageCopy.state == "unread",
)


def copies_query(actor: Actor, folder: Folder | None = None) -> SelectOfScalar[MessageCopy]:
    """Select one's own copies: the provider's, or for a developer his account's."""
    _require(actor, Permission.MESSAGES_READ)
    query = select(MessageCopy).where(
        MessageCopy.provider_id == actor.provider_id, MessageCopy.account_id == actor.account_id
    )
    if folder is None:
        return query.where(col(MessageCopy.folder).in_(SHOWN))
    return query.where(MessageCopy.folder == folder)


def messages_query(actor: Actor) -> SelectOfScalar[Message]:
    """Select the messages of which one has a copy."""
    mine = copies_query(actor).with_only_columns(col(MessageCopy.message_id))
    return select(Message).where(
        Message.provider_id == actor.provider_id, col(Message.id).in_(mine)
    )


def count_unread(db: Session, provider_id: int, account_id: int | None) -> int:
    """Count what nobody of an account, or of the provider, has read. Cost: one indexed query."""
    if account_id is not None:
        asked = {"provider_id": provider_id, "account_id": account_id}
        return db.exec(UNREAD_OF_ACCOUNT, params=asked).one()
    unread = select(func.count()).where(
        MessageCopy.provider_id == provider_id,
        col(MessageCopy.account_id).is_(None),
        MessageCopy.folder == Folder.INBOX,
        MessageCopy.state == "unread",
    )
    return db.exec(unread).one()


def list_latest(work: Work, most: int) -> Sequence[tuple[MessageCopy, Message]]:
    """List the newest that one's own side received. Cost: one query."""
    query = (
        select(MessageCopy, Message)
        .join(Message, col(Message.id) == MessageCopy.message_id)
        .where(
            MessageCopy.provider_id == work.actor.provider_id,
            MessageCopy.account_id == work.actor.account_id,
            MessageCopy.folder == Folder.INBOX,
        )
    )
    _require(work.actor, Permission.MESSAGES_READ)
    return work.db.exec(query.order_by(col(MessageCopy.id).desc()).limit(most)).all()


def get_copy(work: Work, copy_id: int, folder: Folder | None = None) -> MessageCopy:
    """Find a copy of one's own. Raises: NotFound, Forbidden."""
    found = work.db.exec(copies_query(work.actor, folder).where(MessageCopy.id == copy_id)).first()
    if found is None:
        raise NotFound("There is no such message.", field="id")
    return found


def send_message(
    work: Work, values: Mapping[str, Any], account_id: int | None = None, *, reply_to: int = 0
) -> Message:
    """Write to a developer account; from a developer, to the provider whatever account is named.

    Raises: NotFound, Forbidden, Blank, TooLong, LimitReached for who writes too often.
    """
    actor = work.actor
    _require(actor, Permission.MESSAGES_EDIT)
    given = parse(MessageDraft, values).complete()
    party = actor.account_id if actor.account_id is not None else account_id
    account = get_owned(work, Account, party)
    if actor.is_developer:
        _refuse_too_many(work, account)
    else:
        rely_on(work.db, account)
    message = Message(
        provider_id=actor.provider_id,
        account_id=actor.account_id,
        author=_author(work),
        subject=subject_of(given["subject"], given["body"]),
        body=given["body"],
        reply_to_id=reply_to or None,
        recipients=1,
        created_at=work.now,
    )
    move(message, MESSAGE, "deliver")
    work.db.add(message)
    work.db.flush()  # the copies need its id
    put_sender_copy(work, message)
    put_recipient_copy(work, message, None if actor.is_developer else account.id)
    work.record(
        Event(
            EventKind.MESSAGE_SENT,
            message.id,
            account_id=account.id,
            facts={"subject": message.subject},
        )
    )
    return message


def _author(work: Work) -> str:
    """Name the developer who writes; the provider's staff write in the provider's name."""
    user = work.db.get(User, work.actor.user_id) if work.actor.is_developer else None
    return user.username if user else ""


def put_sender_copy(work: Work, message: Message) -> None:
    """Keep a message for who wrote it."""
    work.db.add(_copy(work, message, message.account_id, "sender", Folder.SENT))


def put_recipient_copy(work: Work, message: Message, account_id: int | None) -> None:
    """Put a message into the inbox of an account, or of the provider."""
    work.db.add(_copy(work, message, account_id, "recipient", Folder.INBOX))


def _copy(
    work: Work, message: Message, account_id: int | None, role: str, folder: Folder
) -> MessageCopy:
    return MessageCopy(
        provider_id=message.provider_id,
        message_id=message.id,
        account_id=account_id,
        role=role,
        folder=folder,
        state="read" if role == "sender" else "unread",
        created_at=work.now,
    )


def reply_to_message(work: Work, copy_id: int, body: str) -> Message:
    """Answer what one was sent. Raises: NotFound, Forbidden, Blank, LimitReached."""
    _require(work.actor, Permission.MESSAGES_EDIT)
    copy = get_copy(work, copy_id)
    message = work.db.get_one(Message, copy.message_id)
    if copy.role != "recipient":
        raise NotFound("Only what was received can be answered.", field="id")
    values = {"subject": reply_subject(message.subject)[:255], "body": body}
    if work.actor.account_id is None and message.account_id is None:
        raise NotFound("Nobody is there to answer to.", field="id")
    return send_message(work, values, message.account_id, reply_to=message.id)


def mark_message_read(work: Work, copy_id: int) -> MessageCopy:
    """Note that a message was read, by whoever of its side."""
    copy = get_copy(work, copy_id)
    if copy.state == "unread":
        copy.state, copy.read_at = "read", work.now
        work.db.add(copy)
    return copy


def mark_message_unread(work: Work, copy_id: int) -> MessageCopy:
    """Note that a message is to be read again. Raises: NotFound, Forbidden."""
    _require(work.actor, Permission.MESSAGES_EDIT)
    copy = get_copy(work, copy_id)
    if copy.role == "recipient":
        copy.state, copy.read_at = "unread", None
    return copy


def trash_message(work: Work, copy_id: int) -> MessageCopy:
    """Put one's own copy into the trash, where it stays until that is emptied."""
    return _moved(work, copy_id, lambda copy: Folder.TRASH)


def restore_message(work: Work, copy_id: int) -> MessageCopy:
    """Take one's own copy out of the trash again."""
    return _moved(
        work, copy_id, lambda copy: Folder.SENT if copy.role == "sender" else Folder.INBOX
    )


def _moved(work: Work, copy_id: int, to: Callable[[MessageCopy], Folder]) -> MessageCopy:
    _require(work.actor, Permission.MESSAGES_EDIT)
    copy = hold(work.db, get_copy(work, copy_id))
    if copy.folder == Folder.GONE:
        raise Conflict("This message is deleted for good.", field="id")
    copy.folder = to(copy)
    return copy


def empty_trash(work: Work) -> int:
    """Delete for good what is in one's trash; tell how many messages that were."""
    _require(work.actor, Permission.MESSAGES_EDIT)
    mine = copies_query(work.actor, Folder.TRASH).with_only_columns(col(MessageCopy.id))
    gone = update(MessageCopy).where(col(MessageCopy.id).in_(mine)).values(folder=Folder.GONE)
    return len(work.db.execute(gone.returning(col(MessageCopy.id))).all())


def _require(actor: Actor, permission: Permission) -> None:
    actor.require(permission, account_id=actor.account_id)


def _refuse_too_many(work: Work, account: Account) -> None:
    """Let an account write so often, one message after the other. Raises: LimitReached."""
    hold(work.db, account)
    recent = select(func.count(), func.min(Message.created_at)).where(
        Message.account_id == account.id, Message.created_at > work.now - HOUR
    )
    written, oldest = work.db.exec(recent).one()
    if written >= MOST_AN_HOUR:
        left_s = (oldest + HOUR - work.now).total_seconds()
        message = f"You have written {written} messages within an hour. Write again later."
        raise LimitReached(message, retry_after_s=max(1, int(left_s)))
