"""To whom the mails of events go, and what their templates may know.

Source: reference-portal 8.1, 8.2.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from sqlmodel import select

from server.actions.accounts.invitations import issue_invitation_link
from server.actions.accounts.users import ACTIVATION, PASSWORD_RESET, issue_link
from server.actions.messages.examples import example_variables
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.invitations import Invitation
from server.domain.accounts.users import User, mask_email
from server.domain.applications.applications import Application
from server.domain.events import EventKind, EventRecord, Face, find_kind
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.provider.domains import Domain
from server.domain.provider.webhooks import WebhookEndpoint
from server.domain.services.services import Service
from server.jobs.recipients import Notification, NotificationContext
from server.jobs.told_of_alerts import (
    alert_for_buyer,
    alert_for_provider,
    violation_for_buyer,
    violation_for_provider,
)
from server.jobs.told_of_gallery import gallery_decided
from server.jobs.told_of_messages import message_for_buyer, message_received
from server.jobs.told_of_posts import new_forum_post, post_created
from server.jobs.told_of_trials import (
    trial_of_application_ends,
    trial_of_application_over,
    trial_of_contract_ends,
)

AT_ONCE = timedelta(seconds=2)  # a key made together with its application is no news


def notifications_of(ctx: NotificationContext) -> Iterator[Notification]:
    """Write the notifications of an event: the mails that its kind names, in order.

    Of an account that was deleted meanwhile nobody is left to read them. What is taken over from
    elsewhere is no news, but for the link to a new password.
    """
    if ctx.event.face == Face.IMPORT and ctx.event.kind != EventKind.PASSWORD_RESET_ASKED:
        return
    account_id = ctx.event.account_id
    if account_id is not None and ctx.db.get(Account, account_id) is None:
        return
    if ctx.event.kind == EventKind.TEST_MAIL_ASKED:
        yield from _test_mail(ctx)
    kind = find_kind(ctx.event.kind)
    for template in kind.mails if kind else ():
        for notification in MAILS[template](ctx, template):
            if ctx.wants(notification.to, template):
                yield notification


def _test_mail(ctx: NotificationContext) -> Iterator[Notification]:
    """Write any mail to who asked to see it, filled with an application's data."""
    user = ctx.db.get(User, ctx.event.subject_id)
    application = ctx.db.get(Application, ctx.event.facts["application_id"])
    if user is None or application is None:
        return
    portal = ctx.installation.addresses.portal(ctx.provider)
    variables = example_variables(ctx.db, ctx.installation.clock, application, portal)
    template = str(ctx.event.facts["template"])
    yield Notification(template, user, lambda: variables, mark="[test] ")


def _find_person(ctx: NotificationContext) -> User | None:
    """Find whom an event is about: its subject, or whoever has the address that was typed."""
    if ctx.event.subject_id is not None:
        return ctx.db.get(User, ctx.event.subject_id)
    query = select(User).where(
        User.provider_id == ctx.provider.id,
        User.audience == ctx.event.facts["audience"],
        User.email == ctx.event.facts["email"],
    )
    return ctx.db.exec(query).first()


