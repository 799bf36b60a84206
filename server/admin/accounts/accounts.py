"""Developer accounts: list, create, show, change, and their states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col
from starlette.responses import Response

from server.actions.accounts.accounts import (
    approve_account,
    change_account_plan,
    get_account,
    make_account_pending,
    reject_account,
    resume_account,
    suspend_account,
    update_account,
)
from server.actions.accounts.credit_cards import cards_by_account, delete_card
from server.actions.accounts.invitations import invitations_query
from server.actions.accounts.lists import (
    LISTINGS,
    AccountFilter,
    AccountSort,
    narrowed_accounts,
)
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.users import (
    activate_user,
    suspend_user,
    unsuspend_user,
    update_user,
    users_query,
)
from server.actions.applications.applications import applications_query
from server.actions.messages.mails import list_failed_mails
from server.actions.plans.custom_plans import shared_plans
from server.actions.plans.plans import ACCOUNT_PLANS
from server.actions.provider.fields import EXTRA
from server.actions.services.services import SERVICES
from server.actions.work import Work
from server.admin.accounts.subscriptions import Subscriptions, subscriptions_of
from server.admin.batches import act_on_many
from server.admin.context import AdminContext
from server.admin.fields import (
    FieldInput,
    FieldShown,
    field_filters,
    inputs_of,
    sent_fields,
    shown_of,
    shown_of_many,
    wanted_values,
)
from server.admin.lists import (
    PAGE_SIZE,
    Day,
    Filter,
    Pager,
    by_id,
    created_between,
    is_narrowed,
    page_through,
)
from server.admin.render import render, words
from server.domain.accounts.accounts import Account
from server.domain.accounts.billing import GIVEN, LINES, field_of
from server.domain.accounts.credit_cards import CreditCard
from server.domain.accounts.invitations import MOST_INVITATIONS, Invitation
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.errors import NotFound
from server.domain.messages.mails import Mail
from server.domain.permissions import Permission, Role
from server.domain.plans.plans import AccountPlan, ApplicationPlan
from server.domain.provider.field_definitions import FieldTarget
from server.domain.services.services import Service
from server.domain.states import ACCOUNT
from server.kit.ids import id_or_none

STATES = ("approved", "pending", "created", "suspended", "rejected")
WANTS_PLAN = ("wants_plan", "waiting for a plan")  # beside the states: it asks for another one
MOVES = {
    "approve": (approve_account, "is approved."),
    "reject": (reject_account, "is rejected."),
    "suspend": (suspend_account, "is suspended: its users can't log in, its calls are refused."),
    "resume": (resume_account, "is let in again."),
    "make_pending": (make_account_pending, "waits for approval again."),
}


def _make_admin(work: Work, user_id: int) -> User:
    return update_user(work, user_id, {"role": Role.ADMIN.value})


def _make_member(work: Work, user_id: int) -> User:
    return update_user(work, user_id, {"role": Role.MEMBER.value})


MANY = {"approve": (approve_account, "approved"), "reject": (reject_account, "rejected")}
SORTS = (("newest", "Newest first"), ("oldest", "Oldest first"), ("name", "Name"))
MOST_WAITING = 100  # shown at once, to be approved at once
USER_MOVES = {
    "activate": (activate_user, "may log in now."),
    "suspend": (suspend_user, "is locked out."),
    "unsuspend": (unsuspend_user, "may log in again."),
    "make_admin": (_make_admin, "is an admin of the account now."),
    "make_member": (_make_member, "is a member of the account now."),
}
MOST_APPLICATIONS = 50
BILLING = ("monthly_billing_enabled", "monthly_charging_enabled")


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """The list of accounts with what each row shows."""

    accounts: Pager[Account]
    contacts: Mapping[int, User]
    plans: Mapping[int, AccountPlan]
    search: str
    filters: Sequence[Filter | Day]
    is_filtered: bool
    are_waiting: bool  # all that are shown wait for approval


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account with all that belongs to it."""

    account: Account
    plan: AccountPlan
    plans: Sequence[AccountPlan]
    users: Sequence[User]
    invitations: Sequence[tuple[Invitation, str]]  # each with its state
    subscriptions: Subscriptions
    applications: Sequence[Application]
    application_plans: Mapping[int, ApplicationPlan]
    services: Mapping[int, Service]
    moves: Sequence[str]
    fields: Sequence[FieldShown]
    user_fields: Mapping[int, Sequence[FieldShown]]
    card: CreditCard | None  # to who deals with money
    failed_mails: Sequence[Mail]  # the latest that no server took; to who edits settings


@dataclass(frozen=True, slots=True)
class NewAccountPage:
    """The form of a signup: plans to choose, and the fields of account and user."""

    plans: Sequence[tuple[str, str]]
    fields: Sequence[FieldInput]
    user_fields: Sequence[FieldInput]


