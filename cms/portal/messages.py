"""Messages with the provider: received, sent, and put away."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import col, select
from starlette.responses import Response

from cms.liquid.drops.messages import Letter, MessageDrop
from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.lists import page_of
from cms.portal.render import render_page
from server.actions.messages import messages as actions
from server.domain.errors import Invalid
from server.domain.messages.messages import (
    Folder,
    Message,
    MessageCopy,
    quoted,
    reply_subject,
)
from server.kit.ids import id_or_none
from server.web.pages import PageRequest

INBOX, SENT, TRASH = "/admin/messages/received", "/admin/messages/sent", "/admin/messages/trash"


def inbox(ctx: PortalContext) -> Response:
    return _list(ctx, Folder.INBOX, INBOX, "messages/inbox/index")


def sent(ctx: PortalContext) -> Response:
    return _list(ctx, Folder.SENT, SENT, "messages/outbox/index")


def trash(ctx: PortalContext) -> Response:
    return _list(ctx, Folder.TRASH, TRASH, "messages/trash/index")


def open_received(page_request: PageRequest[PortalContext]) -> Response:
    """Show what was received, and note that it was read."""
    with page_request.open(login_needed=True) as ctx:
        copy_id = ctx.path_id("id")
        is_unread = actions.get_copy(ctx, copy_id, Folder.INBOX).state == "unread"
    if is_unread:
        with page_request.open(write=True, login_needed=True) as ctx:
            actions.mark_message_read(ctx, copy_id)
    with page_request.open(login_needed=True) as ctx:
        return show_received(ctx)


def show_received(ctx: PortalContext) -> Response:
    """Show one that was received, with the form of an answer."""
    number = ctx.text("reply_to") or str(ctx.request.path_params.get("id", ""))
    drop = _drop(ctx, id_or_none(number) or 0, Folder.INBOX)
    message = drop.model.message
    about = reply_subject(message.subject)
    initial = {"subject": about, "body": f"\n\n{quoted(message.body)}"}
    filled = forms.filled(forms.MESSAGE, ctx.values, ctx.error, initial)
    answer = Message(subject=about, body=initial["body"], provider_id=message.provider_id)
    reply = MessageDrop(replace(drop.model, message=answer), ctx.data)
    variables = {"form": FormDrop(filled, ctx.data), "message": drop, "reply": reply}
    return render_page(ctx, "messages/inbox/show", variables)


def show_sent(ctx: PortalContext) -> Response:
    variables = {"message": _drop(ctx, ctx.path_id("id"), Folder.SENT)}
    return render_page(ctx, "messages/outbox/show", variables)


def show_trashed(ctx: PortalContext) -> Response:
    variables = {"message": _drop(ctx, ctx.path_id("id"), Folder.TRASH)}
    return render_page(ctx, "messages/trash/show", variables)


def new(ctx: PortalContext) -> Response:
    """Show the form of a message to the provider."""
    filled = forms.filled(forms.MESSAGE, ctx.values, ctx.error)
    variables = {"form": FormDrop(filled, ctx.data), "message": None}
    return render_page(ctx, "messages/outbox/new", variables)


def create(ctx: PortalContext) -> Response:
    actions.send_message(ctx, forms.values_of(forms.MESSAGE, ctx.values))
    return ctx.go(SENT, f"Your message is sent to {ctx.provider.name}.")


def reply(ctx: PortalContext) -> Response:
    """Answer what was received. Raises: Invalid, NotFound."""
    copy_id = id_or_none(ctx.text("reply_to"))
    if copy_id is None:
        raise Invalid("Open the message that you want to answer.")
    body = forms.values_of(forms.MESSAGE, ctx.values).get("body", "")
    actions.reply_to_message(ctx, copy_id, body)
    return ctx.go(f"{INBOX}/{copy_id}", "Your answer is sent.")


def delete(ctx: PortalContext) -> Response:
    """Put a message into the trash."""
    folder = INBOX if "/received/" in ctx.path else SENT
    actions.trash_message(ctx, ctx.path_id("id"))
    return ctx.go(folder, "The message is in the trash.")


def restore(ctx: PortalContext) -> Response:
    copy = actions.restore_message(ctx, ctx.path_id("id"))
    return ctx.go(SENT if copy.folder == Folder.SENT else INBOX, "The message is back.")


def empty(ctx: PortalContext) -> Response:
    number = actions.empty_trash(ctx)
    return ctx.go(TRASH, f"Deleted for good: {number}.")


def _list(ctx: PortalContext, folder: Folder, path: str, page: str) -> Response:
    query = actions.copies_query(ctx.actor, folder)
    rows, pagination = page_of(ctx, actions.LISTING, query, path)
    variables = {"messages": _drops(ctx, rows), "pagination": pagination}
    return render_page(ctx, page, variables)


def _drops(ctx: PortalContext, copies: Sequence[MessageCopy]) -> list[MessageDrop]:
    wanted = {copy.message_id for copy in copies}
    query = select(Message).where(col(Message.id).in_(wanted))
    found = {message.id: message for message in ctx.db.exec(query)} if wanted else {}
    return [MessageDrop(Letter(copy, found[copy.message_id]), ctx.data) for copy in copies]


def _drop(ctx: PortalContext, copy_id: int, folder: Folder) -> MessageDrop:
    return _drops(ctx, [actions.get_copy(ctx, copy_id, folder)])[0]
