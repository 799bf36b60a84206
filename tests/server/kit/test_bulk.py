"""A transaction of many changes: as if each were alone, but for what is asked again."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from server.actions.plans.plans import APPLICATION_PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.actions.services.mapping_rules import MAPPING_RULES, placed_elsewhere
from server.auth.dependencies import Dependencies
from server.domain.errors import Conflict, Taken
from server.domain.events import EventRecord
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import Metric
from server.kit.bulk import in_bulk
from tests.kit.make import staff
from tests.kit.statements import counted
from tests.kit.work import by

MANY = 30


def events_of(deps: Dependencies) -> list[EventRecord]:
    with deps.database.read() as db:
        return list(db.exec(select(EventRecord).order_by(col(EventRecord.id))))


def make_rule(db: Session, provider: NewProvider, pattern: str) -> MappingRule:
    """Make a rule that counts a call."""
    service_id = provider.sample.service.id
    with db.no_autoflush:
        hits = db.exec(select(Metric.id).where(Metric.service_id == service_id)).first()
    values = {"http_method": "GET", "pattern": pattern, "metric_id": hits, "position": 7}
    rules = placed_elsewhere(MAPPING_RULES)  # as a folder makes many
    return rules.create(by(db, staff(provider)), values, service_id)


def make_twice(deps: Dependencies, provider: NewProvider, *, ahead: bool = False) -> None:
    """Make two plans of one name."""
    values = {"name": "Twice", "system_name": "twice"}
    with deps.database.write() as db, in_bulk(db, ahead=ahead):
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


def test_rows_that_are_numbered_ahead_are_written_together(
    deps: Dependencies, acme: NewProvider
) -> None:
    names = [f"/way/{number}" for number in range(MANY)]

    with (
        counted(deps) as statements,
        deps.database.write() as db,
        in_bulk(db, ahead=True),
    ):
        made = [make_rule(db, acme, name).id for name in names]

    with deps.database.read() as db:
        found = db.exec(select(MappingRule).where(col(MappingRule.id).in_(made))).all()
    assert {row.id: row.pattern for row in found} == dict(zip(made, names, strict=True))
    assert [event.subject_id for event in events_of(deps)[-MANY:]] == made
    assert sum("INSERT INTO mapping_rules" in each for each in statements) <= 1 + MANY // 10


def test_a_number_that_was_given_ahead_is_nobody_elses(
    deps: Dependencies, acme: NewProvider
) -> None:
    with deps.database.write() as db, in_bulk(db, ahead=True):
        first = make_rule(db, acme, "/first")
        own = MappingRule(**first.model_dump(exclude={"id"}))  # by nobody's action
        db.add(own)
        second = make_rule(db, acme, "/second")
    with deps.database.write() as db:
        after = make_rule(db, acme, "/after")

    assert len({first.id, own.id, second.id, after.id}) == 4


def test_a_taken_name_is_told_later_where_rows_wait(deps: Dependencies, acme: NewProvider) -> None:
    with pytest.raises((IntegrityError, Conflict)):
        make_twice(deps, acme, ahead=True)

    with deps.database.read() as db:
        assert not db.exec(select(ApplicationPlan).where(ApplicationPlan.name == "Twice")).all()
