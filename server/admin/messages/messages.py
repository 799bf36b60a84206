"""Messages with developers: received, sent, put away; written to one account or to many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from starlette.responses import Response

from server.actions.messages import many
from server.actions.messages import messages as actions
from server.actions.messages.lists import MessageFilter, narrowed_copies
from server.actions.plans.plans import ACCOUNT_PLANS
from server.admin.accounts.accounts import service_choices
from server.admin.batches import chosen_ids
from server.admin.context import AdminContext
from server.admin.lists import READ_OR_NOT, Filter, Pager, by_id, is_narrowed, page_through
from server.admin.render import render
from server.domain.accounts.accounts import Account
from server.domain.errors import NotFound
from server.domain.messages.messages import (
    Folder,
    Message,
    MessageCopy,
    quoted,
    reply_subject,
)
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan
from server.kit.ids import id_or_none
from server.web.pages import PageRequest

TITLES = {Folder.INBOX: "Inbox", Folder.SENT: "Sent", Folder.TRASH: "Trash"}
PATHS = {
    Folder.INBOX: "/messages",
    Folder.SENT: "/messages/sent",
    Folder.TRASH: "/messages/trash",
}
MOVES = {
    "trash": (actions.trash_message, "The message is in the trash."),
    "restore": (actions.restore_message, "The message is back."),
    "unread": (actions.mark_message_unread, "The message is unread again."),
}


@dataclass(frozen=True, slots=True)
class FolderPage:
    """One folder, newest first."""

    folder: str
    title: str
    copies: Pager[MessageCopy]
    messages: Mapping[int, Message]
    accounts: Mapping[int, Account]  # of who wrote, or of the one that it went to, by message
    path: str
    search: str
    filters: Sequence[Filter]
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One message; with an answer to write where a developer wrote it."""

    copy: MessageCopy
    message: Message
    account: Account | None
    can_answer: bool
    reply_subject: str
    quote: str


@dataclass(frozen=True, slots=True)
class NewMessagePage:
    """The form of a message: to one account, or to those that the choices above it leave."""

    account: Account | None
    filters: Sequence[Filter]
    reached: int
    most: int
    service_id: int | None = None
    plan_id: int | None = None


def inbox(ctx: AdminContext) -> Response:
    return _list(ctx, Folder.INBOX)


def sent(ctx: AdminContext) -> Response:
    return _list(ctx, Folder.SENT)


def trash(ctx: AdminContext) -> Response:
    return _list(ctx, Folder.TRASH)


def open_message(page_request: PageRequest[AdminContext]) -> Response:
    """Show a message, and note that it was read."""
    with page_request.open() as ctx:
        copy_id = ctx.path_id("copy_id")
        is_unread = actions.get_copy(ctx, copy_id).state == "unread"
    if is_unread:
        with page_request.open(write=True) as ctx:
            actions.mark_message_read(ctx, copy_id)
    with page_request.open() as ctx:
        return show(ctx)


def show(ctx: AdminContext) -> Response:
    copy = actions.get_copy(ctx, ctx.path_id("copy_id"))
    message = ctx.db.get_one(Message, copy.message_id)
    page = MessagePage(
        copy,
        message,
        _accounts(ctx, [message]).get(message.id),
        message.account_id is not None and copy.role == "recipient",
        reply_subject(message.subject),
        f"\n\n{quoted(message.body)}",
    )
    return render(ctx, "messages/show.html.j2", page)


def new(ctx: AdminContext) -> Response:
    """Show the form; the address names an account, or narrows whom it goes to."""
    ctx.actor.require(Permission.MESSAGES_EDIT)
    account_id = id_or_none(ctx.text("account_id") or ctx.query("account_id"))
    account = ctx.db.get(Account, account_id) if account_id else None
    if account is not None and account.provider_id != ctx.provider.id:
        raise NotFound("There is no such account.")
    plans = ctx.db.exec(ACCOUNT_PLANS.query(ctx.actor).order_by(col(AccountPlan.id))).all()
    service = Filter.read(ctx, "service", "With an application of", service_choices(ctx))
    options = [(str(plan.id), plan.name) for plan in plans]
    plan = Filter.read(ctx, "plan", "On the account plan", options)
    service_id = ctx.number_or_none("service_id") or service.number
    plan_id = ctx.number_or_none("plan_id") or plan.number
    reached = many.count_reached(ctx, service_id=service_id, plan_id=plan_id)
    page = NewMessagePage(
        account, [service, plan], reached, many.MOST_RECIPIENTS, service_id, plan_id
    )
    return render(ctx, "messages/new.html.j2", page)


