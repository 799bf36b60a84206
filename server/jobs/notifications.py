"""Which event is told to whom by mail, and what the mail's template may know.

Source: reference-portal 8.1, 8.2.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from server.actions.accounts.users import ACTIVATION, PASSWORD_RESET, issue_link
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.events import EventKind, EventRecord
from server.domain.installation import Installation
from server.domain.plans.plans import AccountPlan, ApplicationPlan
from server.domain.provider.providers import Provider
from server.domain.services.services import Service

AT_ONCE = timedelta(seconds=2)  # a key made together with its application is no news


@dataclass(frozen=True, slots=True)
class Notification:
    """One mail to write. The variables are made late: a one-time link kills earlier ones."""

    template: str
    to: User
    variables: Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class NotificationContext:
    """What the notifications of one event are written from."""

    db: Session
    installation: Installation
    provider: Provider
    event: EventRecord

    @property
    def account(self) -> Account:
        """The account that the event is about."""
        return self.db.get_one(Account, self.event.account_id)

    def staff(self) -> Iterator[User]:
        """Find the provider's admins."""
        yield from self.admins(None)

    def developers(self) -> Iterator[User]:
        """Find the admins of the event's account, but not who did it."""
        for user in self.admins(self.event.account_id):
            if user.id != self.event.user_id:
                yield user

    def admins(self, account_id: int | None) -> Iterator[User]:
        """Find the admins of an account; None means the provider's."""
        query = select(User).where(
            User.provider_id == self.provider.id,
            User.account_id == account_id,
            User.role == "admin",
            User.state != "suspended",
        )
        yield from self.db.exec(query.order_by(col(User.id)))


def notifications_of(ctx: NotificationContext) -> Iterator[Notification]:
    """Write the notifications of an event, those of its kind in order.

    Of an account that was deleted meanwhile nobody is left to read them.
    """
    account_id = ctx.event.account_id
    if account_id is not None and ctx.db.get(Account, account_id) is None:
        return
    for write in WRITERS.get(EventKind(ctx.event.kind), ()):
        yield from write(ctx)


def _activation(ctx: NotificationContext) -> Iterator[Notification]:
    user = ctx.db.get_one(User, ctx.event.subject_id)

    def variables() -> dict[str, Any]:
        token = issue_link(ctx.db, ctx.installation, user, ACTIVATION)
        url = f"{ctx.installation.addresses.portal(ctx.provider)}/activate/{token}"
        return {"user": user, "account": ctx.account, "provider": ctx.provider, "url": url}

    if user.state == "pending":
        yield Notification("signup_notification_email", user, variables)


def _signup_repeated(ctx: NotificationContext) -> Iterator[Notification]:
    user = ctx.db.get_one(User, ctx.event.subject_id)
    url = f"{ctx.installation.addresses.portal(ctx.provider)}/login"
    if user.state == "active":
        variables = {"user": user, "provider": ctx.provider, "url": url}
        yield Notification("signup_repeated_email", user, lambda: variables)


def _password_reset(ctx: NotificationContext) -> Iterator[Notification]:
    user = ctx.db.get_one(User, ctx.event.subject_id)
    addresses = ctx.installation.addresses

    def variables() -> dict[str, Any]:
        token = issue_link(ctx.db, ctx.installation, user, PASSWORD_RESET)
        page = f"{addresses.portal(ctx.provider)}/admin/account/password"
        if user.audience == "provider":
            page = f"{addresses.admin(ctx.provider)}/p/admin/password"
        url = f"{page}?password_reset_token={token}"
        return {"user": user, "provider": ctx.provider, "url": url}

    if user.state == "active":
        yield Notification("lost_password_email", user, variables)


def _account_letter(template: str) -> "Writer":
    def write(ctx: NotificationContext) -> Iterator[Notification]:
        url = f"{ctx.installation.addresses.portal(ctx.provider)}/login"
        for user in ctx.developers():
            yield Notification(template, user, _account_variables(ctx, user, url))

    return write


