"""Mails that tell the people of an application whether the gallery shows it."""

from collections.abc import Iterator
from functools import partial

from server.domain.applications.applications import Application
from server.jobs.recipients import Notification, NotificationContext


def gallery_decided(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell what became of the wish, and why; of an application that is gone nothing is told."""
    facts = ctx.event.facts
    application = ctx.db.get(Application, facts["application_id"])
    if application is None:
        return
    portal = ctx.installation.addresses.portal(ctx.provider)
    told = {
        "account": ctx.account,
        "application": application,
        "provider": ctx.provider,
        "reason": facts.get("reason", ""),
        "url": f"{portal}/admin/applications/{application.id}/gallery",
    }
    for user in ctx.developers():
        yield Notification(template, user, partial(dict, {**told, "user": user}))
