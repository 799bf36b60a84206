"""Users: who may add and change them, their states, their one-time links and passwords."""

from datetime import timedelta
from itertools import product

import pytest
from sqlmodel import Session, select

from server.actions.accounts.users import (
    ACTIVATION,
    LINK_LIFETIME,
    PASSWORD_RESET,
    activate_user,
    ask_password_reset,
    change_password,
    create_user,
    follow_activation,
    get_user_by_link,
    issue_link,
    repeat_signup,
    reset_password,
    suspend_user,
    unsuspend_user,
    update_user,
    users_query,
)
from server.actions.provider.providers import NewProvider
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import OneTimeToken, Proof, User, UserSession
from server.domain.errors import (
    BadToken,
    Blank,
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    PasswordNeeded,
    StateConflict,
    Taken,
)
from server.domain.events import HIDDEN, EventKind
from server.domain.permissions import Permission
from server.kit.clock import utc_now
from server.kit.passwords import password_matches
from tests.kit.make import staff
from tests.kit.work import by, proof_of
from tests.server.actions.conftest import (
    NOWHERE,
    event_is,
    guarded,
    kinds,
    newest,
    refused,
    without,
)

STATES = ("pending", "active", "suspended", "email_unverified")
MOVES = {
    activate_user: ({"pending"}, "active", EventKind.USER_ACTIVATED),
    suspend_user: (
        {"pending", "active", "email_unverified"},
        "suspended",
        EventKind.USER_SUSPENDED,
    ),
    unsuspend_user: ({"suspended"}, "active", EventKind.USER_UNSUSPENDED),
}
GOOD = "staplers are red"


def peter(account_id: int | None, /, **over: object) -> tuple[int | None, dict[str, object]]:
    """Tell what makes a further user."""
    return account_id, {"username": "peter", "email": "Peter@Initech.example", **over}


def john_in(db: Session, acme: NewProvider) -> User:
    """Find the sample developer."""
    return db.get_one(User, acme.sample.user.id)


def logged_in(db: Session, user: User) -> None:
    """Give the user a session."""
    expires = utc_now() + timedelta(hours=1)
    session = UserSession(
        provider_id=user.provider_id,
        user_id=user.id,
        digest=f"d{user.id}",
        expires_at=expires,
    )
    db.add(session)
    db.flush()


def sessions(db: Session, user: User) -> int:
    """Count the user's sessions."""
    return len(db.exec(select(UserSession).where(UserSession.user_id == user.id)).all())


def test_each_state_knows_its_events_and_no_others(acme: NewProvider, db: Session) -> None:
    user = john_in(db, acme)

    for (act, (sources, target, kind)), state in product(MOVES.items(), STATES):
        user.state = state
        if state in sources:
            assert act(by(db, staff(acme)), user.id).state == target
            event_is(db, kind, user.id, {"state": [state, target]})
        else:
            refused(by(db, staff(acme)), StateConflict, act, user.id)


