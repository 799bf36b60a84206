"""Mails that tell of posts in the forum: to who subscribed, and to staff who want them."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlmodel import col, select

from server.actions.portal.forum_subscriptions import leave_topic_code
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.portal.forum import ForumPost, ForumSubscription, ForumTopic
from server.domain.provider.settings import Setting
from server.jobs.recipients import Notification, NotificationContext


def new_forum_post(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell who subscribed to a topic what was written in it, but not who wrote it."""
    found = _find(ctx)
    if found is None or not ctx.db.get_one(Setting, ctx.provider.id).forum_enabled:
        return
    post, topic = found
    if post.is_hidden or topic.is_hidden:
        return
    query = (
        select(User)
        .join(ForumSubscription, col(ForumSubscription.user_id) == User.id)
        .join(Account, col(Account.id) == User.account_id)
        .where(ForumSubscription.topic_id == topic.id)
        .where(User.state == "active", Account.state == "approved", User.id != post.user_id)
    )
    portal = ctx.installation.addresses.portal(ctx.provider)
    for user in ctx.db.exec(query.order_by(col(User.id))).all():
        leave = f"{portal}/forum/leave/{leave_topic_code(ctx.installation, user, topic.id)}"
        url = f"{portal}/forum/posts/{post.id}"
        yield Notification(template, user, partial(_variables, ctx, user, found, url, leave))


def post_created(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell the provider's staff what others wrote."""
    found = _find(ctx)
    if found is None:
        return
    url = f"{ctx.installation.addresses.admin(ctx.provider)}/p/admin/forum/topics/{found[1].id}"
    for user in ctx.staff():
        if user.id != found[0].user_id:
            yield Notification(template, user, partial(_variables, ctx, user, found, url, ""))


def _find(ctx: NotificationContext) -> tuple[ForumPost, ForumTopic] | None:
    """Find what was written, unless it is gone by now."""
    post = ctx.db.get(ForumPost, ctx.event.facts["post_id"])
    return (post, ctx.db.get_one(ForumTopic, post.topic_id)) if post else None


def _variables(
    ctx: NotificationContext, user: User, found: tuple[ForumPost, ForumTopic], url: str, leave: str
) -> dict[str, Any]:
    return {
        "leave_topic_url": leave,
        "post": found[0],
        "provider": ctx.provider,
        "topic": found[1],
        "url": url,
        "user": user,
    }
