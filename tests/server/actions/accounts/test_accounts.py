"""Accounts: every transition of their states, who may make it, and what is told of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy import delete
from sqlmodel import Session, select

from server.actions.accounts.accounts import (
    accounts_query,
    approve_account,
    change_account_plan,
    delete_account,
    get_account,
    make_account_pending,
    reject_account,
    resume_account,
    suspend_account,
    update_account,
)
from server.actions.accounts.lists import AccountFilter, narrowed_accounts
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.users import ACTIVATION, issue_link
from server.actions.applications.keys import add_key
from server.actions.messages.limits_reached import Reached, note_reached
from server.actions.messages.messages import send_message
from server.actions.messages.preferences import update_preferences
from server.actions.plans.plans import ACCOUNT_PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.provider.tokens import create_token
from server.actions.services.metrics import list_metrics
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.auth.sessions import open_session
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.users import OneTimeToken, User, UserSession
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.errors import Blank, Forbidden, Invalid, NotFound, StateConflict, TooLong
from server.domain.events import EventKind
from server.domain.messages.alerts import Alert
from server.domain.messages.messages import Message, MessageCopy
from server.domain.messages.preferences import NotificationPreference
from server.domain.permissions import Permission
from server.domain.provider.tokens import AccessToken
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import NOWHERE, event_is, guarded, kinds, refused

STATES = ("created", "pending", "approved", "rejected", "suspended", "scheduled_for_deletion")
MOVES = {
    approve_account: (
        {"created", "pending", "rejected"},
        "approved",
        EventKind.ACCOUNT_APPROVED,
    ),
    reject_account: ({"created", "pending", "approved"}, "rejected", EventKind.ACCOUNT_REJECTED),
    make_account_pending: (
        {"created", "approved", "rejected"},
        "pending",
        EventKind.ACCOUNT_PENDING,
    ),
    suspend_account: (set(STATES) - {"suspended"}, "suspended", EventKind.ACCOUNT_SUSPENDED),
    resume_account: (
        {"suspended", "scheduled_for_deletion"},
        "approved",
        EventKind.ACCOUNT_RESUMED,
    ),
}


def account_in(db: Session, acme: NewProvider) -> Account:
    """Find the sample developer's account."""
    return db.get_one(Account, acme.sample.application.account_id)


def test_each_state_knows_its_events_and_no_others(acme: NewProvider, db: Session) -> None:
    account = account_in(db, acme)

    for (act, (sources, target, kind)), state in product(MOVES.items(), STATES):
        account.state = state
        if state in sources:
            assert act(by(db, staff(acme)), account.id).state == target
            event_is(db, kind, account.id, {"state": [state, target]})
        else:
            refused(by(db, staff(acme)), StateConflict, act, account.id)
            assert account.state == state