@dataclass(frozen=True, slots=True)
class EditAccountPage:
    """The form of an account's details."""

    account: Account
    fields: Sequence[FieldInput]


def index(ctx: AdminContext) -> Response:
    """List accounts, newest first unless told."""
    search = ctx.query("search")
    states = [*((state, words(state)) for state in STATES), WANTS_PLAN]
    plans = ctx.db.exec(ACCOUNT_PLANS.query(ctx.actor).order_by(col(AccountPlan.id))).all()
    state = Filter.read(ctx, "state", "State", states)
    plan = Filter.read(ctx, "plan", "Account plan", [(str(row.id), row.name) for row in plans])
    service = Filter.read(ctx, "service", "API", service_choices(ctx))
    fields = field_filters(ctx, FieldTarget.ACCOUNT)
    since, until = created_between(ctx)
    sort = Filter.read(ctx, "sort", "Sorted by", SORTS, every="")
    wants_plan = state.value == WANTS_PLAN[0]
    wanted = AccountFilter(
        state="" if wants_plan else state.value,
        wants_plan=wants_plan,
        created_since=since.begins,
        created_until=until.ends,
        search=search,
        plan_id=plan.number,
        service_id=service.number,
        fields=wanted_values(fields),
    )
    are_waiting = state.value == "pending"
    size = MOST_WAITING if are_waiting else PAGE_SIZE
    accounts = page_through(
        ctx, LISTINGS[AccountSort(sort.value)], narrowed_accounts(ctx, wanted), size=size
    )
    narrowing: list[Filter | Day] = [
        state,
        *([plan] if len(plans) > 1 else []),
        service,
        *fields,
        since,
        until,
    ]
    page = AccountsPage(
        accounts,
        _contacts(ctx, accounts.rows),
        {row.id: row for row in plans},
        search,
        [*narrowing, sort],
        is_narrowed(search, [plan, *narrowing]),
        are_waiting,
    )
    return render(ctx, "accounts/index.html.j2", page)


def _contacts(ctx: AdminContext, accounts: Sequence[Account]) -> dict[int, User]:
    """Find the first user of each account. Cost: one statement."""
    ids = [account.id for account in accounts]
    users = users_query(ctx.actor).where(col(User.account_id).in_(ids))
    contacts: dict[int, User] = {}
    # Sorted here: SQLite would go through all users in that order to find these few.
    for user in sorted(ctx.db.exec(users), key=lambda row: -row.id):
        if user.account_id is not None:
            contacts[user.account_id] = user
    return contacts


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.ACCOUNTS_EDIT)
    account = inputs_of(ctx, FieldTarget.ACCOUNT)
    user = inputs_of(ctx, FieldTarget.USER, taken={each.name for each in account})
    return render(ctx, "accounts/new.html.j2", NewAccountPage(plan_choices(ctx), account, user))


def account_chosen(ctx: AdminContext) -> Filter:
    """Read the account that a list is of; all accounts are too many to choose from."""
    number = id_or_none(ctx.query("account"))
    row = ctx.db.get(Account, number) if number else None
    is_ours = row is not None and row.provider_id == ctx.provider.id
    found = [(str(row.id), row.org_name)] if row is not None and is_ours else []
    return Filter.read(ctx, "account", "Account", found)


def shown_if_chosen(account: Filter) -> list[Filter]:
    """Offer to leave the account out, where the list is of one."""
    return [account] if account.value else []


def service_choices(ctx: AdminContext) -> list[tuple[str, str]]:
    """Name every API, as (id, label)."""
    services = ctx.db.exec(SERVICES.query(ctx.actor).order_by(col(Service.name), col(Service.id)))
    return [(str(service.id), service.name) for service in services]


def plan_choices(ctx: AdminContext) -> list[tuple[str, str]]:
    """Name every application plan with its service, as (id, label)."""
    services = {service.id: service for service in ctx.db.exec(SERVICES.query(ctx.actor))}
    plans = ctx.db.exec(shared_plans(ctx.actor).order_by(col(ApplicationPlan.id)))
    return [
        (str(plan.id), f"{services[plan.service_id].name}: {plan.name}")
        for plan in plans
        if plan.service_id in services
    ]


def create(ctx: AdminContext) -> Response:
    """Sign a developer up."""
    taken = {each.name for each in inputs_of(ctx, FieldTarget.ACCOUNT)}
    account = sent_fields(ctx, FieldTarget.ACCOUNT)
    user = sent_fields(ctx, FieldTarget.USER, taken=taken)
    draft = NewSignup(
        org_name=ctx.text("org_name"),
        username=ctx.text("username"),
        email=ctx.text("email"),
        password=ctx.values.get("password") or None,
        first_name=user.get("first_name", ""),
        last_name=user.get("last_name", ""),
        application_plan_id=ctx.number_or_none("application_plan_id"),
        fields=account[EXTRA],
        user_fields=user[EXTRA],
    )
    signup = sign_up(ctx, draft, "provider")
    return ctx.go(f"/accounts/{signup.account.id}", f"{signup.account.org_name} is created.")


