"""One message to many developers: told how many, then delivered by a job, some at a time."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts.accounts import accounts_query
from server.actions.messages.messages import put_recipient_copy, put_sender_copy
from server.actions.rows import hold
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.actors import Actor
from server.domain.drafts import parse
from server.domain.errors import Invalid
from server.domain.events import Event, EventKind
from server.domain.messages.messages import Message, MessageDraft, subject_of
from server.domain.permissions import Permission
from server.domain.states import MESSAGE, move

MOST_RECIPIENTS = 10_000
AT_ONCE = 50  # accounts a transaction


def reach_query(
    actor: Actor, *, service_id: int | None = None, plan_id: int | None = None
) -> SelectOfScalar[Account]:
    """Select the approved accounts: of an account plan, or with an application of an API."""
    return accounts_query(actor, state="approved", plan_id=plan_id, service_id=service_id)


def count_reached(work: Work, **reach: int | None) -> int:
    """Count to how many accounts a message would go. Cost: one query."""
    query = reach_query(work.actor, **reach).order_by(None)
    return int(work.db.execute(query.with_only_columns(func.count(col(Account.id)))).scalar_one())


def send_to_many(
    work: Work,
    values: Mapping[str, Any],
    *,
    service_id: int | None = None,
    plan_id: int | None = None,
) -> Message:
    """Write to all approved accounts, or those of an API or an account plan; a job delivers it.

    `recipients` of the message tells to how many. Raises: Forbidden, Invalid, Blank, TooLong.
    """
    work.actor.require(Permission.MESSAGES_EDIT)
    given = parse(MessageDraft, values).complete()
    reach = {"service_id": service_id, "plan_id": plan_id}
    number = count_reached(work, **reach)
    if not number:
        raise Invalid("reaches nobody: choose other developers.", field="to")
    if number > MOST_RECIPIENTS:
        raise Invalid(
            f"reaches {number} accounts, more than {MOST_RECIPIENTS}. Write to the developers of "
            "one API or plan after the other.",
            field="to",
        )
    last = reach_query(work.actor, **reach).order_by(None)
    last_id = work.db.execute(last.with_only_columns(func.max(col(Account.id)))).scalar_one()
    message = Message(
        provider_id=work.actor.provider_id,
        subject=subject_of(given["subject"], given["body"]),
        body=given["body"],
        reach={**reach, "last_id": last_id},
        recipients=number,
        created_at=work.now,
    )
    move(message, MESSAGE, "queue")
    work.db.add(message)
    work.db.flush()  # the copy needs its id
    put_sender_copy(work, message)
    facts = {"subject": message.subject, "recipients": number, **message.reach}
    work.record(Event(EventKind.MESSAGE_QUEUED, message.id, facts=facts))
    return message


def deliver_some(work: Work, message: Message) -> bool:
    """Deliver a queued message to the next accounts, each once; tell whether more are left."""
    work.actor.require(Permission.MESSAGES_EDIT)
    hold(work.db, message)
    if message.state != "queued":
        return False
    last_id = message.reach["last_id"]
    reach = {name: message.reach[name] for name in ("service_id", "plan_id")}
    query = reach_query(work.actor, **reach).where(
        Account.id > message.delivered_to, Account.id <= last_id
    )
    accounts = work.db.exec(query.order_by(col(Account.id)).limit(AT_ONCE)).all()
    for account in accounts:
        put_recipient_copy(work, message, account.id)
        facts = {"subject": message.subject}
        work.record(Event(EventKind.MESSAGE_SENT, message.id, account_id=account.id, facts=facts))
        message.delivered_to = account.id
    if len(accounts) < AT_ONCE:
        move(message, MESSAGE, "deliver")
    work.db.flush()
    return message.state == "queued"


def list_queued(db: Session) -> list[tuple[int, int]]:
    """List what is still to be delivered: providers and messages."""
    query = select(Message.provider_id, Message.id).where(Message.state == "queued")
    return list(db.exec(query.order_by(col(Message.id))).all())
