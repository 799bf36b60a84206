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
class Letter:
    """One mail to write. The variables are made late: a one-time link kills earlier ones."""

    template: str
    to: User
    variables: Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the letters of one event are written."""

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


def letters_of(desk: Desk) -> Iterator[Letter]:
    """Write the letters of an event, those of its kind in order."""
    for write in WRITERS.get(EventKind(desk.event.kind), ()):
        yield from write(desk)


def _activation(desk: Desk) -> Iterator[Letter]:
    user = desk.db.get_one(User, desk.event.subject_id)

    def variables() -> dict[str, Any]:
        token = issue_link(desk.db, desk.installation, user, ACTIVATION)
        url = f"{desk.installation.addresses.portal(desk.provider)}/activate/{token}"
        return {"user": user, "account": desk.account, "provider": desk.provider, "url": url}

    if user.state == "pending":
        yield Letter("signup_notification_email", user, variables)


def _signup_repeated(desk: Desk) -> Iterator[Letter]:
    user = desk.db.get_one(User, desk.event.subject_id)
    url = f"{desk.installation.addresses.portal(desk.provider)}/login"
    if user.state == "active":
        variables = {"user": user, "provider": desk.provider, "url": url}
        yield Letter("signup_repeated_email", user, lambda: variables)


def _password_reset(desk: Desk) -> Iterator[Letter]:
    user = desk.db.get_one(User, desk.event.subject_id)
    addresses = desk.installation.addresses

    def variables() -> dict[str, Any]:
        token = issue_link(desk.db, desk.installation, user, PASSWORD_RESET)
        page = f"{addresses.portal(desk.provider)}/admin/account/password"
        if user.audience == "provider":
            page = f"{addresses.admin(desk.provider)}/p/admin/password"
        url = f"{page}?password_reset_token={token}"
        return {"user": user, "provider": desk.provider, "url": url}

    if user.state == "active":
        yield Letter("lost_password_email", user, variables)


def _account_letter(template: str) -> "Writer":
    def write(desk: Desk) -> Iterator[Letter]:
        url = f"{desk.installation.addresses.portal(desk.provider)}/login"
        for user in desk.developers():
            yield Letter(template, user, _account_variables(desk, user, url))

    return write


def _account_approved(desk: Desk) -> Iterator[Letter]:
    account = desk.account
    before = desk.event.payload.get("state", [""])[0]
    plan = desk.db.get_one(AccountPlan, account.account_plan_id)
    was_wanted = plan.approval_required or before == "pending"
    if was_wanted and not account.created_by_provider:
        yield from _account_letter("account_approved")(desk)


def _account_waits(desk: Desk) -> Iterator[Letter]:
    admin = desk.installation.addresses.admin(desk.provider)
    url = f"{admin}/p/admin/accounts/{desk.event.account_id}"
    for user in desk.staff():
        yield Letter("account_created", user, _account_variables(desk, user, url))


def _account_variables(desk: Desk, user: User, url: str) -> Callable[[], Mapping[str, Any]]:
    provider = desk.provider
    variables = {
        "user": user,
        "account": desk.account,
        "provider": provider,
        "url": url,
        "domain": desk.installation.addresses.portal(provider).partition("://")[2],
        "support_email": provider.support_email,
    }
    return lambda: variables


def _application_letter(template: str) -> "Writer":
    def write(desk: Desk) -> Iterator[Letter]:
        for user in desk.developers():
            yield from _about_application(desk, template, user)

    return write


def _key_created(desk: Desk) -> Iterator[Letter]:
    application = desk.db.get(Application, desk.event.subject_id)
    if application and desk.event.created_at - application.created_at > AT_ONCE:
        yield from _application_letter("cinstance_messenger_key_created")(desk)


def _plan_change_asked(desk: Desk) -> Iterator[Letter]:
    """Confirm to all admins of the account, the asking one as well, and tell the staff."""
    for user in desk.admins(desk.event.account_id):
        yield from _about_application(desk, "plans_messenger_plan_change_request_made", user)
    for user in desk.staff():
        yield from _about_application(desk, "application_plan_change_requested", user)


def _about_application(desk: Desk, template: str, user: User) -> Iterator[Letter]:
    """Write about an application, unless it is gone by now."""
    application = desk.db.get(Application, desk.event.subject_id)
    if application is None:
        return
    plan_id = desk.event.payload.get("plan_id", [None, application.plan_id])[1]
    addresses = desk.installation.addresses
    page = f"{addresses.portal(desk.provider)}/admin/applications"
    if user.account_id is None:
        page = f"{addresses.admin(desk.provider)}/p/admin/applications"
    variables = {
        "user": user,
        "account": desk.account,
        "provider": desk.provider,
        "application": application,
        "service": desk.db.get_one(Service, application.service_id),
        "plan": desk.db.get(ApplicationPlan, plan_id),
        "url": f"{page}/{application.id}",
    }
    yield Letter(template, user, lambda: variables)


Writer = Callable[[Desk], Iterator[Letter]]
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