def _account_approved(ctx: NotificationContext) -> Iterator[Notification]:
    account = ctx.account
    before = ctx.event.payload.get("state", [""])[0]
    plan = ctx.db.get_one(AccountPlan, account.account_plan_id)
    was_wanted = plan.approval_required or before == "pending"
    if was_wanted and not account.created_by_provider:
        yield from _account_letter("account_approved")(ctx)


def _account_waits(ctx: NotificationContext) -> Iterator[Notification]:
    admin = ctx.installation.addresses.admin(ctx.provider)
    url = f"{admin}/p/admin/accounts/{ctx.event.account_id}"
    for user in ctx.staff():
        yield Notification("account_created", user, _account_variables(ctx, user, url))


def _account_variables(
    ctx: NotificationContext, user: User, url: str
) -> Callable[[], Mapping[str, Any]]:
    provider = ctx.provider
    variables = {
        "user": user,
        "account": ctx.account,
        "provider": provider,
        "url": url,
        "domain": ctx.installation.addresses.portal(provider).partition("://")[2],
        "support_email": provider.support_email,
    }
    return lambda: variables


def _application_letter(template: str) -> "Writer":
    def write(ctx: NotificationContext) -> Iterator[Notification]:
        for user in ctx.developers():
            yield from _about_application(ctx, template, user)

    return write


def _key_created(ctx: NotificationContext) -> Iterator[Notification]:
    application = ctx.db.get(Application, ctx.event.subject_id)
    if application and ctx.event.created_at - application.created_at > AT_ONCE:
        yield from _application_letter("cinstance_messenger_key_created")(ctx)


def _plan_change_asked(ctx: NotificationContext) -> Iterator[Notification]:
    """Confirm to all admins of the account, the asking one as well, and tell the staff."""
    for user in ctx.admins(ctx.event.account_id):
        yield from _about_application(ctx, "plans_messenger_plan_change_request_made", user)
    for user in ctx.staff():
        yield from _about_application(ctx, "application_plan_change_requested", user)


def _about_application(
    ctx: NotificationContext, template: str, user: User
) -> Iterator[Notification]:
    """Write about an application, unless it is gone by now."""
    application = ctx.db.get(Application, ctx.event.subject_id)
    if application is None:
        return
    plan_id = ctx.event.payload.get("plan_id", [None, application.plan_id])[1]
    addresses = ctx.installation.addresses
    page = f"{addresses.portal(ctx.provider)}/admin/applications"
    if user.account_id is None:
        page = f"{addresses.admin(ctx.provider)}/p/admin/applications"
    variables = {
        "user": user,
        "account": ctx.account,
        "provider": ctx.provider,
        "application": application,
        "service": ctx.db.get_one(Service, application.service_id),
        "plan": ctx.db.get(ApplicationPlan, plan_id),
        "url": f"{page}/{application.id}",
    }
    yield Notification(template, user, lambda: variables)


Writer = Callable[[NotificationContext], Iterator[Notification]]
WRITERS: Mapping[EventKind, tuple[Writer, ...]] = {
    EventKind.USER_SIGNED_UP: (_activation,),
    EventKind.SIGNUP_REPEATED: (_activation, _signup_repeated),
    EventKind.PASSWORD_RESET_ASKED: (_password_reset,),
    EventKind.ACCOUNT_PENDING: (_account_letter("account_confirmed"), _account_waits),
    EventKind.ACCOUNT_APPROVED: (_account_approved,),
    EventKind.ACCOUNT_REJECTED: (_account_letter("account_rejected"),),
    EventKind.APPLICATION_ACCEPTED: (_application_letter("cinstance_messenger_accept"),),
    EventKind.APPLICATION_SUSPENDED: (_application_letter("cinstance_messenger_suspended"),),
    EventKind.PLAN_CHANGED: (_application_letter("cinstance_messenger_plan_change_for_buyer"),),
    EventKind.PLAN_CHANGE_ASKED: (_plan_change_asked,),
    EventKind.KEY_CREATED: (_key_created,),
    EventKind.KEY_DELETED: (_application_letter("cinstance_messenger_key_deleted"),),
}
