"""Sessions: who gets one, which cookie is recognised, and for how long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.auth.sessions import (
    ABSOLUTE_LIFETIME,
    IDLE_LIFETIME,
    TOUCH_EVERY,
    WAITING,
    Login,
    find_login,
    log_out,
    open_session,
    touch,
)
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User, UserSession
from server.domain.errors import BadCredentials, NotActive
from server.domain.events import EventKind, EventRecord
from server.kit.clock import FixedClock
from server.kit.crypto import token_digest
from tests.kit.logins import logged_in
from tests.kit.make import make_deps

SECOND = timedelta(seconds=1)


@dataclass
class Stage:
    """A provider, its sample developer, and a clock that the test moves."""

    db: Session
    deps: Dependencies
    acme: NewProvider
    clock: FixedClock

    @property
    def john(self) -> User:
        """Find the sample developer."""
        return self.db.get_one(User, self.acme.sample.user.id)

    @property
    def account(self) -> Account:
        """Find his account."""
        return self.db.get_one(Account, self.john.account_id)

    def log_in(self, name: str, password: str | None = None, audience: str = "developer") -> Login:
        """Log in with the sample developer's password, or another."""
        typed = self.acme.sample.password if password is None else password
        provider_id = self.acme.provider.id
        return logged_in(self.db, self.deps, (provider_id, audience), name, typed)

    def open(self, user: User | None = None) -> Login:
        """Open a session of the sample developer, or of somebody else."""
        login = open_session(self.db, self.deps.installation, user or self.john)
        self.db.flush()
        return login

    def find(self, token: str, audience: str = "developer", elsewhere: int = 0) -> Login | None:
        """Recognise a cookie."""
        provider_id = self.acme.provider.id + elsewhere
        return find_login(self.db, self.deps.installation, provider_id, audience, token)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime.now(UTC))  # the provider is made now


@pytest.fixture
def deps(tmp_path: Path, migrated_url: str, clock: FixedClock) -> Iterator[Dependencies]:
    """Make a site whose clock the test moves."""
    deps = make_deps(tmp_path, url=migrated_url, clock=clock)
    yield deps
    deps.database.close()


@pytest.fixture
def stage(db: Session, deps: Dependencies, acme: NewProvider, clock: FixedClock) -> Stage:
    return Stage(db, deps, acme, clock)


@pytest.fixture
def login(stage: Stage) -> Login:
    """Open a session of the sample developer."""
    return stage.open()


@pytest.mark.parametrize("name", ["john", " john ", "{mail}", "{MAIL}"])
def test_name_and_mail_address_log_in(stage: Stage, name: str) -> None:
    name = name.replace("{mail}", stage.john.email).replace("{MAIL}", stage.john.email.upper())

    login = stage.log_in(name)

    assert login.user.id == stage.john.id
    assert login.actor.account_id == stage.john.account_id
    told = stage.db.exec(
        select(EventRecord).where(EventRecord.kind == EventKind.USER_LOGGED_IN)
    ).one()
    assert (told.user_id, told.account_id) == (stage.john.id, stage.john.account_id)


def test_a_username_may_be_the_mail_address_of_nobody(stage: Stage) -> None:
    stage.john.username = "me@home.example"
    stage.db.flush()

    assert stage.log_in("me@home.example").user.id == stage.john.id


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("john", "wrong"),
        ("john", ""),
        ("JOHN", "{password}"),
        ("nobody", "{password}"),
        ("nobody@dev.example", "{password}"),
        ("", "{password}"),
        ("john\x00", "{password}"),
        ("\ud800", "{password}"),
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(stage: Stage, name: str, password: str) -> None:
    password = password.replace("{password}", stage.acme.sample.password)

    with pytest.raises(BadCredentials) as refused:
        stage.log_in(name, password)

    assert str(refused.value) == str(BadCredentials())
    assert stage.db.exec(select(UserSession)).all() == []


def test_the_two_sides_and_two_providers_have_users_of_their_own(stage: Stage) -> None:
    with pytest.raises(BadCredentials):
        stage.log_in("john", audience="provider")
    with pytest.raises(BadCredentials):
        stage.log_in(stage.acme.admin.username, stage.acme.admin_password, "developer")

    elsewhere = stage.acme.provider.id + 1
    password = stage.acme.sample.password
    with pytest.raises(BadCredentials):
        logged_in(stage.db, stage.deps, (elsewhere, "developer"), "john", password)

    staff = stage.log_in(stage.acme.admin.username, stage.acme.admin_password, "provider")
    assert (staff.user.id, staff.actor.kind) == (stage.acme.admin.id, "staff")


