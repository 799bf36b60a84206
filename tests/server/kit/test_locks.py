"""Row locks: the second waits for the first, and sees what it left."""

import threading
from pathlib import Path

import pytest

from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.providers import Provider
from server.kit.locks import TO_CHANGE, TO_DELETE, TO_REFER, Strength, lock
from tests.kit.make import make_deps, make_provider

pytestmark = pytest.mark.postgres
AT_ONCE_S = 0.3


@pytest.mark.parametrize(
    ("first", "second", "waits"),
    [
        (TO_CHANGE, TO_CHANGE, True),
        (TO_CHANGE, TO_REFER, False),
        (TO_DELETE, TO_REFER, True),
        (TO_REFER, TO_DELETE, True),
        (TO_REFER, TO_CHANGE, False),
        (TO_REFER, TO_REFER, False),
    ],
)
def test_who_waits_for_whom(
    tmp_path: Path, postgres_emptied: str, first: Strength, second: Strength, waits: bool
) -> None:
    deps = make_deps(tmp_path, url=postgres_emptied)
    acme = make_provider(deps)
    locked = threading.Event()
    names: list[str] = []

    def come_second() -> None:
        with deps.database.write() as db:
            provider = db.get_one(Provider, acme.provider.id)
            assert lock(db, provider, second)
            names.append(provider.name)
            locked.set()

    with deps.database.write() as db:
        provider = db.get_one(Provider, acme.provider.id)
        assert lock(db, provider, first)
        thread = threading.Thread(target=come_second)
        thread.start()
        assert locked.wait(AT_ONCE_S if waits else 10) is not waits
        if waits and first is not TO_REFER:
            provider.name = "Renamed"
    thread.join()

    assert names == ["Renamed" if waits and first is not TO_REFER else "Acme"]
    deps.database.close()


def test_a_row_that_is_gone_is_told_and_own_changes_stay(
    tmp_path: Path, postgres_emptied: str
) -> None:
    deps = make_deps(tmp_path, url=postgres_emptied)
    acme = make_provider(deps)
    with deps.database.write() as db:
        plan = ApplicationPlan(
            provider_id=acme.provider.id,
            service_id=acme.sample.service.id,
            name="Gone",
            system_name="gone",
        )
        db.add(plan)
    with deps.database.write() as db:
        found, provider = (
            db.get_one(ApplicationPlan, plan.id),
            db.get_one(Provider, plan.provider_id),
        )
        with deps.database.write() as other:
            other.delete(other.get_one(ApplicationPlan, plan.id))
        provider.name = "Mine"

        assert not lock(db, found)
        assert lock(db, provider)
        assert provider.name == "Mine"
    deps.database.close()
