"""Signup: account, first user and contracts in one go, from the portal, the API or the admin.

Source: reference-portal 6, "Signup flow" and "Default plan selection at signup".
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from sqlmodel import Session, col, or_, select

from server.actions.applications.applications import add_application
from server.actions.plans.catalogue import list_choosable_plans
from server.actions.plans.custom_plans import refuse_custom
from server.actions.portal.legal import accept_terms, check_terms
from server.actions.provider.fields import EXTRA, Fields
from server.actions.rows import get_owned, save
from server.actions.work import Work
from server.domain.accounts.accounts import Account, AccountDraft, ServiceContract
from server.domain.accounts.billing import GIVEN, put_together
from server.domain.accounts.users import (
    User,
    clean_email,
    clean_locale,
    clean_password,
    clean_username,
)
from server.domain.applications.applications import Application
from server.domain.drafts import clean_attribute
from server.domain.errors import NotFound, PlanMismatch, SignupDisabled, Taken
from server.domain.events import Event, EventKind
from server.domain.fields import clean_line, clean_name
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.plans.trials import trial_on
from server.domain.portal.legal import TermsKind
from server.domain.provider.field_definitions import FieldTarget
from server.domain.provider.settings import Setting
from server.domain.refusals import Refusals
from server.domain.services.services import Service
from server.domain.states import ACCOUNT, USER, move
from server.kit.db import constraint_of
from server.kit.passwords import hash_password

Origin = Literal["portal", "sso", "api", "provider"]
BY_VISITORS: tuple[Origin, ...] = ("portal", "sso")  # nobody vouches for who signs up
AnyPlan = TypeVar("AnyPlan", AccountPlan, ServicePlan, ApplicationPlan)
ServicesPlan = TypeVar("ServicesPlan", ServicePlan, ApplicationPlan)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSignup:
    """Who signs up for what; plans that are not given are the defaults."""

    org_name: str
    username: str
    email: str
    password: str | None = None
    first_name: str = ""
    last_name: str = ""
    locale: str = ""
    account_plan_id: int | None = None
    service_plan_id: int | None = None
    application_plan_id: int | None = None
    application_name: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)  # of the account, beside its name
    user_fields: Mapping[str, Any] = field(default_factory=dict)
    managed_by: str = ""  # the program that keeps the account
    billing_address: Mapping[str, Any] = field(default_factory=dict)
    accepted_terms: int | None = None  # the version of the licence that was accepted


@dataclass(frozen=True, slots=True)
class Signup:
    account: Account
    user: User
    applications: list[Application]


@dataclass(frozen=True, slots=True)
class Selection:
    """The plans that a signup ends up on."""

    account_plan: AccountPlan
    service_plans: list[ServicePlan]
    application_plans: list[ApplicationPlan]


def sign_up(work: Work, draft: NewSignup, origin: Origin) -> Signup:
    """Sign a developer up, and tell it. Raises: as `begin_signup`."""
    signup = begin_signup(work, draft, origin)
    tell_signup(work, signup.user, origin)
    return signup


def tell_signup(work: Work, user: User, origin: Origin) -> None:
    """Tell that a user came in, who then gets his activation link if he is to follow one."""
    kind = EventKind.USER_SIGNED_UP if origin == "portal" else EventKind.USER_CREATED
    work.record(Event(kind, user.id, account_id=user.account_id))


def begin_signup(work: Work, draft: NewSignup, origin: Origin) -> Signup:
    """Create an account with its admin user, subscriptions and applications.

    From the portal the user is pending until he follows the mailed link, or his mail address is
    proved by a provider of identity (sso): then he needs no password either; else a user with a
    password is active at once and the account approved, unless its plan wants approval. By the
    API a user needs no mail address; he gets no mails then.
    Raises: SignupDisabled, Forbidden, Invalid, Taken, PlanMismatch, NotFound.
    """
    _check_may_sign_up(work, origin)
    account_fields, user_fields = _checked_fields(work, draft, origin)
    selection = select_plans(work, draft, published_only=origin in BY_VISITORS)
    account = Account(
        provider_id=work.actor.provider_id,
        org_name=clean_name(draft.org_name, "org_name"),
        account_plan_id=selection.account_plan.id,
        created_by_provider=origin == "provider",
        managed_by=clean_line(draft.managed_by, "managed_by"),
        billing_address=_lines_of(draft),
        extra_fields=account_fields,
    )
    save(work.db, account, unique="org_name")
    user = _first_user(work, account, replace(draft, user_fields=user_fields), origin)
    event = Event(EventKind.ACCOUNT_CREATED, account.id, account_id=account.id)
    work.record(event)
    if origin in BY_VISITORS:
        accept_terms(work, TermsKind.SIGNUP, account, draft.accepted_terms)
    _subscribe(work, account, selection.service_plans)
    by = "portal" if origin in BY_VISITORS else origin
    applications = [
        add_application(work, account, plan, _application_values(account, draft, origin), origin=by)
        for plan in selection.application_plans
    ]
    if origin not in BY_VISITORS:
        _take_on(work, account, user, selection.account_plan)
    return Signup(account, user, applications)


def _lines_of(draft: NewSignup) -> dict[str, str]:
    """Check the billing address. Raises: Invalid and its kinds."""
    return put_together({}, clean_attribute(AccountDraft, GIVEN, draft.billing_address))


def _take_on(work: Work, account: Account, user: User, account_plan: AccountPlan) -> None:
    """Let a signup in that needs no mailed link, or have it wait for approval."""
    if account_plan.approval_required:
        move(account, ACCOUNT, "make_pending")
        changes = {"state": ["created", account.state]}
        event = Event(EventKind.ACCOUNT_PENDING, account.id, account_id=account.id, changes=changes)
        work.record(event)
    elif user.password_hash:
        move(user, USER, "activate")
        move(account, ACCOUNT, "approve")


def _check_may_sign_up(work: Work, origin: Origin) -> None:
    if origin not in BY_VISITORS:
        work.actor.require(Permission.ACCOUNTS_EDIT)
    elif not work.db.get_one(Setting, work.actor.provider_id).signups_enabled:
        raise SignupDisabled("Signups are closed. Write to the provider for an account.")


def _checked_fields(
    work: Work, draft: NewSignup, origin: Origin
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Refuse what was typed, all of it that is wrong; give the extra fields of account and user.

    Raises: Invalid.
    """
    refusals = Refusals()
    account: dict[str, Any] = {}
    user: dict[str, Any] = {}
    names = {name: getattr(draft, name) for name in ("first_name", "last_name")}
    with refusals.noted():
        clean_name(draft.org_name, "org_name")
    with refusals.noted():
        clean_username(draft.username)
    with refusals.noted():
        _email_of(draft, origin)
    with refusals.noted():
        _password_of(draft, origin)
    with refusals.noted():
        if origin in BY_VISITORS:
            owner = work.actor.provider_id
            check_terms(work.db, owner, TermsKind.SIGNUP, draft.accepted_terms)
    for name in ("first_name", "last_name"):
        with refusals.noted():
            clean_line(getattr(draft, name), name)
    with refusals.noted():
        fields = Fields(work, FieldTarget.ACCOUNT)
        account = fields.checked({EXTRA: draft.fields}, needs_all=True)[EXTRA]
    with refusals.noted():
        fields = Fields(work, FieldTarget.USER)
        user = fields.checked({**names, EXTRA: draft.user_fields}, needs_all=True)[EXTRA]
    refusals.tell()
    return account, user


