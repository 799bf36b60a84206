"""Developer accounts: change, approve, reject, suspend, resume, delete."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, delete
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.applications.applications import delete_application
from server.actions.plans.changes import OF_ACCOUNTS, get_wish, may_change_at_once
from server.actions.provider.fields import Fields
from server.actions.provider.webhook_objects import keep_last_state
from server.actions.resources import Lifecycle, Resource
from server.actions.rows import get_owned, hold, hold_to_delete, rely_on
from server.actions.work import Work
from server.domain.accounts.accounts import (
    BY_PROVIDER,
    Account,
    AccountDraft,
    ServiceContract,
)
from server.domain.accounts.billing import GIVEN, put_together
from server.domain.accounts.credit_cards import CreditCard
from server.domain.accounts.factors import OF_USER
from server.domain.accounts.invitations import Invitation
from server.domain.accounts.users import OneTimeToken, User, UserSession
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.drafts import clean_attribute
from server.domain.errors import Forbidden
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan
from server.domain.portal.groups import GroupAccount
from server.domain.portal.legal import TermsAcceptance
from server.domain.provider.field_definitions import FieldTarget
from server.domain.provider.settings import Setting
from server.domain.provider.tokens import AccessToken
from server.domain.states import ACCOUNT, USER, move
from server.kit.paging import Listing

LISTING = Listing("accounts", Account)


ACCOUNTS = Resource(
    name="account",
    model=Account,
    draft=AccountDraft,
    read=Permission.ACCOUNTS_READ,
    edit=Permission.ACCOUNTS_EDIT,
    events=Lifecycle(
        created=EventKind.ACCOUNT_CREATED,
        updated=EventKind.ACCOUNT_UPDATED,
        deleted=EventKind.ACCOUNT_DELETED,
    ),
    listing=LISTING,
    account=lambda work, account: account.id,
    goes_with=(
        col(User.account_id),
        col(ServiceContract.account_id),
        col(GroupAccount.account_id),
        col(Invitation.account_id),
        col(TermsAcceptance.account_id),
        col(CreditCard.account_id),
    ),
)


def accounts_query(
    actor: Actor,
    *,
    state: str | None = None,
    plan_id: int | None = None,
    service_id: int | None = None,
) -> SelectOfScalar[Account]:
    """Select the provider's accounts, as they are told by word; `plan_id` is an account plan.

    Of a service are those that have an application of it.
    """
    actor.require(Permission.ACCOUNTS_READ)
    query = select(Account).where(Account.provider_id == actor.provider_id)
    if state:
        query = query.where(Account.state == state)
    if plan_id is not None:
        query = query.where(Account.account_plan_id == plan_id)
    if service_id is not None:
        query = query.where(has_application_of(service_id))
    return query


def has_application_of(service_id: int) -> ColumnElement[bool]:
    """Make the condition that an account has an application of a service."""
    of_service = select(Application.id).where(
        Application.service_id == service_id, Application.account_id == Account.id
    )
    return of_service.exists()


def own_account_query(actor: Actor) -> SelectOfScalar[Account]:
    """Select the account of a developer."""
    actor.require(Permission.ACCOUNTS_READ, account_id=actor.account_id)
    own = Account.id == actor.account_id
    return select(Account).where(Account.provider_id == actor.provider_id, own)


def get_account(work: Work, account_id: int | None) -> Account:
    """Find an account within the actor's reach. Raises: NotFound."""
    account = get_owned(work, Account, account_id)
    work.actor.require(Permission.ACCOUNTS_READ, account_id=account.id)
    return account


def update_account(work: Work, account_id: int, changes: Mapping[str, Any]) -> Account:
    """Change an account's details. Raises: NotFound, Forbidden, Invalid."""
    account = get_owned(work, Account, account_id)
    work.actor.require(Permission.ACCOUNTS_EDIT, account_id=account.id)
    refuse_closed_area(work)
    if work.actor.is_developer and BY_PROVIDER & set(changes):
        raise Forbidden("This is changed by the provider. Write to them.")
    hold(work.db, account)
    fields = Fields(work, FieldTarget.ACCOUNT)
    checked = fields.checked(changes, account, draft=ACCOUNTS.changes)
    if GIVEN in checked:
        lines = clean_attribute(AccountDraft, GIVEN, checked[GIVEN])
        checked[GIVEN] = put_together(account.billing_address if lines else {}, lines)
    return ACCOUNTS.change(work, account, checked)


