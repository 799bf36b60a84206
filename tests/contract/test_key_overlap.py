"""A rotated key and its successor both open, until the old one ends: to the very moment."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from server.actions.applications.keys import (
    add_key,
    delete_key,
    replace_user_key,
    rotate_key,
    user_key_of,
)
from server.directory import DatabaseDirectory
from server.kit.clock import FixedClock
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.work import by

HOUR = timedelta(hours=1)


async def test_a_rotated_user_key_opens_beside_its_successor_until_its_very_end(
    tmp_path: Path,
) -> None:
    clock = FixedClock(datetime(2030, 1, 31, 12, tzinfo=UTC))
    deps = make_deps(tmp_path, clock=clock)
    acme = make_provider(deps)
    directory = DatabaseDirectory(deps.database, deps.installation)
    deps.database.after_commit(directory.forget)
    old = user_key_of(deps.installation.vault, acme.sample.application)
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        _, new = replace_user_key(work, acme.sample.application.id, overlap_hours=1)

    async def opens() -> list[bool]:
        service_id = acme.sample.service.id
        found = [await directory.application_by_user_key(service_id, key) for key in (old, new)]
        return [each is not None for each in found]

    assert await opens() == [True, True]
    clock.advance(HOUR - timedelta(seconds=1))
    assert await opens() == [True, True]
    clock.advance(timedelta(seconds=1))
    assert await opens() == [False, True]
    deps.database.close()


async def test_a_rotated_app_key_opens_beside_its_successor_until_its_very_end(
    tmp_path: Path,
) -> None:
    clock = FixedClock(datetime(2030, 1, 31, 12, tzinfo=UTC))
    deps = make_deps(tmp_path, clock=clock)
    acme = make_provider(deps)
    application, home = acme.sample.application, acme.sample.service.id
    directory = DatabaseDirectory(deps.database, deps.installation)
    deps.database.after_commit(directory.forget)
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        first, old = add_key(work, application.id)
        successor, new = rotate_key(work, application.id, first.id, overlap_hours=1)
        successor_id = successor.id

    async def opens() -> list[bool]:
        found = await directory.application_by_app_id(home, application.application_id)
        assert found
        assert found.key_digests  # a key is asked for, even where none fits any more
        listed = await directory.application_keys(found)
        fits = [directory.key_digest(value) in found.key_digests for value in (old, new)]
        assert [value in listed for value in (old, new)] == fits
        return fits

    assert await opens() == [True, True]
    clock.advance(HOUR)
    assert await opens() == [False, True]
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        delete_key(work, application.id, successor_id)
    assert await opens() == [False, False]
    deps.database.close()
