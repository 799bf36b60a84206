"""Actors: what a role, a token or the provider's key may do, and when it means nobody."""

from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.auth.actors import actor_of_user, find_actor_by_provider_key, find_actor_by_token
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.permissions import (
    EVERYTHING,
    OF_DEVELOPER_ROLE,
    OF_STAFF_ROLE,
    READS,
    Permission,
    Role,
)
from server.domain.provider.providers import Provider
from server.domain.provider.tokens import AccessToken
from server.kit.crypto import token_digest

VALUE = "a value of a token"
OTHERS_OF_STATS = {Permission.USAGE_READ, Permission.SERVICES_READ}
PORTAL = {Permission.PORTAL_READ, Permission.PORTAL_EDIT}
MANAGED = EVERYTHING - {
    Permission.USAGE_READ,
    Permission.POLICIES_READ,
    Permission.POLICIES_EDIT,
}


def add_token(db: Session, user: User, **over: Any) -> AccessToken:
    """Store a token of a user."""
    fields: dict[str, Any] = {"scopes": ["account_management"], "permission": "rw", **over}
    token = AccessToken(
        provider_id=user.provider_id,
        user_id=user.id,
        name="test",
        digest=token_digest(VALUE),
        hint="",
        **fields,
    )
    db.add(token)
    db.flush()
    return token


def means(
    db: Session,
    deps: Dependencies,
    acme: NewProvider,
    audience: str = "provider",
    value: str = VALUE,
) -> AbstractSet[Permission] | None:
    """Tell what the token may do here; None when it means nobody."""
    clock = deps.installation.clock
    actor = find_actor_by_token(db, clock, acme.provider.id, audience, value)
    return None if actor is None else actor.permissions


@pytest.mark.parametrize("role", Role)
def test_a_role_gives_what_its_side_gives_it(db: Session, acme: NewProvider, role: Role) -> None:
    staff, john = db.get_one(User, acme.admin.id), db.get_one(User, acme.sample.user.id)
    staff.role = john.role = role

    ours, theirs = actor_of_user(staff), actor_of_user(john)

    assert (ours.kind, ours.permissions, ours.account_id) == ("staff", OF_STAFF_ROLE[role], None)
    assert (theirs.kind, theirs.permissions) == ("developer", OF_DEVELOPER_ROLE[role])
    assert (theirs.user_id, theirs.account_id) == (john.id, john.account_id)
    assert (ours.name, ours.user_id) == (staff.username, staff.id)


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ((["account_management"], "rw"), MANAGED),
        ((["account_management"], "ro"), MANAGED & READS),
        ((["stats"], "rw"), OTHERS_OF_STATS),
        ((["cms"], "rw"), PORTAL),
        ((["cms"], "ro"), {Permission.PORTAL_READ}),
        ((["cms", "stats"], "ro"), {Permission.PORTAL_READ, *OTHERS_OF_STATS}),
        (([], "rw"), set()),
    ],
)
def test_a_token_may_what_its_scopes_and_its_user_may(
    db: Session,
    deps: Dependencies,
    acme: NewProvider,
    given: tuple[list[str], str],
    allowed: AbstractSet[Permission],
) -> None:
    admin = db.get_one(User, acme.admin.id)
    add_token(db, admin, scopes=given[0], permission=given[1])

    assert means(db, deps, acme) == allowed
    admin.role = Role.MEMBER
    assert means(db, deps, acme) == allowed & OF_STAFF_ROLE[Role.MEMBER]


def test_a_developers_token_stays_in_his_account(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    john = db.get_one(User, acme.sample.user.id)
    add_token(db, john)

    actor = find_actor_by_token(db, deps.installation.clock, acme.provider.id, "developer", VALUE)

    assert actor is not None
    assert (actor.kind, actor.user_id, actor.account_id) == ("developer", john.id, john.account_id)
    assert actor.permissions <= OF_DEVELOPER_ROLE[Role(john.role)]
    assert means(db, deps, acme, "provider") is None
    db.get_one(Account, john.account_id).state = "suspended"
    assert means(db, deps, acme, "developer") is None


@pytest.mark.parametrize(
    "value", ["", "x", VALUE.upper(), f"{VALUE} ", token_digest(VALUE), "\ud800"]
)
def test_another_value_means_nobody(
    db: Session, deps: Dependencies, acme: NewProvider, value: str
) -> None:
    add_token(db, db.get_one(User, acme.admin.id))

    assert means(db, deps, acme, value=value) is None


def test_a_token_means_nobody_at_another_provider_or_on_the_other_side(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    add_token(db, db.get_one(User, acme.admin.id))

    clock, elsewhere = deps.installation.clock, acme.provider.id + 1
    assert find_actor_by_token(db, clock, elsewhere, "provider", VALUE) is None
    assert means(db, deps, acme, "developer") is None


@pytest.mark.parametrize(("left_s", "is_good"), [(0, False), (-1, False), (60, True)])
def test_an_expired_token_means_nobody(
    db: Session, deps: Dependencies, acme: NewProvider, left_s: int, is_good: bool
) -> None:
    expires_at = deps.installation.clock.now() + timedelta(seconds=left_s)
    add_token(db, db.get_one(User, acme.admin.id), expires_at=expires_at)

    assert (means(db, deps, acme) is not None) is is_good


@pytest.mark.parametrize("state", ["pending", "suspended"])
def test_a_token_goes_with_its_user(
    db: Session, deps: Dependencies, acme: NewProvider, state: str
) -> None:
    admin = db.get_one(User, acme.admin.id)
    add_token(db, admin)

    admin.state = state

    assert means(db, deps, acme) is None


def test_the_providers_key_may_do_everything_at_its_own_provider(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    found = find_actor_by_provider_key(db, deps.installation, acme.provider.id, acme.provider_key)

    assert found is not None
    assert (found.kind, found.provider_id) == ("provider_key", acme.provider.id)
    assert found.permissions == EVERYTHING
    assert found.user_id is found.account_id is None
    elsewhere = acme.provider.id + 1
    assert find_actor_by_provider_key(db, deps.installation, elsewhere, acme.provider_key) is None


@pytest.mark.parametrize("key", ["", "x", "{key}x", "{KEY}", "\ud800"])
def test_another_key_means_nobody(
    db: Session, deps: Dependencies, acme: NewProvider, key: str
) -> None:
    key = key.replace("{key}", acme.provider_key).replace("{KEY}", acme.provider_key.upper())

    assert find_actor_by_provider_key(db, deps.installation, acme.provider.id, key) is None


@pytest.mark.parametrize("state", ["suspended", "created"])
def test_the_key_of_a_provider_that_is_not_approved_means_nobody(
    db: Session, deps: Dependencies, acme: NewProvider, state: str
) -> None:
    db.get_one(Provider, acme.provider.id).state = state
    db.flush()

    key = acme.provider_key
    assert find_actor_by_provider_key(db, deps.installation, acme.provider.id, key) is None