def refuse_closed_area(work: Work) -> None:
    """Refuse a developer's change where the provider closed the account area."""
    settings = work.db.get_one(Setting, work.actor.provider_id)
    if work.actor.is_developer and not settings.useraccountarea_enabled:
        raise Forbidden("Account details are changed by the provider. Write to them.")


def approve_account(work: Work, account_id: int) -> Account:
    """Let an account in, with the users that the provider's own code signed up.

    A user who signed up on the portal still has to follow the mailed link; he asks for another
    one when it has expired.
    Raises: NotFound, StateConflict.
    """
    account = _move(work, account_id, "approve", EventKind.ACCOUNT_APPROVED)
    vouched_for = select(User).where(
        User.account_id == account.id,
        User.state == "pending",
        User.password_hash != "",
        col(User.awaits_link).is_(False),
    )
    for user in work.db.exec(vouched_for.order_by(col(User.id)).with_for_update(key_share=True)):
        move(user, USER, "activate")
        event = Event(
            EventKind.USER_ACTIVATED,
            user.id,
            account_id=account.id,
            changes={"state": ["pending", user.state]},
        )
        work.record(event)
    return account


def reject_account(work: Work, account_id: int) -> Account:
    """Turn an account down. Raises: NotFound, StateConflict."""
    return _move(work, account_id, "reject", EventKind.ACCOUNT_REJECTED)


def suspend_account(work: Work, account_id: int) -> Account:
    """Stop an account: its users can't log in, its calls are refused. Raises: StateConflict."""
    return _move(work, account_id, "suspend", EventKind.ACCOUNT_SUSPENDED)


def resume_account(work: Work, account_id: int) -> Account:
    """Let a suspended account in again. Raises: NotFound, StateConflict."""
    return _move(work, account_id, "resume", EventKind.ACCOUNT_RESUMED)


def make_account_pending(work: Work, account_id: int) -> Account:
    """Put an account back before approval. Raises: NotFound, StateConflict."""
    return _move(work, account_id, "make_pending", EventKind.ACCOUNT_PENDING)


def _move(work: Work, account_id: int, event: str, kind: EventKind) -> Account:
    account = _held(work, account_id)
    before = account.state
    move(account, ACCOUNT, event)
    if account.state != "approved":
        users = select(User.id).where(User.account_id == account.id)
        work.db.execute(delete(UserSession).where(col(UserSession.user_id).in_(users)))
    _tell(work, account, kind, {"state": [before, account.state]})
    return account


def account_activated(work: Work, account: Account) -> None:
    """Take a new account on, now that its first user followed the link."""
    hold(work.db, account)
    if account.state != "created":
        return
    plan = work.db.get_one(AccountPlan, account.account_plan_id)
    event = "make_pending" if plan.approval_required else "approve"
    move(account, ACCOUNT, event)
    kind = EventKind.ACCOUNT_PENDING if plan.approval_required else EventKind.ACCOUNT_APPROVED
    _tell(work, account, kind, {"state": ["created", account.state]})


def change_account_plan(work: Work, account_id: int, plan_id: int) -> Account:
    """Move an account to another account plan; the same plan changes nothing.

    A developer's wish is carried out or only noted, as `change_account_plan_permission` says.
    Raises: NotFound, Forbidden, Conflict where it needs a card.
    """
    account = get_owned(work, Account, account_id)
    work.actor.require(Permission.ACCOUNTS_EDIT, account_id=account.id)
    plan = rely_on(work.db, get_owned(work, AccountPlan, plan_id))
    hold(work.db, account)
    if plan.id == account.account_plan_id:
        return account
    if work.actor.is_developer and not _may_change_at_once(work, account.id, plan):
        account.wanted_plan_id = plan.id
        asked = EventKind.ACCOUNT_PLAN_CHANGE_ASKED
        work.record(Event(asked, account.id, account_id=account.id, facts={"plan_id": plan.id}))
        return account
    changes = {"account_plan_id": [account.account_plan_id, plan.id]}
    account.account_plan_id, account.wanted_plan_id = plan.id, None
    _tell(work, account, EventKind.ACCOUNT_PLAN_CHANGED, changes)
    return account


