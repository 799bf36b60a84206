"""Mails that tell of used limits, as the API's settings say. Source: reference-portal 10."""

from collections.abc import Iterable, Iterator
from functools import partial

from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.messages.alerts import VIOLATION, Alert
from server.domain.services.services import Service
from server.jobs.recipients import Notification, NotificationContext


def alert_for_buyer(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell developers that a limit is near."""
    yield from _to_buyer(ctx, template, is_violation=False)


def violation_for_buyer(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell developers that a limit is used up."""
    yield from _to_buyer(ctx, template, is_violation=True)


def alert_for_provider(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell the provider that somebody nears a limit."""
    yield from _to_provider(ctx, template, is_violation=False)


def violation_for_provider(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell the provider that somebody has used up a limit."""
    yield from _to_provider(ctx, template, is_violation=True)


def _to_buyer(
    ctx: NotificationContext, template: str, *, is_violation: bool
) -> Iterator[Notification]:
    found = _find(ctx, "email_buyer", is_violation=is_violation)
    if found is not None:
        portal = ctx.installation.addresses.portal(ctx.provider)
        url = f"{portal}/admin/applications/{found[1].id}/alerts"
        yield from _told(ctx, template, ctx.people(), (*found, url))


def _to_provider(
    ctx: NotificationContext, template: str, *, is_violation: bool
) -> Iterator[Notification]:
    found = _find(ctx, "email_provider", is_violation=is_violation)
    if found is not None:
        admin = ctx.installation.addresses.admin(ctx.provider)
        url = f"{admin}/p/admin/applications/{found[1].id}"
        yield from _told(ctx, template, ctx.staff(), (*found, url))


Found = tuple[Alert, Application, Service]


def _find(ctx: NotificationContext, channel: str, *, is_violation: bool) -> Found | None:
    """Find what this channel is told; None for a dead application, or of the other kind."""
    alert = ctx.db.get(Alert, ctx.event.subject_id)
    application = ctx.db.get(Application, alert.application_id) if alert else None
    if alert is None or application is None or application.state != "live":
        return None
    is_told = channel in ctx.event.facts["told"]
    if not is_told or (alert.level >= VIOLATION) is not is_violation:
        return None
    return alert, application, ctx.db.get_one(Service, application.service_id)


def _told(
    ctx: NotificationContext,
    template: str,
    users: Iterable[User],
    what: tuple[Alert, Application, Service, str],
) -> Iterator[Notification]:
    alert, application, service, url = what
    for user in users:
        variables = {
            "user": user,
            "account": ctx.account,
            "provider": ctx.provider,
            "application": application,
            "service": service,
            "alert": alert,
            "url": url,
        }
        yield Notification(template, user, partial(dict, variables))
