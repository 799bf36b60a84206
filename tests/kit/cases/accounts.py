"""Cases of accounts, users and logins."""

from dataclasses import replace
from typing import Any

from sqlmodel import col, select

from server.actions.accounts import (
    accounts,
    invitations,
    open_signup,
    signup,
    staff,
    subscriptions,
    users,
)
from server.actions.accounts.signup import NewSignup
from server.actions.accounts.users import ACTIVATION, PASSWORD_RESET
from server.actions.plans.plans import SERVICE_PLANS, create_plan
from server.actions.portal import legal
from server.actions.provider import settings
from server.actions.work import Work
from server.auth import sessions
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.invitations import Invitation
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.events import EventKind as Kind
from server.domain.plans.plans import AccountPlan, ServicePlan
from server.domain.portal.legal import TermsKind
from server.domain.provider.settings import Setting
from tests.kit.cases.case import account_is, both, case, has, keeps, link
from tests.kit.work import by, proof_of
from tests.kit.world import FRESH, World


def signs_up(**values: Any) -> NewSignup:
    """Tell who signs up."""
    return NewSignup(
        org_name="Hooli", username="gavin", email="gavin@x.example", password=FRESH, **values
    )


def _account_waits(work: Work, world: World) -> None:
    account_is(state="pending")(work, world)
    has(User, lambda w: w.acme.sample.user.id, state="pending")(work, world)


def _wants_approval(work: Work, world: World) -> None:
    account = work.db.get_one(Account, world.account_id)
    work.db.get_one(AccountPlan, account.account_plan_id).approval_required = True


def _colleague(work: Work, w: World) -> object:
    values = {"username": "ann", "email": "ann@acme.example"}
    return users.create_user(work, None, values, {"sections": []})


ACCOUNTS = (
    case(
        staff.change_reach,
        lambda work, w: staff.change_reach(
            work, w.kept["colleague"].id, {"sections": ["plans"], "service_ids": [w.service_id]}
        ),
        Kind.USER_UPDATED,
        before=keeps("colleague", _colleague),
    ),
    case(
        accounts.delete_account,
        lambda work, w: accounts.delete_account(work, w.account_id),
        Kind.ACCOUNT_DELETED,
        Kind.APPLICATION_DELETED,
    ),
    case(
        accounts.update_account,
        lambda work, w: accounts.update_account(work, w.account_id, {"org_name": "Brolly"}),
        Kind.ACCOUNT_UPDATED,
    ),
    case(
        accounts.approve_account,
        lambda work, w: accounts.approve_account(work, w.account_id),
        Kind.ACCOUNT_APPROVED,
        Kind.USER_ACTIVATED,
        before=_account_waits,
    ),
    case(
        accounts.reject_account,
        lambda work, w: accounts.reject_account(work, w.account_id),
        Kind.ACCOUNT_REJECTED,
    ),
    case(
        accounts.suspend_account,
        lambda work, w: accounts.suspend_account(work, w.account_id),
        Kind.ACCOUNT_SUSPENDED,
    ),
    case(
        accounts.resume_account,
        lambda work, w: accounts.resume_account(work, w.account_id),
        Kind.ACCOUNT_RESUMED,
        before=account_is(state="suspended"),
    ),
    case(
        accounts.make_account_pending,
        lambda work, w: accounts.make_account_pending(work, w.account_id),
        Kind.ACCOUNT_PENDING,
    ),
    case(
        accounts.change_account_plan,
        lambda work, w: accounts.change_account_plan(work, w.account_id, w.known.silver_id),
        Kind.ACCOUNT_PLAN_CHANGED,
    ),
    case(
        signup.sign_up,
        lambda work, _: signup.sign_up(work, signs_up(), "api"),
        Kind.ACCOUNT_CREATED,
        Kind.USER_CREATED,
        Kind.APPLICATION_CREATED,
    ),
    case(
        signup.sign_up,
        lambda work, _: signup.sign_up(work, signs_up(), "provider"),
        Kind.ACCOUNT_CREATED,
        Kind.USER_CREATED,
        Kind.APPLICATION_CREATED,
        Kind.ACCOUNT_PENDING,
        before=_wants_approval,
        note="for approval",
    ),
    case(
        signup.sign_up,
        lambda work, w: signup.sign_up(
            by(work.db, Actor.anonymous(w.acme.provider.id), work.installation),
            signs_up(),
            "portal",
        ),
        Kind.ACCOUNT_CREATED,
        Kind.USER_SIGNED_UP,
        Kind.APPLICATION_CREATED,
        note="on the portal",
    ),
    case(
        open_signup.sign_up_openly,
        lambda work, _: open_signup.sign_up_openly(work, signs_up()),
        Kind.ACCOUNT_CREATED,
        Kind.USER_SIGNED_UP,
        Kind.APPLICATION_CREATED,
    ),
    case(
        open_signup.sign_up_openly,
        lambda work, w: open_signup.sign_up_openly(
            work, replace(signs_up(), email="erin@x.example")
        ),
        Kind.SIGNUP_REPEATED,
        note="with a known address",
    ),
)
INVITED = {"email": "milton@x.example"}
NEWCOMER = {"username": "milton", "password": FRESH}
invited = keeps("invitation", lambda work, w: _invite(work, w).id)