def _email_of(draft: NewSignup, origin: Origin) -> str:
    return "" if origin == "api" and not draft.email else clean_email(draft.email)


def _password_of(draft: NewSignup, origin: Origin) -> str | None:
    if origin == "sso":
        return None
    if origin == "portal" or draft.password:
        return clean_password(draft.password, username=draft.username.strip().lower())
    return draft.password


def _first_user(work: Work, account: Account, draft: NewSignup, origin: Origin) -> User:
    username = clean_username(draft.username)
    email, password = _email_of(draft, origin), _password_of(draft, origin)
    user = User(
        provider_id=work.actor.provider_id,
        account_id=account.id,
        audience="developer",
        username=username,
        email=email,
        password_hash=hash_password(password) if password else "",
        role="admin",
        awaits_link=origin in BY_VISITORS,
        first_name=clean_line(draft.first_name, "first_name"),
        last_name=clean_line(draft.last_name, "last_name"),
        locale=clean_locale(draft.locale, "locale"),
        extra_fields=dict(draft.user_fields),
    )
    with claiming(work.db, user, {"username": username, "email": email}):
        save(work.db, user, unique="username")
    return user


@contextmanager
def claiming(db: Session, user: User, names: Mapping[str, str]) -> Iterator[None]:
    """Save a user's new username or mail within: the one that somebody else has is blamed.

    Raises: Taken, also when the other one came at the same moment.
    """
    _refuse_taken(db, user, {name: value for name, value in names.items() if value})
    try:
        yield
    except Taken as error:
        broken = constraint_of(error.__cause__)
        raise Taken(next((name for name in names if name in broken), error.field)) from error