def create(ctx: AdminContext) -> Response:
    """Send to one account, or to many. Raises: Invalid when the number is another by now."""
    values = ctx.texts("subject", "body")
    account_id = ctx.number_or_none("account_id")
    if account_id is not None:
        actions.send_message(ctx, values, account_id)
        return ctx.go("/messages/sent", "The message is sent.")
    service_id, plan_id = ctx.number_or_none("service_id"), ctx.number_or_none("plan_id")
    message = many.send_to_many(ctx, values, service_id=service_id, plan_id=plan_id)
    number = f"{message.recipients} {'account' if message.recipients == 1 else 'accounts'}"
    return ctx.go("/messages/sent", f"The message is on its way to {number}.")


def reply(ctx: AdminContext) -> Response:
    copy_id = ctx.path_id("copy_id")
    actions.reply_to_message(ctx, copy_id, ctx.text("body"))
    return ctx.go(f"/messages/{copy_id}", "The answer is sent.")


def move(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.MESSAGES_EDIT)
    act, done = ctx.verb(MOVES)
    copy = act(ctx, ctx.path_id("copy_id"))
    home = "/messages/sent" if copy.role == "sender" else "/messages"
    return ctx.go_back(home, done)


def move_many(ctx: AdminContext) -> Response:
    """Put the messages that were chosen in the list into the trash."""
    chosen = chosen_ids(ctx)
    for copy_id in chosen:
        actions.trash_message(ctx, copy_id)
    return ctx.go_back("/messages", f"In the trash: {len(chosen)}.")


def empty(ctx: AdminContext) -> Response:
    number = actions.empty_trash(ctx)
    return ctx.go("/messages/trash", f"Deleted for good: {number}.")


def _list(ctx: AdminContext, folder: Folder) -> Response:
    search = ctx.query("search")
    # What one has written is not unread.
    states = [] if folder == Folder.SENT else [Filter.read(ctx, "state", "State", READ_OR_NOT)]
    state = "".join(each.value for each in states)
    wanted = MessageFilter(folder=folder, state=state, search=search)
    copies = page_through(ctx, actions.LISTING, narrowed_copies(ctx.actor, wanted))
    messages = _messages(ctx, copies.rows)
    page = FolderPage(
        folder.value,
        TITLES[folder],
        copies,
        messages,
        _accounts(ctx, messages.values()),
        PATHS[folder],
        search,
        states,
        is_narrowed(search, states),
    )
    return render(ctx, "messages/index.html.j2", page)


def _messages(ctx: AdminContext, copies: Sequence[MessageCopy]) -> dict[int, Message]:
    wanted = {copy.message_id for copy in copies}
    query = select(Message).where(col(Message.id).in_(wanted))
    return {message.id: message for message in ctx.db.exec(query)} if wanted else {}


def _accounts(ctx: AdminContext, messages: Iterable[Message]) -> dict[int, Account]:
    """Find the account that each message is from or to; one to many has none."""
    rows = list(messages)
    other = {row.id: row.account_id for row in rows}
    to_one = [row.id for row in rows if row.account_id is None and not row.reach]
    query = select(MessageCopy.message_id, MessageCopy.account_id).where(
        col(MessageCopy.message_id).in_(to_one), MessageCopy.role == "recipient"
    )
    if to_one:
        other.update(dict(ctx.db.exec(query).all()))
    found = by_id(ctx.db, Account, (number for number in other.values() if number))
    return {
        message_id: found[number]
        for message_id, number in other.items()
        if number is not None and number in found
    }