def _invite(work: Work, world: World) -> Invitation:
    return invitations.invite_user(work, world.account_id, INVITED)


def _invited_by_link(work: Work, world: World) -> str:
    made = _invite(work, world)
    return invitations.issue_invitation_link(work.db, work.installation, made)


INVITATIONS = (
    case(invitations.invite_user, _invite, Kind.INVITATION_SENT),
    case(
        invitations.resend_invitation,
        lambda work, w: invitations.resend_invitation(work, w.kept["invitation"]),
        Kind.INVITATION_SENT,
        before=invited,
    ),
    case(
        invitations.withdraw_invitation,
        lambda work, w: invitations.withdraw_invitation(work, w.kept["invitation"]),
        Kind.INVITATION_DELETED,
        before=invited,
    ),
    case(
        invitations.accept_invitation,
        lambda work, w: invitations.accept_invitation(work, w.kept["link"], NEWCOMER),
        Kind.USER_CREATED,
        Kind.INVITATION_ACCEPTED,
        before=keeps("link", _invited_by_link),
    ),
)


def _visible(work: Work, world: World) -> None:
    has(
        Setting,
        lambda w: w.acme.provider.id,
        account_plans_ui_visible=True,
        service_plans_ui_visible=True,
    )(work, world)


def _weather_plan(work: Work, world: World) -> int:
    query = select(ServicePlan.id).where(ServicePlan.service_id == world.known.weather_id)
    return work.db.exec(query.order_by(col(ServicePlan.id))).one()


def _subscribes(work: Work, world: World) -> ServiceContract:
    return subscriptions.subscribe(work, world.account_id, _weather_plan(work, world))


def _contract(work: Work, world: World) -> None:
    contract = _subscribes(work, world)
    other = create_plan(work, SERVICE_PLANS, {"name": "More"}, world.known.weather_id)
    other.state = "published"
    world.kept["contract"], world.kept["other"] = contract.id, other.id


def _contract_is(**values: Any) -> Any:
    return both(_contract, has(ServiceContract, lambda w: w.kept["contract"], **values))


def _contract_wishes(work: Work, world: World) -> None:
    _contract(work, world)
    contract = work.db.get_one(ServiceContract, world.kept["contract"])
    contract.wanted_plan_id = world.kept["other"]


def _on_contract(act: Any) -> Any:
    return lambda work, world: act(work, world.kept["contract"])


def _terms(work: Work, world: World) -> None:
    settings.update_settings(work, {"signup_licence": "Be nice."})


