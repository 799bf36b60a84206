"""Credentials: sealed at rest, unique, bounded in number, dead when replaced."""

import pytest
from sqlmodel import Session

from server.actions.keys import add_key, delete_key, keys_of, replace_user_key, user_key_of
from server.actions.providers import NewProvider
from server.actions.proxies import update_proxy
from server.actions.services import update_service
from server.auth.actors import actor_of_user
from server.auth.site import Site
from server.domain.applications import MOST_KEYS
from server.domain.errors import Forbidden, Invalid, KeyLimitReached, LastKey, Taken
from tests.kit.make import staff


def test_a_user_key_is_not_stored_in_clear(site: Site, acme: NewProvider) -> None:
    application = acme.sample.application

    key = user_key_of(site.installation.vault, application)

    assert len(key) == 32
    assert key.encode() not in application.user_key_sealed + application.user_key_digest


def test_a_replaced_user_key_is_another_one(site: Site, acme: NewProvider, db: Session) -> None:
    before = user_key_of(site.installation.vault, acme.sample.application)

    application, key = replace_user_key(
        db, staff(acme), site.installation, acme.sample.application.id
    )

    assert key != before
    assert user_key_of(site.installation.vault, application) == key


def test_an_application_holds_at_most_five_keys(site: Site, acme: NewProvider, db: Session) -> None:
    number = acme.sample.application.id
    for _ in range(MOST_KEYS):
        add_key(db, staff(acme), site.installation, number)

    with pytest.raises(KeyLimitReached):
        add_key(db, staff(acme), site.installation, number)

    assert len(keys_of(db, number)) == MOST_KEYS


@pytest.mark.parametrize("key", ["abcd", "with space", "ümlaut", "x" * 256])
def test_a_chosen_key_has_rules(site: Site, acme: NewProvider, db: Session, key: str) -> None:
    with pytest.raises(Invalid):
        add_key(db, staff(acme), site.installation, acme.sample.application.id, key)


def test_the_same_key_twice_is_refused(site: Site, acme: NewProvider, db: Session) -> None:
    number = acme.sample.application.id
    add_key(db, staff(acme), site.installation, number, "correct-horse")

    with pytest.raises(Taken):
        add_key(db, staff(acme), site.installation, number, "correct-horse")


def test_a_developer_keeps_his_last_mandatory_key(
    site: Site, acme: NewProvider, db: Session
) -> None:
    number, john = acme.sample.application.id, actor_of_user(acme.sample.user)
    changes = {"backend_version": "2"}
    update_proxy(db, staff(acme), site.installation, acme.sample.service.id, changes)
    key, _ = add_key(db, john, site.installation, number)

    with pytest.raises(LastKey):
        delete_key(db, john, number, key.id)

    delete_key(db, staff(acme), number, key.id)
    assert keys_of(db, number) == []


def test_where_keys_are_the_providers_matter_developers_get_no_say(
    site: Site, acme: NewProvider, db: Session
) -> None:
    number, john = acme.sample.application.id, actor_of_user(acme.sample.user)
    flags = {
        "buyers_manage_keys": False,
        "buyer_key_regenerate_enabled": False,
        "custom_keys_enabled": False,
    }
    update_service(db, staff(acme), acme.sample.service.id, flags)

    with pytest.raises(Forbidden):
        add_key(db, john, site.installation, number)
    with pytest.raises(Forbidden):
        replace_user_key(db, john, site.installation, number)
