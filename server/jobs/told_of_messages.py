"""Mails that tell of messages: to the provider's staff, or to the people of an account."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from server.domain.accounts.users import User
from server.domain.messages.messages import Message
from server.jobs.recipients import Notification, NotificationContext


def message_received(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell the provider what a developer wrote."""
    message = ctx.db.get(Message, ctx.event.subject_id)
    if message is None or message.account_id is None:
        return
    url = f"{ctx.installation.addresses.admin(ctx.provider)}/p/admin/messages"
    for user in ctx.staff():
        yield Notification(template, user, partial(_variables, ctx, user, message, url))


def message_for_buyer(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell developers what the provider wrote."""
    message = ctx.db.get(Message, ctx.event.subject_id)
    if message is None or message.account_id is not None:
        return
    url = f"{ctx.installation.addresses.portal(ctx.provider)}/admin/messages/received"
    for user in ctx.developers():
        yield Notification(template, user, partial(_variables, ctx, user, message, url))


def _variables(ctx: NotificationContext, user: User, message: Message, url: str) -> dict[str, Any]:
    return {
        "user": user,
        "account": ctx.account,
        "provider": ctx.provider,
        "message": message,
        "url": url,
    }
