"""Providers: made whole, under names that cross nobody's hosts."""

import pytest
from sqlmodel import Session, select

from server.actions.provider.providers import (
    NewProvider,
    create_provider,
    find_first_provider,
    provider_key_of,
)
from server.auth.actors import find_actor_by_provider_key, find_actor_by_token
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.errors import DomainError
from server.domain.permissions import EVERYTHING
from server.kit.passwords import password_matches
from tests.server.actions.conftest import kinds


def test_a_new_provider_may_start_at_once(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    here, clock = acme.provider.id, deps.installation.clock

    admin = db.get_one(User, acme.admin.id)
    assert (admin.username, admin.role, admin.state) == ("admin", "admin", "active")
    assert (admin.audience, admin.account_id) == ("provider", None)
    assert password_matches(acme.admin_password, admin.password_hash)
    by_token = find_actor_by_token(db, clock, here, "provider", acme.access_token)
    by_key = find_actor_by_provider_key(db, deps.installation, here, acme.provider_key)
    assert by_token is not None
    assert by_key is not None
    assert by_token.permissions == EVERYTHING
    assert provider_key_of(deps.installation, acme.provider) == acme.provider_key
    assert kinds(db)[0] == "provider.created"


def test_the_sample_developer_is_ready_to_call(acme: NewProvider, db: Session) -> None:
    application, user = acme.sample.application, acme.sample.user

    assert (application.state, user.state, user.username) == ("live", "active", "john")
    assert db.get_one(Account, application.account_id).state == "approved"
    assert {"proxy_config.deployed", "proxy_config.promoted"} <= set(kinds(db))


def test_only_the_first_one_is_first_and_no_two_share_a_subdomain(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    mail = "jo@acme.example"
    service_host = f"api-{acme.provider.subdomain}"

    again = [
        create_provider(db, deps.installation, name, mail).provider
        for name in ("Acme", "ACME!", "Api Acme", "Ünïcödé 株式会社", "株", "x" * 255)
    ]

    subdomains = {provider.subdomain for provider in again}
    assert len(subdomains | {acme.provider.subdomain}) == len(again) + 1
    assert service_host not in subdomains, "that is the gateway of a service"
    assert all(name.isascii() and len(name) <= 63 for name in subdomains)
    first = find_first_provider(db)
    assert first is not None
    assert first.id == acme.provider.id


@pytest.mark.parametrize(
    ("name", "mail", "field"),
    [
        (" ", "jo@acme.example", "name"),
        ("x" * 256, "jo@acme.example", "name"),
        ("Initech", "nobody", "email"),
    ],
)
def test_bad_input_makes_nothing(deps: Dependencies, name: str, mail: str, field: str) -> None:
    with pytest.raises(DomainError) as raised, deps.database.write() as db:
        create_provider(db, deps.installation, name, mail)

    assert raised.value.field == field
    with deps.database.read() as db:
        assert db.exec(select(User)).all() == []
