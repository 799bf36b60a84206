"""Access tokens: one's own, shown once, bounded in reach and time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.actions.provider.tokens import TOKENS, create_token
from server.auth.actors import actor_of_user, find_actor_by_token
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.errors import Blank, DomainError, Forbidden, Invalid, NotFound
from server.domain.events import EventKind
from server.domain.permissions import EVERYTHING, READS, Permission, Scope
from server.kit.crypto import token_digest
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import NOWHERE, event_is, refused

SOON = datetime.now(UTC) + timedelta(days=1)


def test_a_token_is_shown_once_and_stored_as_a_digest(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    admin = actor_of_user(acme.admin)
    draft = {"name": " CI ", "scopes": ["stats", "cms", "stats"], "expires_at": SOON}

    token, value = create_token(by(db, admin, deps.installation), draft)

    event_is(db, EventKind.TOKEN_CREATED, token.id, {})
    assert len(value) == 96
    assert (token.name, token.scopes, token.permission) == ("CI", ["cms", "stats"], "ro")
    assert (token.digest, token.hint) == (token_digest(value), value[-4:])
    assert token in db.exec(TOKENS.query(admin)).all()
    actor = find_actor_by_token(db, deps.installation.clock, acme.provider.id, "provider", value)
    assert actor is not None
    assert actor.permissions == READS & {
        Permission.USAGE_READ,
        Permission.SERVICES_READ,
        Permission.PORTAL_READ,
    }
    refused(by(db, actor, deps.installation), Forbidden, create_token, draft)

    TOKENS.delete(by(db, admin), token.id)
    event_is(db, EventKind.TOKEN_DELETED, token.id, {})
    assert not find_actor_by_token(db, deps.installation.clock, acme.provider.id, "provider", value)


def test_a_token_is_its_users_own(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    admin, john = actor_of_user(acme.admin), actor_of_user(acme.sample.user)
    draft = {"name": "Mine", "scopes": ["account_management"], "permission": "rw"}
    token, value = create_token(by(db, john, deps.installation), draft)

    for other in (admin, actor_of_user(globex.admin), actor_of_user(globex.sample.user)):
        refused(by(db, other), NotFound, TOKENS.delete, token.id)
        assert token not in db.exec(TOKENS.query(other)).all()
    for nowhere in NOWHERE:
        refused(by(db, john), NotFound, TOKENS.delete, nowhere)
    assert list(db.exec(TOKENS.query(john))) == [token]
    clock, here = deps.installation.clock, acme.provider.id
    assert find_actor_by_token(db, clock, here, "developer", value)
    assert find_actor_by_token(db, clock, here, "provider", value) is None
    assert find_actor_by_token(db, clock, globex.provider.id, "developer", value) is None


def test_a_token_needs_a_user_and_the_permission(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    draft = {"name": "Mine", "scopes": ["stats"]}
    reader = Actor(
        "staff", acme.provider.id, "r", EVERYTHING - {Permission.TOKENS_EDIT}, acme.admin.id
    )

    refused(by(db, staff(acme), deps.installation), Forbidden, create_token, draft)
    refused(by(db, reader, deps.installation), Forbidden, create_token, draft)
    refused(by(db, reader), Forbidden, TOKENS.delete, 1)
    with pytest.raises(Forbidden):
        TOKENS.query(reader)
    refused(
        by(db, Actor.anonymous(acme.provider.id), deps.installation), NotFound, create_token, draft
    )


def test_bad_input_names_its_field(deps: Dependencies, acme: NewProvider, db: Session) -> None:
    cases: tuple[tuple[str, object, type[DomainError]], ...] = (
        ("name", " ", Blank),
        ("name", "a\x00b", Invalid),
        ("scopes", [], Invalid),
        ("scopes", ["everything"], Invalid),
        ("scopes", [*Scope, ""], Invalid),
        ("permission", "rwx", Invalid),
        ("expires_at", SOON - timedelta(days=2), Invalid),
        ("expires_at", SOON.replace(tzinfo=None), Invalid),
    )
    for field, value, error in cases:
        values = {"name": "CI", "scopes": ["cms"], field: value}
        admin = actor_of_user(acme.admin)
        refused(by(db, admin, deps.installation), error, create_token, values, field=field)
