"""A transaction of many changes: as if each were alone, but for what is asked again."""

import pytest
from sqlmodel import col, select

from server.actions.plans.plans import APPLICATION_PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.errors import Taken
from server.domain.events import EventRecord
from server.domain.plans.plans import ApplicationPlan
from server.kit.bulk import in_bulk
from tests.kit.make import staff
from tests.kit.statements import counted
from tests.kit.work import by

MANY = 30


def events_of(deps: Dependencies) -> list[EventRecord]:
    with deps.database.read() as db:
        return list(db.exec(select(EventRecord).order_by(col(EventRecord.id))))


def make_twice(deps: Dependencies, provider: NewProvider) -> None:
    """Make two plans of one name."""
    values = {"name": "Twice", "system_name": "twice"}
    with deps.database.write() as db, in_bulk(db):
        work = by(db, staff(provider))
        for _ in range(2):
            create_plan(work, APPLICATION_PLANS, values, provider.sample.service.id)


def test_what_happened_is_recorded_in_order_and_told(deps: Dependencies, acme: NewProvider) -> None:
    told: list[EventRecord] = []
    deps.database.after_commit(told.extend)
    before = len(events_of(deps))
    names = [f"Plan {number}" for number in range(MANY)]

    with deps.database.write() as db, in_bulk(db):
        work = by(db, staff(acme))
        made = [
            create_plan(work, APPLICATION_PLANS, {"name": name}, acme.sample.service.id).id
            for name in names
        ]

    recorded = events_of(deps)[before:]
    assert [event.subject_id for event in recorded] == made
    assert [event.id for event in told] == [event.id for event in recorded]


def test_many_changes_ask_nothing_twice(deps: Dependencies, acme: NewProvider) -> None:
    with counted(deps) as statements, deps.database.write() as db, in_bulk(db):
        work = by(db, staff(acme))
        for number in range(MANY):
            values = {"name": f"Plan {number}", "position": number + 1}
            create_plan(work, APPLICATION_PLANS, values, acme.sample.service.id)

    assert len(statements) <= 2 * MANY + 5
    assert not any("SAVEPOINT" in statement for statement in statements)


def test_a_refused_change_ends_all_and_nothing_is_told(
    deps: Dependencies, acme: NewProvider
) -> None:
    told: list[EventRecord] = []
    deps.database.after_commit(told.extend)
    before = len(events_of(deps))
    with pytest.raises(Taken):
        make_twice(deps, acme)

    with deps.database.read() as db:
        assert not db.exec(select(ApplicationPlan).where(ApplicationPlan.name == "Twice")).all()
    assert len(events_of(deps)) == before
    assert told == []