def _may_change_at_once(work: Work, account_id: int, plan: AccountPlan) -> bool:
    """Return whether a developer changes the account plan himself; False: he only asks.

    Raises: Forbidden where the provider changes it; NotFound for a plan that is not offered;
    Conflict where it needs a card.
    """
    settings = work.db.get_one(Setting, work.actor.provider_id)
    permission = settings.change_account_plan_permission
    if not settings.account_plans_ui_visible or permission == "none":
        raise Forbidden(OF_ACCOUNTS)
    if plan.state != "published":
        get_owned(work, AccountPlan, None)
    return may_change_at_once(work.db, account_id, permission, plan, OF_ACCOUNTS)


def accept_account_plan_request(work: Work, account_id: int) -> Account:
    """Move an account to the plan that it asked for. Raises: NotFound, Conflict."""
    return change_account_plan(work, account_id, get_wish(_held(work, account_id)))


def refuse_account_plan_request(work: Work, account_id: int) -> Account:
    """Leave an account on its plan. Raises: NotFound, Conflict."""
    account = _held(work, account_id)
    facts = {"plan_id": get_wish(account)}
    account.wanted_plan_id = None
    refused = EventKind.ACCOUNT_PLAN_CHANGE_REFUSED
    work.record(Event(refused, account.id, account_id=account.id, facts=facts))
    return account


def _held(work: Work, account_id: int) -> Account:
    """Hold an account for the staff. Raises: NotFound, Forbidden."""
    work.actor.require(Permission.ACCOUNTS_EDIT)
    return hold(work.db, get_owned(work, Account, account_id))


def delete_account(work: Work, account_id: int) -> Account:
    """Delete an account with its users and applications; their usage stays in the statistics.

    Its users are logged out and their tokens open nothing from now on. Raises: NotFound, Forbidden.
    """
    work.actor.require(Permission.ACCOUNTS_EDIT)
    account = hold_to_delete(work.db, get_owned(work, Account, account_id))
    _refuse_beyond_reach(work, account)
    keep_last_state(work, "account", account)
    mine = select(Application.id).where(Application.account_id == account.id)
    for application_id in work.db.exec(mine.order_by(col(Application.id))).all():
        delete_application(work, application_id)
    work.db.flush()  # the applications' rows go before the account that they point at
    invited = select(Invitation.id).where(Invitation.account_id == account.id)
    work.db.execute(delete(OneTimeToken).where(col(OneTimeToken.invitation_id).in_(invited)))
    users = select(User.id).where(User.account_id == account.id)
    # Nobody logs in or is mailed a link any more.
    work.db.exec(users.order_by(col(User.id)).with_for_update()).all()
    for owned in (UserSession, OneTimeToken, AccessToken, *OF_USER):
        work.db.execute(delete(owned).where(col(owned.user_id).in_(users)))
    return ACCOUNTS.delete(work, account.id)


def _refuse_beyond_reach(work: Work, account: Account) -> None:
    """Refuse to delete what is of services that the actor does not reach. Raises: Forbidden."""
    reached = work.actor.service_ids
    if reached is None:
        return
    others = select(ServiceContract.id).where(
        ServiceContract.account_id == account.id, col(ServiceContract.service_id).not_in(reached)
    )
    if work.db.exec(others).first() is not None:
        raise Forbidden("The account is subscribed to APIs that you do not reach.")


def _tell(work: Work, account: Account, kind: EventKind, changes: dict[str, list[Any]]) -> None:
    work.record(Event(kind, account.id, account_id=account.id, changes=changes))
