"""Signup: who ends up on which plans, in which state."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from server.actions.accounts.accounts import approve_account
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.users import ACTIVATION, follow_activation, issue_link
from server.actions.plans.plans import APPLICATION_PLANS, create_plan, hide_plan
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.actors import Actor
from server.domain.errors import (
    BadToken,
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    SignupDisabled,
    Taken,
)
from server.domain.permissions import READS
from server.domain.plans.plans import ApplicationPlan
from tests.kit.make import make_provider, staff
from tests.kit.work import by

DRAFT = NewSignup(
    org_name="Initech", username="peter", email="Peter@Initech.example", password="staplers are red"
)


def test_a_portal_signup_waits_for_its_link(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    visitor = Actor.anonymous(acme.provider.id)

    made = sign_up(by(db, visitor, deps.installation), DRAFT, "portal")

    assert (made.account.state, made.user.state) == ("created", "pending")
    assert made.user.email == "peter@initech.example"
    assert [app.name for app in made.applications] == ["Initech's App"]


def test_following_the_link_once_lets_the_account_in(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    made = sign_up(by(db, Actor.anonymous(acme.provider.id), deps.installation), DRAFT, "portal")
    token = issue_link(db, deps.installation, made.user, ACTIVATION)

    follow_activation(db, deps.installation, acme.provider.id, token)

    assert (made.account.state, made.user.state) == ("approved", "active")
    with pytest.raises(BadToken):
        follow_activation(db, deps.installation, acme.provider.id, token)


def test_with_approval_the_account_waits_after_the_link(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    update_settings(by(db, staff(acme)), {"account_approval_required": True})
    made = sign_up(by(db, Actor.anonymous(acme.provider.id), deps.installation), DRAFT, "portal")

    token = issue_link(db, deps.installation, made.user, ACTIVATION)
    follow_activation(db, deps.installation, acme.provider.id, token)

    assert (made.account.state, made.user.state) == ("pending", "active")


def test_an_api_signup_with_password_is_ready_at_once(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    made = sign_up(by(db, staff(acme), deps.installation), DRAFT, "api")

    assert (made.account.state, made.user.state) == ("approved", "active")
    contract = db.exec(
        select(ServiceContract).where(ServiceContract.account_id == made.account.id)
    ).one()
    assert contract.service_id == acme.sample.service.id


def test_a_named_plan_replaces_the_default(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    plan = create_plan(
        by(db, staff(acme)),
        APPLICATION_PLANS,
        {"name": "Gold"},
        acme.sample.service.id,
        published=True,
    )
    draft = NewSignup(
        org_name="Initech", username="peter", email="p@i.example", application_plan_id=plan.id
    )

    made = sign_up(by(db, staff(acme), deps.installation), draft, "api")

    assert [app.plan_id for app in made.applications] == [plan.id]


def test_signups_that_are_off_are_off_for_the_portal_only(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    update_settings(by(db, staff(acme)), {"signups_enabled": False})

    with pytest.raises(SignupDisabled):
        sign_up(by(db, Actor.anonymous(acme.provider.id), deps.installation), DRAFT, "portal")

    assert sign_up(by(db, staff(acme), deps.installation), DRAFT, "api").account.id


def test_a_hidden_plan_cannot_be_chosen_on_the_portal(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    plan = create_plan(
        by(db, staff(acme)),
        APPLICATION_PLANS,
        {"name": "Gold"},
        acme.sample.service.id,
        published=True,
    )
    hide_plan(by(db, staff(acme)), ApplicationPlan, plan.id)
    draft = NewSignup(
        org_name="Initech",
        username="peter",
        email="p@i.example",
        password="staplers are red",
        application_plan_id=plan.id,
    )

    with pytest.raises(NotFound):
        sign_up(by(db, Actor.anonymous(acme.provider.id), deps.installation), draft, "portal")


def test_bad_input_names_its_field_and_leaves_nothing(
    deps: Dependencies, acme: NewProvider
) -> None:
    cases: tuple[tuple[str, object, type[DomainError]], ...] = (
        ("org_name", " ", Invalid),
        ("org_name", "x" * 256, Invalid),
        ("org_name", "a\x00b", Invalid),
        ("username", "no", Invalid),
        ("username", "john", Taken),
        ("email", "nobody", Invalid),
        ("email", "admin+test@acme.example", Taken),
        ("password", "short", Invalid),
        ("password", "aaaaaaaaaaaaaaaaaaaa", Invalid),
        ("password", "passwordpassword", Invalid),
        ("application_plan_id", 999_999, NotFound),
    )
    for field, value, error in cases:
        draft = replace(DRAFT, **{field: value})  # type: ignore[arg-type]  # built from a table of cases

        with pytest.raises(error) as raised, deps.database.write() as db:
            sign_up(by(db, staff(acme), deps.installation), draft, "api")

        assert raised.value.field == ("id" if error is NotFound else field)
        with deps.database.read() as db:
            assert db.exec(select(Account).where(Account.org_name == "Initech")).first() is None


def test_who_may_only_read_may_not_sign_anybody_up(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    reader = Actor("staff", acme.provider.id, "reader", READS)

    with pytest.raises(Forbidden):
        sign_up(by(db, reader, deps.installation), DRAFT, "api")


def test_another_providers_plan_is_nobodys_plan(deps: Dependencies, acme: NewProvider) -> None:
    other = make_provider(deps, "Globex")
    foreign = other.sample.application.plan_id
    draft = NewSignup(
        org_name="Initech", username="peter", email="p@i.example", application_plan_id=foreign
    )

    with pytest.raises(NotFound), deps.database.write() as db:
        sign_up(by(db, staff(acme), deps.installation), draft, "api")


def test_the_same_person_may_be_at_two_providers(deps: Dependencies, acme: NewProvider) -> None:
    other = make_provider(deps, "Globex")

    with deps.database.write() as db:
        here = sign_up(by(db, staff(acme), deps.installation), DRAFT, "api")
        there = sign_up(by(db, staff(other), deps.installation), DRAFT, "api")

    assert here.user.username == there.user.username
    assert here.account.provider_id != there.account.provider_id


def test_approving_an_api_signup_lets_its_user_in(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    update_settings(by(db, staff(acme)), {"account_approval_required": True})
    made = sign_up(by(db, staff(acme), deps.installation), DRAFT, "api")
    assert (made.account.state, made.user.state) == ("pending", "pending")

    approve_account(by(db, staff(acme)), made.account.id)

    assert (made.account.state, made.user.state) == ("approved", "active")


def test_approving_a_portal_signup_does_not_vouch_for_its_mail(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    made = sign_up(by(db, Actor.anonymous(acme.provider.id), deps.installation), DRAFT, "portal")
    issue_link(db, deps.installation, made.user, ACTIVATION)

    approve_account(by(db, staff(acme)), made.account.id)

    assert (made.account.state, made.user.state) == ("approved", "pending")