def _refuse_taken(db: Session, user: User, names: Mapping[str, str]) -> None:
    """Refuse what another user of the same side has; no mail address is nobody's. Raises: Taken."""
    is_taken = [getattr(User, name) == value for name, value in names.items()]
    query = select(User).where(User.provider_id == user.provider_id, User.audience == user.audience)
    with db.no_autoflush:
        others = db.exec(query.where(or_(*is_taken))).all() if is_taken else []
    for name, value in names.items():
        if any(getattr(other, name) == value for other in others):
            raise Taken(name)


def select_plans(work: Work, draft: NewSignup, *, published_only: bool) -> Selection:
    """Choose the plans of a signup: those given, else the defaults.

    Raises: NotFound for a plan of nobody's or that may not be chosen, PlanMismatch.
    """
    chosen = _given(work, ApplicationPlan, draft.application_plan_id, published_only)
    subscribed = _given(work, ServicePlan, draft.service_plan_id, published_only)
    account_plan = _given(
        work, AccountPlan, draft.account_plan_id, published_only
    ) or _default_account_plan(work)
    selection = Selection(account_plan, [], [])
    settings = work.db.get_one(Setting, work.actor.provider_id)
    services = select(Service).where(
        Service.provider_id == work.actor.provider_id, Service.state != "deleted"
    )
    for service in work.db.exec(services.order_by(col(Service.id))):
        application_plan = _for_service(work.db, ApplicationPlan, service, chosen)
        service_plan = _for_service(work.db, ServicePlan, service, subscribed)
        is_hidden = not settings.service_plans_ui_visible
        if service_plan is None and application_plan is not None and is_hidden:
            service_plan = _find_first_published(work.db, service)
        if service_plan is not None:
            selection.service_plans.append(service_plan)
            if application_plan is not None:
                selection.application_plans.append(application_plan)
        elif application_plan is not None and application_plan is chosen:
            raise PlanMismatch("needs a service plan of the same API.", field="application_plan_id")
    return selection


def _given(
    work: Work, kind: type[AnyPlan], plan_id: int | None, published_only: bool
) -> AnyPlan | None:
    if plan_id is None:
        return None
    plan = get_owned(work, kind, plan_id)
    if isinstance(plan, ApplicationPlan):
        refuse_custom(plan)
    if published_only and not _is_offered(work.db, plan):
        raise NotFound("There is no such plan to choose.", field="plan_ids")
    return plan


def _is_offered(db: Session, plan: AccountPlan | ServicePlan | ApplicationPlan) -> bool:
    if isinstance(plan, ApplicationPlan):
        service = db.get_one(Service, plan.service_id)
        return plan.id in {one.id for one in list_choosable_plans(db, service)}
    return plan.state == "published" or plan.is_default


def _default_account_plan(work: Work) -> AccountPlan:
    plans = select(AccountPlan).where(AccountPlan.provider_id == work.actor.provider_id)
    plan = work.db.exec(plans.where(col(AccountPlan.is_default))).first()
    if plan is None:
        raise NotFound("An account plan is required: name one, or make one the default.")
    return plan


def _for_service(
    db: Session, kind: type[ServicesPlan], service: Service, given: ServicesPlan | None
) -> ServicesPlan | None:
    if given is not None and given.service_id == service.id:
        return given
    if given is not None and kind is ApplicationPlan:
        return None  # a chosen application plan replaces the defaults of other services
    plans = select(kind).where(kind.service_id == service.id)
    return db.exec(plans.where(col(kind.is_default))).first()


def _find_first_published(db: Session, service: Service) -> ServicePlan | None:
    plans = select(ServicePlan).where(
        ServicePlan.service_id == service.id, ServicePlan.state == "published"
    )
    return db.exec(plans.order_by(col(ServicePlan.id))).first()


def _subscribe(work: Work, account: Account, plans: list[ServicePlan]) -> None:
    for plan in plans:
        work.db.add(
            ServiceContract(
                provider_id=account.provider_id,
                account_id=account.id,
                service_id=plan.service_id,
                service_plan_id=plan.id,
                state="pending" if plan.approval_required else "live",
                **trial_on(plan, work.now),
            )
        )
    work.db.flush()  # an application needs its subscription


def _application_values(account: Account, draft: NewSignup, origin: Origin) -> dict[str, str]:
    by_api = origin == "api"
    return {
        "name": draft.application_name or ("API signup" if by_api else f"{account.org_name}'s App"),
        "description": "API signup" if by_api else "Created at signup.",
    }
