"""Legal texts: each change is a version, and nobody goes on without the one of today."""

from typing import Any

import pytest
from sqlmodel import Session, select

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.applications.applications import create_application
from server.actions.portal.legal import accept_terms, find_terms, list_terms
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.actors import actor_of_user
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.errors import DomainError, Invalid
from server.domain.portal.legal import TermsAcceptance, TermsKind
from tests.kit.make import staff
from tests.kit.work import by


def say(db: Session, acme: NewProvider, **texts: str) -> None:
    update_settings(by(db, staff(acme)), texts)


def test_each_change_is_a_version_and_the_newest_holds(db: Session, acme: NewProvider) -> None:
    for text in ("First.", "First.", "Second."):
        say(db, acme, signup_licence=text)

    terms = find_terms(db, acme.provider.id, TermsKind.SIGNUP)

    assert terms
    assert (terms.version, terms.text) == (2, "Second.")
    say(db, acme, signup_licence="")
    assert find_terms(db, acme.provider.id, TermsKind.SIGNUP) is None
    assert list_terms(db, acme.provider.id)["signup_licence"] == ""


def signup(db: Session, acme: NewProvider, accepted: int | None) -> Any:
    draft = NewSignup(
        org_name="Initech",
        username="peter",
        email="peter@initech.example",
        password="correct horse battery",
        accepted_terms=accepted,
    )
    return sign_up(by(db, Actor.anonymous(acme.provider.id)), draft, "portal")


@pytest.mark.parametrize("accepted", [None, 1, 3])
def test_who_does_not_accept_todays_version_does_not_sign_up(
    db: Session, acme: NewProvider, accepted: int | None
) -> None:
    say(db, acme, signup_licence="First.")
    say(db, acme, signup_licence="Second.")

    with pytest.raises(DomainError) as refusal:
        signup(db, acme, accepted)

    assert refusal.value.field == "accepted_terms"


def test_a_signup_notes_which_version_was_accepted_and_when(db: Session, acme: NewProvider) -> None:
    say(db, acme, signup_licence="First.")

    account = signup(db, acme, 1).account

    noted = db.exec(select(TermsAcceptance)).one()
    assert noted.account_id == account.id
    assert noted.accepted_at.tzinfo is not None
    by_staff = NewSignup(org_name="No", username="nobody", email="no@x.example")
    assert sign_up(by(db, staff(acme)), by_staff, "provider").account.org_name == "No"


def test_an_application_waits_until_its_account_has_accepted(
    db: Session, acme: NewProvider
) -> None:
    say(db, acme, new_application_licence="Be nice.")
    john = by(db, actor_of_user(db.get_one(User, acme.sample.user.id)))
    account = db.get_one(Account, acme.sample.user.account_id)
    plan_id = acme.sample.application.plan_id

    def create() -> object:
        return create_application(john, account.id, plan_id, {"name": "New"}, origin="portal")

    with pytest.raises(Invalid, match="must be accepted"):
        create()
    accept_terms(john, TermsKind.APPLICATION, account, 1)
    assert create()
    say(db, acme, new_application_licence="Be nicer.")
    with pytest.raises(Invalid):
        create()
    with pytest.raises(Invalid, match="changed meanwhile"):
        accept_terms(john, TermsKind.APPLICATION, account, 1)
