"""Credentials: sealed at rest, unique, bounded in number, dead when replaced."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from server.actions.applications.applications import create_application
from server.actions.applications.keys import (
    add_key,
    delete_key,
    end_old_user_key,
    list_keys,
    replace_user_key,
    rotate_key,
    user_key_of,
)
from server.actions.provider.providers import NewProvider
from server.actions.services.proxies import update_proxy
from server.actions.services.services import update_service
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.applications.applications import MOST_KEYS
from server.domain.errors import Forbidden, Invalid, KeyLimitReached, LastKey, NotFound, Taken
from server.domain.events import HIDDEN, EventKind
from server.domain.permissions import Permission
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import NOWHERE, event_is, guarded, refused


def test_a_user_key_is_not_stored_in_clear(deps: Dependencies, acme: NewProvider) -> None:
    application = acme.sample.application

    key = user_key_of(deps.installation.vault, application)

    assert len(key) == 32
    assert key.encode() not in application.user_key_sealed + application.user_key_digest


def test_a_replaced_user_key_is_another_one(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    before = user_key_of(deps.installation.vault, acme.sample.application)

    application, key = replace_user_key(
        by(db, staff(acme), deps.installation), acme.sample.application.id
    )

    assert key != before
    assert user_key_of(deps.installation.vault, application) == key


def test_an_application_holds_at_most_five_keys(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    number = acme.sample.application.id
    for _ in range(MOST_KEYS):
        add_key(by(db, staff(acme), deps.installation), number)

    with pytest.raises(KeyLimitReached):
        add_key(by(db, staff(acme), deps.installation), number)

    assert len(list_keys(db, number)) == MOST_KEYS


@pytest.mark.parametrize("key", ["abcd", "with space", "ümlaut", "x" * 256])
def test_a_chosen_key_has_rules(
    deps: Dependencies, acme: NewProvider, db: Session, key: str
) -> None:
    with pytest.raises(Invalid):
        add_key(by(db, staff(acme), deps.installation), acme.sample.application.id, key)


def test_the_same_key_twice_is_refused(deps: Dependencies, acme: NewProvider, db: Session) -> None:
    number = acme.sample.application.id
    add_key(by(db, staff(acme), deps.installation), number, "correct-horse")

    with pytest.raises(Taken):
        add_key(by(db, staff(acme), deps.installation), number, "correct-horse")


def test_a_developer_keeps_his_last_mandatory_key(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    number, john = acme.sample.application.id, actor_of_user(acme.sample.user)
    changes = {"backend_version": "2"}
    update_proxy(by(db, staff(acme), deps.installation), acme.sample.service.id, changes)
    key, _ = add_key(by(db, john, deps.installation), number)

    with pytest.raises(LastKey):
        delete_key(by(db, john), number, key.id)

    delete_key(by(db, staff(acme)), number, key.id)
    assert list_keys(db, number) == []


def test_where_keys_are_the_providers_matter_developers_get_no_say(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    number, john = acme.sample.application.id, actor_of_user(acme.sample.user)
    flags = {
        "buyers_manage_keys": False,
        "buyer_key_regenerate_enabled": False,
        "custom_keys_enabled": False,
    }
    update_service(by(db, staff(acme)), acme.sample.service.id, flags)

    with pytest.raises(Forbidden):
        add_key(by(db, john, deps.installation), number)
    with pytest.raises(Forbidden):
        replace_user_key(by(db, john, deps.installation), number)


def test_keys_differ_in_more_than_their_case(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    number = acme.sample.application.id
    add_key(by(db, staff(acme), deps.installation), number, "Correct-Horse")

    refused(by(db, staff(acme), deps.installation), Taken, add_key, number, "correct-HORSE")


def test_keys_have_their_permission_and_their_provider(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    number = acme.sample.application.id
    key, _ = add_key(by(db, staff(acme), deps.installation), number, "correct-horse")
    event_is(db, EventKind.KEY_CREATED, number, {})

    guarded(
        db,
        (acme, globex),
        Permission.APPLICATIONS_EDIT,
        (add_key, number),
        (replace_user_key, number),
        (delete_key, number, key.id),
    )
    foreign, _ = add_key(by(db, staff(globex), deps.installation), globex.sample.application.id)
    for nowhere in (*NOWHERE, foreign.id):
        refused(by(db, staff(acme)), NotFound, delete_key, number, nowhere, field="key")
    for nowhere in NOWHERE:
        refused(by(db, staff(acme), deps.installation), NotFound, add_key, nowhere, field="id")
    delete_key(by(db, staff(acme)), number, key.id)
    event_is(db, EventKind.KEY_DELETED, number, {})


def test_a_chosen_user_key_is_unique_within_its_service(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    actor, number = staff(acme), acme.sample.application.id
    sample, values = acme.sample.application, {"name": "Second", "user_key": "Zm9v+/=="}
    second = create_application(
        by(db, actor, deps.installation), sample.account_id, sample.plan_id, values
    )
    assert user_key_of(deps.installation.vault, second) == "Zm9v+/=="

    for key, error in (
        ("Zm9v+/==", Taken),
        ("with space", Invalid),
        ("x" * 257, Invalid),
        ("ümlaut", Invalid),
    ):
        refused(
            by(db, actor, deps.installation), error, replace_user_key, number, key, field="user_key"
        )
        taken = (sample.account_id, sample.plan_id, {**values, "user_key": key})
        refused(
            by(db, actor, deps.installation), error, create_application, *taken, field="user_key"
        )
    application, _ = replace_user_key(by(db, actor, deps.installation), number, "zm9v+/==")
    event_is(db, EventKind.USER_KEY_CHANGED, application.id, {"user_key": [HIDDEN, HIDDEN]})


OVERLAP = 24


def test_a_rotated_user_key_is_remembered_until_it_ends(db: Session, acme: NewProvider) -> None:
    work, application_id = by(db, staff(acme)), acme.sample.application.id
    before = acme.sample.application.user_key_digest

    application, _ = replace_user_key(work, application_id, overlap_hours=OVERLAP)

    assert application.old_key_digest == before
    assert application.old_key_ends_at
    left = application.old_key_ends_at - work.now
    assert timedelta(hours=OVERLAP) - timedelta(minutes=1) < left <= timedelta(hours=OVERLAP)
    assert end_old_user_key(work, application_id).old_key_digest is None


def test_replacing_a_key_at_once_forgets_the_one_before_that(
    db: Session, acme: NewProvider
) -> None:
    work, application_id = by(db, staff(acme)), acme.sample.application.id
    replace_user_key(work, application_id, overlap_hours=OVERLAP)

    application, _ = replace_user_key(work, application_id)

    assert (application.old_key_digest, application.old_key_ends_at) == (None, None)


def test_a_rotated_app_key_has_a_successor_and_an_end(db: Session, acme: NewProvider) -> None:
    work, application_id = by(db, staff(acme)), acme.sample.application.id
    old, _ = add_key(work, application_id)

    new, value = rotate_key(work, application_id, old.id, overlap_hours=OVERLAP)

    assert len(value) == 32
    assert (old.ends_at is None, new.ends_at) == (False, None)
    digest = new.digest
    rotate_key(work, application_id, new.id)
    assert digest not in {key.digest for key in list_keys(db, application_id)}


@pytest.mark.parametrize("hours", [-1, 721, 10**9])
def test_a_key_holds_on_for_a_bounded_time(db: Session, acme: NewProvider, hours: int) -> None:
    work = by(db, staff(acme))

    with pytest.raises(Invalid) as refusal:
        replace_user_key(work, acme.sample.application.id, overlap_hours=hours)
    assert refusal.value.field == "overlap_hours"


def test_a_key_that_ended_makes_room_for_another(db: Session, acme: NewProvider) -> None:
    work, application_id = by(db, staff(acme)), acme.sample.application.id
    keys = [add_key(work, application_id)[0] for _ in range(MOST_KEYS)]
    keys[0].ends_at = work.now - timedelta(seconds=1)

    add_key(work, application_id)

    assert keys[0].id not in {key.id for key in list_keys(db, application_id)}
    with pytest.raises(KeyLimitReached):
        add_key(work, application_id)


def test_the_last_key_that_stays_can_not_be_deleted_by_its_developer(
    db: Session, acme: NewProvider
) -> None:
    work, application_id = by(db, staff(acme)), acme.sample.application.id
    update_service(work, acme.sample.service.id, {"backend_version": "2"})
    old, _ = add_key(work, application_id)
    new, _ = rotate_key(work, application_id, old.id, overlap_hours=OVERLAP)
    john = by(db, actor_of_user(acme.sample.user))

    with pytest.raises(LastKey):
        delete_key(john, application_id, new.id)
    delete_key(john, application_id, old.id)