@pytest.mark.parametrize("state", WAITING)
def test_who_knows_the_password_is_told_what_an_account_waits_for(stage: Stage, state: str) -> None:
    stage.account.state = state

    with pytest.raises(NotActive, match=WAITING[state]):
        stage.log_in("john")
    with pytest.raises(BadCredentials):
        stage.log_in("john", "wrong")


@pytest.mark.parametrize(
    ("state", "words"), [("pending", "Follow the link"), ("suspended", "Your user is suspended.")]
)
def test_who_knows_the_password_is_told_what_is_with_the_user(
    stage: Stage, state: str, words: str
) -> None:
    stage.john.state = state

    with pytest.raises(NotActive, match=words):
        stage.log_in("john")


def test_a_cookie_is_kept_as_a_digest_only(stage: Stage, login: Login) -> None:
    stored = stage.db.exec(select(UserSession)).one()

    assert stored.digest == token_digest(login.token)
    assert login.token not in str(stored.model_dump())


def test_a_cookie_tells_who_and_which_session_it_is(stage: Stage, login: Login) -> None:
    found = stage.find(login.token)

    assert found is not None
    assert (found.user.id, found.session.id) == (stage.john.id, login.session.id)
    assert found.account is not None
    assert found.account.id == stage.john.account_id
    assert found.actor == login.actor
    assert found.token == ""


def test_sessions_have_tokens_of_their_own(stage: Stage) -> None:
    first, second = stage.open(), stage.open()

    assert len({first.token, second.token}) == 2
    assert len({first.session.digest, second.session.digest}) == 2
    assert len(first.token) == 64


def test_a_cookie_opens_nothing_elsewhere(stage: Stage, login: Login) -> None:
    assert stage.find(login.token, "provider") is None
    assert stage.find(login.token, elsewhere=1) is None
    for token in ("", "x", login.token[:-1], login.session.digest):
        assert stage.find(token) is None


@pytest.mark.parametrize(
    ("away", "is_open"),
    [(IDLE_LIFETIME, True), (IDLE_LIFETIME + SECOND, False)],
)
def test_a_session_that_nobody_uses_ends(
    stage: Stage, login: Login, away: timedelta, is_open: bool
) -> None:
    stage.clock.at = login.session.last_seen_at + away

    assert (stage.find(login.token) is not None) is is_open


@pytest.mark.parametrize(
    ("age", "is_open"),
    [(ABSOLUTE_LIFETIME - SECOND, True), (ABSOLUTE_LIFETIME, False)],
)
def test_a_session_ends_however_much_it_is_used(
    stage: Stage, login: Login, age: timedelta, is_open: bool
) -> None:
    stage.clock.advance(age)
    login.session.last_seen_at = stage.clock.now()

    assert (stage.find(login.token) is not None) is is_open


@pytest.mark.parametrize("state", ["suspended", "pending"])
def test_a_suspended_user_is_out_at_once(stage: Stage, login: Login, state: str) -> None:
    stage.john.state = state

    assert stage.find(login.token) is None


@pytest.mark.parametrize("state", WAITING)
def test_the_users_of_an_account_that_waits_are_out_at_once(
    stage: Stage, login: Login, state: str
) -> None:
    stage.account.state = state

    assert stage.find(login.token) is None


@pytest.mark.parametrize(
    ("later", "is_noted"), [(TOUCH_EVERY, False), (TOUCH_EVERY + SECOND, True)]
)
def test_use_is_noted_only_every_few_minutes(
    stage: Stage, login: Login, later: timedelta, is_noted: bool
) -> None:
    before = login.session.last_seen_at
    stage.clock.at = before + later

    touch(stage.db, stage.deps.installation, login)

    assert login.session.last_seen_at == (stage.clock.now() if is_noted else before)


def test_logging_out_ends_one_session(stage: Stage, login: Login) -> None:
    other = stage.open()

    log_out(stage.db, login.token)
    log_out(stage.db, "nobody's")

    assert stage.find(login.token) is None
    assert stage.find(other.token) is not None


def test_a_member_of_the_staff_has_no_account(stage: Stage) -> None:
    login = stage.open(stage.db.get_one(User, stage.acme.admin.id))

    found = stage.find(login.token, "provider")

    assert found is not None
    assert found.account is None