def test_users_have_their_permission_and_their_provider(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    john, admin = acme.sample.user, acme.admin.id

    guarded(
        db,
        (acme, globex),
        Permission.ACCOUNTS_EDIT,
        *((act, john.id) for act in MOVES),
        (update_user, john.id, {"first_name": "Jo"}),
        (create_user, *peter(john.account_id)),
    )
    guarded(
        db,
        (acme, globex),
        Permission.SETTINGS_EDIT,
        *((act, admin) for act in MOVES),
        (update_user, admin, {"first_name": "Jo"}),
    )
    refused(by(db, without(acme, Permission.SETTINGS_EDIT)), Forbidden, create_user, *peter(None))
    for act, nowhere in product(MOVES, NOWHERE):
        refused(by(db, staff(acme)), NotFound, act, nowhere, field="id")


def test_a_developer_adds_to_his_own_account_and_to_no_other(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    john = actor_of_user(acme.sample.user)

    made = create_user(by(db, john), *peter(john.account_id))

    assert (made.state, made.role, made.email) == ("pending", "member", "peter@initech.example")
    assert (made.audience, made.password_hash) == ("developer", "")
    event_is(db, EventKind.USER_CREATED, made.id)
    assert {user.id for user in db.exec(users_query(john))} == {john.user_id, made.id}
    member = actor_of_user(made)
    refused(by(db, member), Forbidden, create_user, *peter(john.account_id, username="paul"))
    refused(by(db, john), NotFound, create_user, *peter(None))
    refused(by(db, john), NotFound, create_user, *peter(globex.sample.user.account_id))


def test_staff_with_a_password_may_start_at_once(acme: NewProvider, db: Session) -> None:
    made = create_user(by(db, staff(acme)), *peter(None, password=GOOD, role="admin"))

    assert (made.state, made.audience, made.account_id) == ("active", "provider", None)
    assert password_matches(GOOD, made.password_hash)


def test_bad_input_names_its_field(acme: NewProvider, db: Session) -> None:
    cases: tuple[tuple[str, str, type[DomainError]], ...] = (
        ("username", "no", Invalid),
        ("username", "x" * 41, Invalid),
        ("username", ".dot", Invalid),
        ("username", "sp ace", Invalid),
        ("username", " ", Blank),
        ("username", "john", Taken),
        ("email", "nobody", Invalid),
        ("email", "a@b@c", Invalid),
        ("email", "a@b..c", Invalid),
        ("email", "", Blank),
        ("email", "ADMIN+test@acme.example", Taken),
        ("role", "owner", Invalid),
        ("password", "short", Invalid),
        ("password", "x" * 257, Invalid),
        ("first_name", "a\x00b", Invalid),
    )
    for field, value, error in cases:
        draft = peter(acme.sample.user.account_id, **{field: value})
        refused(by(db, staff(acme)), error, create_user, *draft, field=field)


def test_a_user_is_created_of_what_text_or_json_says(acme: NewProvider, db: Session) -> None:
    values = {"first_name": None, "last_name": 42, "password": None, "role": ""}

    made = create_user(by(db, staff(acme)), *peter(acme.sample.user.account_id, **values))

    assert (made.first_name, made.last_name, made.password_hash) == ("", "42", "")
    assert (made.role, made.state) == ("member", "pending")
    for field in ("account_id", "state", "provider_id", "password_hash"):
        draft = peter(acme.sample.user.account_id, **{field: "x"})
        refused(by(db, staff(acme)), Invalid, create_user, *draft, field=field)


def test_a_user_changes_himself_but_not_his_role(acme: NewProvider, db: Session) -> None:
    made = create_user(by(db, staff(acme)), *peter(acme.sample.user.account_id, password=GOOD))
    himself = actor_of_user(made)

    changes = {"username": "pete", "first_name": "Pete"}
    update_user(by(db, himself), made.id, changes, proof_of(made))

    told: dict[str, object] = {"username": ["peter", "pete"], "first_name": ["", "Pete"]}
    event_is(db, EventKind.USER_UPDATED, made.id, told)
    refused(by(db, himself), Forbidden, update_user, made.id, {"role": "admin"})
    refused(by(db, himself), Forbidden, update_user, acme.sample.user.id, {"first_name": "x"})
    for field, value in (("username", "john"), ("email", "admin+test@acme.example")):
        wanted, proof = {field: value}, proof_of(made)
        refused(by(db, himself), Taken, update_user, made.id, wanted, proof, field=field)
    for field in ("state", "password_hash", "account_id", "provider_id", "audience"):
        refused(by(db, staff(acme)), Invalid, update_user, made.id, {field: "x"}, field=field)


def test_who_is_suspended_is_out_at_once_and_nobody_locks_himself_out(
    acme: NewProvider, db: Session
) -> None:
    user = john_in(db, acme)
    logged_in(db, user)

    refused(by(db, actor_of_user(user)), Conflict, suspend_user, user.id)
    assert sessions(db, user) == 1
    suspend_user(by(db, staff(acme)), user.id)

    assert sessions(db, user) == 0


def test_a_link_holds_once_for_a_day_for_its_purpose_at_its_provider(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    user, here = john_in(db, acme), acme.provider.id
    first = issue_link(db, deps.installation, user, PASSWORD_RESET)
    token = issue_link(db, deps.installation, user, PASSWORD_RESET)
    assert get_user_by_link(db, deps.installation, here, PASSWORD_RESET, token) is user

    for provider_id, purpose, value in (
        (here, PASSWORD_RESET, first),
        (here, PASSWORD_RESET, ""),
        (here, PASSWORD_RESET, "a\x00b"),
        (here, ACTIVATION, token),
        (globex.provider.id, PASSWORD_RESET, token),
    ):
        refused(db, BadToken, get_user_by_link, deps.installation, provider_id, purpose, value)
    row = db.exec(select(OneTimeToken)).one()
    assert token not in (row.digest, row.purpose)
    row.expires_at -= LINK_LIFETIME
    refused(db, BadToken, get_user_by_link, deps.installation, here, PASSWORD_RESET, token)


def test_a_bad_password_leaves_the_link_and_a_good_one_ends_all_sessions(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    user, here = john_in(db, acme), acme.provider.id
    logged_in(db, user)
    token = issue_link(db, deps.installation, user, PASSWORD_RESET)

    refused(db, Invalid, reset_password, deps.installation, here, token, "short", field="password")
    reset_password(db, deps.installation, here, token, GOOD)

    assert password_matches(GOOD, user.password_hash)
    assert sessions(db, user) == 0
    event_is(db, EventKind.PASSWORD_CHANGED, user.id, {"password": [HIDDEN, HIDDEN]})
    refused(db, BadToken, reset_password, deps.installation, here, token, GOOD)


def test_changing_a_password_wants_the_old_one(acme: NewProvider, db: Session) -> None:
    user, john = john_in(db, acme), actor_of_user(acme.sample.user)
    logged_in(db, user)
    own, others = proof_of(user), proof_of(db.get_one(User, acme.admin.id))

    for proof in (None, others, Proof(user.id, "an older one")):
        wanted = "current_password"
        refused(by(db, john), PasswordNeeded, change_password, proof, GOOD, field=wanted)
    refused(by(db, john), Invalid, change_password, own, "short", field="password")
    refused(by(db, staff(acme)), NotFound, change_password, own, GOOD)
    change_password(by(db, john), own, GOOD)

    assert sessions(db, user) == 0
    event_is(db, EventKind.PASSWORD_CHANGED, user.id)


def test_what_can_be_no_mail_address_is_not_noted(acme: NewProvider, db: Session) -> None:
    before = kinds(db)

    for email in ("nobody", "", "a\x00b@c.example", "\ud800@c.d", f"{'x' * 300}@c.example"):
        ask_password_reset(by(db, staff(acme)), "developer", email)
        repeat_signup(by(db, staff(acme)), email)

    assert kinds(db) == before


@pytest.mark.parametrize("email", ["admin+test@acme.example", "nobody@acme.example"])
def test_a_known_mail_address_is_noted_as_any_other(
    acme: NewProvider, db: Session, email: str
) -> None:
    facts = {"audience": "developer", "email": email}

    for ask, kind in (
        (
            lambda work, typed: ask_password_reset(work, "developer", typed),
            EventKind.PASSWORD_RESET_ASKED,
        ),
        (repeat_signup, EventKind.SIGNUP_REPEATED),
    ):
        ask(by(db, staff(acme)), f" {email.upper()} ")
        told = newest(db)
        assert (told.kind, told.subject_id, told.account_id) == (kind, None, None)
        assert (told.payload, told.facts) == ({}, facts)


def test_an_activation_link_is_spent_by_its_first_use(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    made = create_user(by(db, staff(acme)), *peter(acme.sample.user.account_id))
    token = issue_link(db, deps.installation, made, ACTIVATION)

    assert follow_activation(db, deps.installation, acme.provider.id, token).state == "active"

    event_is(db, EventKind.USER_ACTIVATED, made.id)
    refused(db, BadToken, follow_activation, deps.installation, acme.provider.id, token)