SUBSCRIPTIONS = (
    case(
        legal.accept_terms,
        lambda work, w: legal.accept_terms(
            work, TermsKind.SIGNUP, work.db.get_one(Account, w.account_id), 1
        ),
        Kind.TERMS_ACCEPTED,
        before=_terms,
    ),
    case(subscriptions.subscribe, _subscribes, Kind.CONTRACT_CREATED),
    case(
        subscriptions.approve_contract,
        _on_contract(subscriptions.approve_contract),
        Kind.CONTRACT_ACCEPTED,
        before=_contract_is(state="pending"),
    ),
    case(
        subscriptions.suspend_contract,
        _on_contract(subscriptions.suspend_contract),
        Kind.CONTRACT_SUSPENDED,
        before=_contract,
    ),
    case(
        subscriptions.resume_contract,
        _on_contract(subscriptions.resume_contract),
        Kind.CONTRACT_RESUMED,
        before=_contract_is(state="suspended"),
    ),
    case(
        subscriptions.change_contract_plan,
        lambda work, w: subscriptions.change_contract_plan(
            work, w.kept["contract"], w.kept["other"]
        ),
        Kind.CONTRACT_PLAN_CHANGED,
        before=_contract,
    ),
    case(
        subscriptions.change_contract_plan,
        lambda work, w: subscriptions.change_contract_plan(
            w.developer(work.db), w.kept["contract"], w.kept["other"]
        ),
        Kind.CONTRACT_PLAN_CHANGE_ASKED,
        before=both(_visible, _contract),
        note="as a wish",
    ),
    case(
        subscriptions.accept_contract_plan_request,
        _on_contract(subscriptions.accept_contract_plan_request),
        Kind.CONTRACT_PLAN_CHANGED,
        before=_contract_wishes,
    ),
    case(
        subscriptions.refuse_contract_plan_request,
        _on_contract(subscriptions.refuse_contract_plan_request),
        Kind.CONTRACT_PLAN_CHANGE_REFUSED,
        before=_contract_wishes,
    ),
    case(
        subscriptions.unsubscribe,
        _on_contract(subscriptions.unsubscribe),
        Kind.CONTRACT_DELETED,
        before=_contract,
    ),
    case(
        accounts.change_account_plan,
        lambda work, w: accounts.change_account_plan(
            w.developer(work.db), w.account_id, w.known.silver_id
        ),
        Kind.ACCOUNT_PLAN_CHANGE_ASKED,
        before=both(_visible, has(AccountPlan, lambda w: w.known.silver_id, state="published")),
        note="as a wish",
    ),
    case(
        accounts.accept_account_plan_request,
        lambda work, w: accounts.accept_account_plan_request(work, w.account_id),
        Kind.ACCOUNT_PLAN_CHANGED,
        before=lambda work, w: account_is(wanted_plan_id=w.known.silver_id)(work, w),
    ),
    case(
        accounts.refuse_account_plan_request,
        lambda work, w: accounts.refuse_account_plan_request(work, w.account_id),
        Kind.ACCOUNT_PLAN_CHANGE_REFUSED,
        before=lambda work, w: account_is(wanted_plan_id=w.known.silver_id)(work, w),
    ),
)
USERS = (
    *SUBSCRIPTIONS,
    *INVITATIONS,
    case(
        users.delete_user,
        lambda work, w: users.delete_user(work, w.known.erin_id),
        Kind.USER_DELETED,
    ),
    case(
        users.create_user,
        lambda work, _: users.create_user(
            work, None, {"username": "hooli", "email": "hooli@x.example", "password": FRESH}
        ),
        Kind.USER_CREATED,
    ),
    case(
        users.update_user,
        lambda work, w: users.update_user(work, w.known.erin_id, {"first_name": "Erin"}),
        Kind.USER_UPDATED,
    ),
    case(
        users.activate_user,
        lambda work, w: users.activate_user(work, w.known.erin_id),
        Kind.USER_ACTIVATED,
        Kind.ACCOUNT_APPROVED,
        before=account_is(state="created"),
    ),
    case(
        users.suspend_user,
        lambda work, w: users.suspend_user(work, w.known.erin_id),
        Kind.USER_SUSPENDED,
    ),
    case(
        users.unsuspend_user,
        lambda work, w: users.unsuspend_user(work, w.known.erin_id),
        Kind.USER_UNSUSPENDED,
        before=has(User, lambda w: w.known.erin_id, state="suspended"),
    ),
    case(
        users.follow_activation,
        lambda work, w: users.follow_activation(
            work.db, work.installation, w.acme.provider.id, w.kept["link"]
        ),
        Kind.USER_ACTIVATED,
        Kind.ACCOUNT_PENDING,
        before=both(
            both(account_is(state="created"), _wants_approval),
            link(ACTIVATION, lambda w: w.known.erin_id),
        ),
    ),
    case(
        users.repeat_signup,
        lambda work, w: users.repeat_signup(work, "erin@x.example"),
        Kind.SIGNUP_REPEATED,
    ),
    case(
        users.ask_password_reset,
        lambda work, w: users.ask_password_reset(work, "developer", w.acme.sample.user.email),
        Kind.PASSWORD_RESET_ASKED,
    ),
    case(
        users.replace_password,
        lambda work, w: users.replace_password(work, w.known.erin_id, FRESH),
        Kind.PASSWORD_CHANGED,
    ),
    case(
        users.replace_lost_password,
        lambda work, w: users.replace_lost_password(work, w.known.erin_id),
        Kind.PASSWORD_CHANGED,
    ),
    case(
        users.reset_password,
        lambda work, w: users.reset_password(
            work.db, work.installation, w.acme.provider.id, w.kept["link"], FRESH
        ),
        Kind.PASSWORD_CHANGED,
        before=link(PASSWORD_RESET, lambda w: w.acme.sample.user.id),
    ),
    case(
        users.change_password,
        lambda work, w: users.change_password(
            w.developer(work.db), proof_of(w.acme.sample.user), FRESH
        ),
        Kind.PASSWORD_CHANGED,
    ),
    case(
        sessions.log_in,
        lambda work, w: sessions.log_in(work.db, work.installation, proof_of(w.acme.sample.user)),
        Kind.USER_LOGGED_IN,
    ),
)