def show(ctx: AdminContext) -> Response:
    account = get_account(ctx, ctx.path_id("account_id"))
    db, actor = ctx.db, ctx.actor
    users = db.exec(
        users_query(actor).where(User.account_id == account.id).order_by(col(User.id))
    ).all()
    query = applications_query(actor).where(Application.account_id == account.id)
    newest = query.order_by(col(Application.id).desc()).limit(MOST_APPLICATIONS)
    applications = db.exec(newest).all()
    plans = db.exec(ACCOUNT_PLANS.query(actor).order_by(col(AccountPlan.id))).all()
    page = AccountPage(
        account,
        db.get_one(AccountPlan, account.account_plan_id),
        plans,
        users,
        _open_invitations(ctx, account),
        subscriptions_of(ctx, account),
        applications,
        by_id(db, ApplicationPlan, (row.plan_id for row in applications)),
        by_id(db, Service, (row.service_id for row in applications)),
        [name for name in MOVES if account.state in ACCOUNT[name][0]],
        shown_of(ctx, FieldTarget.ACCOUNT, account),
        shown_of_many(ctx, FieldTarget.USER, users),
        _card(ctx, account),
        list_failed_mails(ctx, account.id) if ctx.actor.may(Permission.SETTINGS_EDIT) else [],
    )
    return render(ctx, "accounts/show.html.j2", page)


def _card(ctx: AdminContext, account: Account) -> CreditCard | None:
    if not ctx.actor.may(Permission.FINANCE_READ):
        return None
    return cards_by_account(ctx.db, [account.id]).get(account.id)


def _open_invitations(ctx: AdminContext, account: Account) -> list[tuple[Invitation, str]]:
    """List what nobody accepted yet, newest first, with its state."""
    query = invitations_query(ctx.actor).where(
        Invitation.account_id == account.id, col(Invitation.accepted_at).is_(None)
    )
    rows = ctx.db.exec(query.order_by(col(Invitation.id).desc()).limit(MOST_INVITATIONS))
    return [(row, row.state_at(ctx.now)) for row in rows]


def edit(ctx: AdminContext) -> Response:
    """Show the form of an account's details."""
    ctx.actor.require(Permission.ACCOUNTS_EDIT)
    account = get_account(ctx, ctx.path_id("account_id"))
    page = EditAccountPage(account, inputs_of(ctx, FieldTarget.ACCOUNT, account))
    return render(ctx, "accounts/edit.html.j2", page)


def update(ctx: AdminContext) -> Response:
    account_id = ctx.path_id("account_id")
    account = get_account(ctx, account_id)
    given: dict[str, Any] = {
        **sent_fields(ctx, FieldTarget.ACCOUNT, account),
        **ctx.texts("managed_by"),
    }
    lines = {line: field_of(line) for line in LINES if field_of(line) in ctx.values}
    if lines:
        given[GIVEN] = {line: ctx.text(name) for line, name in lines.items()}
    given |= {name: ctx.flag(name) for name in BILLING if name in ctx.values}
    update_account(ctx, account_id, given)
    return ctx.go(f"/accounts/{account_id}", "The account is saved.")


def forget_card(ctx: AdminContext) -> Response:
    """Forget the card of an account."""
    account = delete_card(ctx, ctx.path_id("account_id"))
    return ctx.go(f"/accounts/{account.id}", "The card is forgotten.")


def move(ctx: AdminContext) -> Response:
    act, done = ctx.verb(MOVES)
    account = act(ctx, ctx.path_id("account_id"))
    return ctx.go_back(f"/accounts/{account.id}", f"{account.org_name} {done}")


def move_many(ctx: AdminContext) -> Response:
    """Approve or reject the accounts that were chosen in the list."""
    act, done = ctx.verb(MANY)
    return act_on_many(ctx, act, "/accounts?state=pending", done)


def change_plan(ctx: AdminContext) -> Response:
    account_id = ctx.path_id("account_id")
    change_account_plan(ctx, account_id, ctx.number("plan_id"))
    return ctx.go(f"/accounts/{account_id}", "The account plan is changed.")


def move_user(ctx: AdminContext) -> Response:
    account_id, user_id = ctx.path_id("account_id"), ctx.path_id("user_id")
    found = users_query(ctx.actor).where(User.id == user_id, User.account_id == account_id)
    if ctx.db.exec(found).first() is None:
        raise NotFound("There is no such user.")
    act, done = ctx.verb(USER_MOVES)
    user = act(ctx, user_id)
    return ctx.go(f"/accounts/{account_id}", f"{user.username} {done}")