def _activation(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    user = _find_person(ctx)
    if user is None or user.state != "pending":
        return
    account = ctx.db.get_one(Account, user.account_id)

    def variables() -> dict[str, Any]:
        token = issue_link(ctx.db, ctx.installation, user, ACTIVATION)
        url = f"{ctx.installation.addresses.portal(ctx.provider)}/activate/{token}"
        return {"user": user, "account": account, "provider": ctx.provider, "url": url}

    yield Notification(template, user, variables)


def _find_invited(ctx: NotificationContext) -> tuple[Invitation | None, User | None]:
    """Find an invitation that is still open, and who has its address already."""
    invitation = ctx.db.get(Invitation, ctx.event.subject_id)
    if invitation is None or invitation.accepted_at is not None:
        return None, None
    known = select(User).where(
        User.provider_id == ctx.provider.id,
        User.audience == "developer",
        User.email == invitation.email,
    )
    return invitation, ctx.db.exec(known).first()


def _invitation_known(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell who is invited though he has an account that he has one."""
    _, user = _find_invited(ctx)
    if user is not None:
        url = f"{ctx.installation.addresses.portal(ctx.provider)}/login"
        told = {"user": user, "account": ctx.account, "provider": ctx.provider, "url": url}
        yield Notification(template, user, partial(dict, told))


def _invitation(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    invitation, user = _find_invited(ctx)
    if invitation is None or user is not None:
        return

    def variables() -> dict[str, Any]:
        token = issue_invitation_link(ctx.db, ctx.installation, invitation)
        url = f"{ctx.installation.addresses.portal(ctx.provider)}/signup/{token}"
        return {"account": ctx.account, "provider": ctx.provider, "url": url}

    yield Notification(template, None, variables, before=invitation.email)


def _signup_repeated(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    user = _find_person(ctx)
    url = f"{ctx.installation.addresses.portal(ctx.provider)}/login"
    if user is not None and user.state == "active":
        variables = {"user": user, "provider": ctx.provider, "url": url}
        yield Notification(template, user, lambda: variables)


def _password_reset(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    user = _find_person(ctx)
    if user is None or user.state != "active":
        return
    addresses = ctx.installation.addresses

    def variables() -> dict[str, Any]:
        token = issue_link(ctx.db, ctx.installation, user, PASSWORD_RESET)
        page = f"{addresses.portal(ctx.provider)}/admin/account/password"
        if user.audience == "provider":
            page = f"{addresses.admin(ctx.provider)}/p/admin/password"
        url = f"{page}?password_reset_token={token}"
        return {"user": user, "provider": ctx.provider, "url": url}

    yield Notification(template, user, variables)


def _sign_in_changed(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell what somebody logs in with by now; a new mail address is told to the old one."""
    user, changes = ctx.db.get(User, ctx.event.subject_id), ctx.event.payload
    if user is None or not {"email", "username"} & changes.keys():
        return
    old_email, new_email = changes.get("email", ["", ""])
    variables = {
        **_of_person(ctx, user),
        "new_email": mask_email(new_email) if new_email else "",
        "new_username": changes.get("username", ["", ""])[1],
    }
    if "email" not in changes or old_email:
        yield Notification(template, user, lambda: variables, before=old_email)


def _password_changed(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    user = ctx.db.get(User, ctx.event.subject_id)
    if user is not None:
        variables = _of_person(ctx, user)
        yield Notification(template, user, lambda: variables)


def _factors_changed(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    user, facts = ctx.db.get(User, ctx.event.subject_id), ctx.event.facts
    if user is not None:
        told = {"change": facts["change"], "passkey_name": facts.get("name", "")}
        yield Notification(template, user, partial(dict, {**_of_person(ctx, user), **told}))


def _of_person(ctx: NotificationContext, user: User) -> dict[str, Any]:
    """Say who is told, by whom, and where he logs in and finds help."""
    addresses, provider = ctx.installation.addresses, ctx.provider
    is_staff = user.audience == "provider"
    login = f"{addresses.admin(provider)}/p/admin" if is_staff else addresses.portal(provider)
    return {
        "user": user,
        "provider": provider,
        "url": f"{login}/login",
        "support_email": provider.support_email,
    }


def _about_account(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    url = f"{ctx.installation.addresses.portal(ctx.provider)}/login"
    for user in ctx.developers():
        yield Notification(template, user, _account_variables(ctx, user, url))


def _account_approved(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    account = ctx.account
    before = ctx.event.payload.get("state", [""])[0]
    plan = ctx.db.get_one(AccountPlan, account.account_plan_id)
    was_wanted = plan.approval_required or before == "pending"
    if was_wanted and not account.created_by_provider:
        yield from _about_account(ctx, template)


def _account_waits(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    admin = ctx.installation.addresses.admin(ctx.provider)
    url = f"{admin}/p/admin/accounts/{ctx.event.account_id}"
    for user in ctx.staff():
        yield Notification(template, user, _account_variables(ctx, user, url))


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


def _about_application(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    yield from _to_each(ctx, template, ctx.developers())


def _application_rejected(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell of an application that is gone by now, by what the event knows of it."""
    event = ctx.event
    plan = ctx.db.get(ApplicationPlan, event.facts["plan_id"])
    service = ctx.db.get_one(Service, event.service_id)
    url = f"{ctx.installation.addresses.portal(ctx.provider)}/admin/applications"
    for user in ctx.developers():
        variables = {
            "user": user,
            "account": ctx.account,
            "provider": ctx.provider,
            "application_name": event.facts["name"],
            "service": service,
            "plan": plan,
            "url": url,
        }
        yield Notification(template, user, partial(dict, variables))


def _key_created(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    application = ctx.db.get(Application, ctx.event.subject_id)
    if application and ctx.event.created_at - application.created_at > AT_ONCE:
        yield from _about_application(ctx, template)


def _plan_change_noted(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Confirm a wish to all admins of the account, the asking one as well."""
    yield from _to_each(ctx, template, ctx.admins(ctx.event.account_id))


def _plan_change_asked(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    yield from _to_each(ctx, template, ctx.staff())


def _to_each(
    ctx: NotificationContext, template: str, users: Iterator[User]
) -> Iterator[Notification]:
    """Write about an application, unless it is gone by now."""
    application = ctx.db.get(Application, ctx.event.subject_id)
    if application is None:
        return
    plan = ctx.db.get(ApplicationPlan, _plan_id(ctx.event, application))
    service = ctx.db.get_one(Service, application.service_id)
    for user in users:
        variables = {
            "user": user,
            "account": ctx.account,
            "provider": ctx.provider,
            "application": application,
            "service": service,
            "plan": plan,
            "url": _application_url(ctx, user, application),
        }
        yield Notification(template, user, partial(dict, variables))


def _plan_id(event: EventRecord, application: Application) -> int:
    """Return which plan an event is about: one that was wished for, or changed to, or neither."""
    changed: list[int] = event.payload.get("plan_id", [application.plan_id])
    wished: int | None = event.facts.get("plan_id")
    return wished or changed[-1]


def _application_url(ctx: NotificationContext, user: User, application: Application) -> str:
    addresses = ctx.installation.addresses
    page = f"{addresses.portal(ctx.provider)}/admin/applications"
    if user.account_id is None:
        page = f"{addresses.admin(ctx.provider)}/p/admin/applications"
    return f"{page}/{application.id}"


def _plan_of_account_asked(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell the provider's admins that an account asks for another plan."""
    plan = ctx.db.get(AccountPlan, ctx.event.facts["plan_id"])
    url = f"{ctx.installation.addresses.admin(ctx.provider)}/p/admin/accounts/{ctx.account.id}"
    for user in ctx.staff():
        told = {"account": ctx.account, "plan": plan, "provider": ctx.provider}
        yield Notification(template, user, partial(dict, {**told, "user": user, "url": url}))


def _contract_of_staff(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell the provider's admins of a subscription, unless it was one of them."""
    if ctx.event.user_id is not None and ctx.db.get(User, ctx.event.user_id) in [*ctx.staff()]:
        return
    url = f"{ctx.installation.addresses.admin(ctx.provider)}/p/admin/accounts/{ctx.account.id}"
    yield from _about_contract(ctx, template, ctx.staff(), url)


def _contract_of_developers(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    url = f"{ctx.installation.addresses.portal(ctx.provider)}/admin/services"
    yield from _about_contract(ctx, template, ctx.developers(), url)


def _contract_rejected(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell that a subscription which waited is turned down; who ended his own knows."""
    if ctx.event.facts.get("state") == "pending":
        yield from _contract_of_developers(ctx, template)


def _about_contract(
    ctx: NotificationContext, template: str, users: Iterator[User], url: str
) -> Iterator[Notification]:
    """Write about a subscription, by its plan as it is or as the event tells it."""
    contract = ctx.db.get(ServiceContract, ctx.event.subject_id)
    plan_id = ctx.event.facts.get("plan_id") or (contract.service_plan_id if contract else 0)
    told = {
        "account": ctx.account,
        "plan": ctx.db.get(ServicePlan, plan_id),
        "provider": ctx.provider,
        "service": ctx.db.get_one(Service, ctx.event.service_id),
        "url": url,
    }
    for user in users:
        yield Notification(template, user, partial(dict, {**told, "user": user}))


def _about_domain(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell the provider's admins that the proof of a domain is gone; not of one deleted since."""
    domain = ctx.db.get(Domain, ctx.event.subject_id)
    if domain is None:
        return
    told = {
        "domain": domain.shown_name,
        "problem": domain.problem,
        "provider": ctx.provider,
        "url": f"{ctx.installation.addresses.admin(ctx.provider)}/p/admin/domains/{domain.id}",
    }
    for user in ctx.staff():
        yield Notification(template, user, partial(dict, {**told, "user": user}))


def _about_webhook(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell the provider's admins that an endpoint is paused; not of one that is gone or resumed."""
    endpoint = ctx.db.get(WebhookEndpoint, ctx.event.subject_id)
    if endpoint is None or endpoint.paused_at is None:
        return
    told = {
        "endpoint": endpoint.name,
        "problem": endpoint.problem,
        "provider": ctx.provider,
        "url": f"{ctx.installation.addresses.admin(ctx.provider)}/p/admin/webhooks/{endpoint.id}",
    }
    for user in ctx.staff():
        yield Notification(template, user, partial(dict, {**told, "user": user}))


Writer = Callable[[NotificationContext, str], Iterator[Notification]]
MAILS: Mapping[str, Writer] = {
    "signup_notification_email": _activation,
    "signup_repeated_email": _signup_repeated,
    "invitation": _invitation,
    "invitation_known": _invitation_known,
    "lost_password_email": _password_reset,
    "sign_in_changed_email": _sign_in_changed,
    "password_changed_email": _password_changed,
    "sign_in_security_email": _factors_changed,
    "account_confirmed": _about_account,
    "account_created": _account_waits,
    "account_approved": _account_approved,
    "account_rejected": _about_account,
    "cinstance_messenger_accept": _about_application,
    "cinstance_messenger_reject": _application_rejected,
    "cinstance_messenger_suspended": _about_application,
    "plan_change_request_refused": _about_application,
    "cinstance_messenger_plan_change_for_buyer": _about_application,
    "cinstance_messenger_key_created": _key_created,
    "cinstance_messenger_key_deleted": _about_application,
    "cinstance_messenger_expired_trial_period_notification": trial_of_application_ends,
    "cinstance_expired_trial": trial_of_application_over,
    "plans_messenger_plan_change_request_made": _plan_change_noted,
    "application_plan_change_requested": _plan_change_asked,
    "account_plan_change_requested": _plan_of_account_asked,
    "service_contract_created": _contract_of_staff,
    "service_plan_change_requested": _contract_of_staff,
    "service_contract_messenger_accept": _contract_of_developers,
    "service_contract_messenger_suspended": _contract_of_developers,
    "service_contract_messenger_reject": _contract_rejected,
    "service_contract_messenger_expired_trial_period_notification": trial_of_contract_ends,
    "message_received": message_received,
    "message_for_buyer": message_for_buyer,
    "new_forum_post": new_forum_post,
    "post_created": post_created,
    "gallery_approved": gallery_decided,
    "gallery_refused": gallery_decided,
    "alert_messenger_limit_alert_for_buyer": alert_for_buyer,
    "alert_messenger_limit_violation_for_buyer": violation_for_buyer,
    "limit_alert_reached_provider": alert_for_provider,
    "limit_violation_reached_provider": violation_for_provider,
    "domain_failing": _about_domain,
    "domain_lost": _about_domain,
    "webhook_paused": _about_webhook,
}