def test_an_approval_does_not_stand_for_a_link_that_was_never_followed(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    draft = NewSignup(
        org_name="Zoo", username="zoe", email="z@x.example", password="six green apples fell"
    )
    anonymous = by(db, Actor.anonymous(acme.provider.id), deps.installation)
    from_portal = sign_up(anonymous, draft, "portal")
    issue_link(db, deps.installation, from_portal.user, ACTIVATION)
    db.execute(delete(OneTimeToken))  # expired, and cleaned up
    others = replace(draft, username="yan", email="y@x.example")
    from_back_end = sign_up(by(db, staff(acme)), others, "api")
    from_back_end.account.state, from_back_end.user.state = "pending", "pending"
    db.flush()

    for signup in (from_portal, from_back_end):
        approve_account(by(db, staff(acme)), signup.account.id)

    assert (from_portal.account.state, from_portal.user.state) == ("approved", "pending")
    assert from_back_end.user.state == "active", "its provider vouches for him"


def test_accounts_have_their_permission_and_their_provider(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    number, plan = account_in(db, acme).id, account_in(db, acme).account_plan_id

    guarded(
        db,
        (acme, globex),
        Permission.ACCOUNTS_EDIT,
        *((act, number) for act in MOVES),
        (update_account, number, {"org_name": "New"}),
        (change_account_plan, number, plan),
    )
    guarded(db, (acme, globex), Permission.ACCOUNTS_READ, (get_account, number))
    for act, nowhere in product((*MOVES, get_account), NOWHERE):
        refused(by(db, staff(acme)), NotFound, act, nowhere, field="id")


def test_a_developer_moves_no_account_not_even_his_own(acme: NewProvider, db: Session) -> None:
    john, number = actor_of_user(acme.sample.user), account_in(db, acme).id

    for act in MOVES:
        refused(by(db, john), NotFound, act, number)
    gold = create_plan(by(db, staff(acme)), ACCOUNT_PLANS, {"name": "Gold"}).id
    before, said = account_in(db, acme).account_plan_id, len(kinds(db))
    refused(by(db, john), Forbidden, change_account_plan, number, gold)
    change_account_plan(by(db, john), number, before)  # where it is already
    assert (account_in(db, acme).account_plan_id, len(kinds(db))) == (before, said)


def test_details_change_and_the_event_tells_from_what_to_what(
    acme: NewProvider, db: Session
) -> None:
    account, john = account_in(db, acme), actor_of_user(acme.sample.user)

    update_account(by(db, john), account.id, {"org_name": "  Initech "})

    assert account.org_name == "Initech"
    event_is(db, EventKind.ACCOUNT_UPDATED, account.id, {"org_name": ["Developer", "Initech"]})
    said = len(kinds(db))
    update_account(by(db, john), account.id, {"org_name": "Initech"})
    assert len(kinds(db)) == said, "nothing changed, so nothing is told"


def test_only_good_values_of_open_fields_are_taken(acme: NewProvider, db: Session) -> None:
    number = account_in(db, acme).id
    cases = (
        ("org_name", " ", Blank),
        ("org_name", "x" * 256, TooLong),
        ("org_name", "a\x00b", Invalid),
        ("org_name", "\ud800", Invalid),
        ("state", "approved", Invalid),
        ("provider_id", 1, Invalid),
        ("account_plan_id", 1, Invalid),
        ("created_by_provider", True, Invalid),
    )
    for field, value, error in cases:
        refused(by(db, staff(acme)), error, update_account, number, {field: value}, field=field)


def test_a_closed_account_area_is_closed_to_developers_only(acme: NewProvider, db: Session) -> None:
    number = account_in(db, acme).id
    update_settings(by(db, staff(acme)), {"useraccountarea_enabled": False})
    john, new = actor_of_user(acme.sample.user), {"org_name": "New"}

    refused(by(db, john), Forbidden, update_account, number, new)

    assert update_account(by(db, staff(acme)), number, new).org_name == "New"


def test_an_account_moves_between_plans_of_its_provider(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    account = account_in(db, acme)
    before = account.account_plan_id
    gold = create_plan(by(db, staff(acme)), ACCOUNT_PLANS, {"name": "Gold"})
    foreign = create_plan(by(db, staff(globex)), ACCOUNT_PLANS, {"name": "Gold"})

    change_account_plan(by(db, staff(acme)), account.id, gold.id)

    event_is(db, EventKind.ACCOUNT_PLAN_CHANGED, account.id, {"account_plan_id": [before, gold.id]})
    said = len(kinds(db))
    assert change_account_plan(by(db, staff(acme)), account.id, gold.id).account_plan_id == gold.id
    assert len(kinds(db)) == said
    refused(by(db, staff(acme)), NotFound, change_account_plan, account.id, foreign.id)


def test_accounts_are_found_by_a_literal_part_of_name_or_user(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    ours = [account_in(db, acme)]

    def found(search: str) -> Sequence[Account]:
        wanted = AccountFilter(search=search)
        return db.exec(narrowed_accounts(by(db, staff(acme)), wanted).query).all()

    for search in ("velop", "JOHN", "ADMIN+TEST@acme", "", "op", "J"):
        assert found(search) == ours
    for search in ("globex", "%", "_", "\\", '"', "*", "zq"):
        assert not found(search)
    for search in ("a\x00b", "\ud800", "x" * 256):
        with pytest.raises(Invalid):
            found(search)


def test_accounts_are_listed_by_state(acme: NewProvider, globex: NewProvider, db: Session) -> None:
    suspend_account(by(db, staff(acme)), account_in(db, acme).id)

    assert not db.exec(accounts_query(staff(acme), state="approved")).all()
    listed = db.exec(accounts_query(staff(acme), state="suspended")).all()
    assert listed == [account_in(db, acme)]


def test_a_deleted_account_takes_along_what_is_its_own(
    acme: NewProvider, globex: NewProvider, deps: Dependencies, db: Session
) -> None:
    account, user = account_in(db, acme), acme.sample.user
    open_session(db, deps.installation, user)
    issue_link(db, deps.installation, user, "password_reset")
    work = by(db, actor_of_user(db.get_one(User, user.id)))
    create_token(work, {"name": "mine", "scopes": ["account_management"]})
    add_key(by(db, staff(acme)), acme.sample.application.id)

    delete_account(by(db, staff(acme)), account.id)

    db.flush()
    assert kinds(db)[-2:] == [EventKind.APPLICATION_DELETED, EventKind.ACCOUNT_DELETED]
    event_is(db, EventKind.ACCOUNT_DELETED, account.id)
    for owned in (User, Application, ServiceContract):
        assert db.exec(select(owned).where(owned.account_id == account.id)).all() == []
    for of_user in (UserSession, OneTimeToken, AccessToken):
        assert db.exec(select(of_user).where(of_user.user_id == user.id)).all() == []
    assert db.get(Account, globex.sample.application.account_id) is not None
    assert db.get(User, globex.sample.user.id) is not None


def test_deleting_an_account_is_the_providers(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    account = account_in(db, acme)
    developer = by(db, actor_of_user(db.get_one(User, acme.sample.user.id)))

    guarded(db, (acme, globex), Permission.ACCOUNTS_EDIT, (delete_account, account.id))
    refused(developer, NotFound, delete_account, account.id)
    refused(by(db, staff(acme)), NotFound, delete_account, 999_999, field="id")


def test_messages_alerts_and_choices_of_mails_go_with_a_deleted_account(
    acme: NewProvider, db: Session
) -> None:
    owner, john = by(db, staff(acme)), by(db, actor_of_user(acme.sample.user))
    application, day = acme.sample.application, datetime(2026, 1, 1, tzinfo=UTC)
    update_preferences(john, {"message_for_buyer": False})
    send_message(owner, {"body": "News"}, application.account_id)
    send_message(john, {"body": "Rain?"})
    metric = list_metrics(db, application.service_id)[0].id
    of = (application.account_id, application.id, application.service_id, metric)
    note_reached(owner, [Reached(acme.provider.id, *of, "Hits", "day", day, 5, 4)])

    delete_account(owner, application.account_id)
    db.flush()
    db.expire_all()

    for table in (Alert, NotificationPreference):
        assert db.exec(select(table)).all() == []
    assert [row.account_id for row in db.exec(select(MessageCopy))] == [None]
    assert [row.account_id for row in db.exec(select(Message))] == [None]
