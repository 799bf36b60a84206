"""Signing up openly: the answer tells nobody which mail addresses are known."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from server.actions.accounts.open_signup import sign_up_openly
from server.actions.accounts.signup import NewSignup
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.errors import Invalid, SignupDisabled, Taken
from server.domain.events import EventKind
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import kinds, newest, refused

DRAFT = NewSignup(
    org_name="Initech", username="peter", email="peter@initech.example", password="staplers are red"
)


def test_a_new_address_gets_an_account(deps: Dependencies, acme: NewProvider, db: Session) -> None:
    sign_up_openly(by(db, Actor.anonymous(acme.provider.id), deps.installation), DRAFT)

    user = db.exec(select(User).where(User.email == DRAFT.email)).one()
    assert (user.username, user.state) == ("peter", "pending")
    assert EventKind.USER_SIGNED_UP in kinds(db)


@pytest.mark.parametrize("spelling", [str, str.upper, " {} ".format])
def test_a_known_address_is_no_refusal_and_makes_nothing_but_a_mail(
    deps: Dependencies, acme: NewProvider, db: Session, spelling: Callable[[str], str]
) -> None:
    known = acme.sample.user
    email = spelling(known.email)
    before = len(db.exec(select(Account)).all())

    draft = replace(DRAFT, email=email)
    sign_up_openly(by(db, Actor.anonymous(acme.provider.id), deps.installation), draft)

    told = newest(db)
    assert (told.kind, told.facts["email"]) == (EventKind.SIGNUP_REPEATED, known.email)
    assert EventKind.ACCOUNT_CREATED not in kinds(db)[-2:]
    assert db.info["events"][-1] is told
    assert len(db.info["events"]) == 1
    assert len(db.exec(select(Account)).all()) == before
    assert db.exec(select(User).where(User.username == "peter")).first() is None


def test_all_else_is_refused_as_ever(deps: Dependencies, acme: NewProvider, db: Session) -> None:
    visitor = by(db, Actor.anonymous(acme.provider.id), deps.installation)
    known = acme.sample.user.username

    refused(visitor, Taken, sign_up_openly, replace(DRAFT, username=known), field="username")
    refused(visitor, Invalid, sign_up_openly, replace(DRAFT, password="x"), field="password")
    update_settings(by(db, staff(acme)), {"signups_enabled": False})
    refused(visitor, SignupDisabled, sign_up_openly, DRAFT)
