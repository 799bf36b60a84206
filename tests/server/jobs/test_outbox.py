"""The outbox delivers every event, once, also after a crash."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlmodel import Session, col, select

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.events import Event, EventKind, EventRecord, record
from server.domain.messages.mails import Mail
from server.jobs.outbox import FIRST_DELAY, FollowUp, Listener, Outbox
from server.kit.clock import FixedClock
from tests.kit.make import TEST_VAULT, staff

CLOCK_START = datetime(2031, 3, 1, tzinfo=UTC)
# SQLite has one writer at a time: nobody can come by meanwhile.
ON_POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgres)
KINDS = frozenset({EventKind.ACCOUNT_REJECTED})


class Ear:
    """Writes a mail for each event it hears, and fails for those it is told to."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.done: list[int] = []
        self.deaf_to: set[int] = set()

    def hear(self, db: Session, event: EventRecord) -> Sequence[FollowUp]:
        self.heard.append(event.id)
        mail = Mail(
            provider_id=event.provider_id,
            event_id=event.id,
            template="t",
            sender="s",
            recipient="r",
            subject="s",
            body_sealed=TEST_VAULT.seal("b"),
        )
        db.add(mail)
        db.flush()
        if event.id in self.deaf_to:
            raise RuntimeError("deaf")
        return [partial(self.done.append, event.id)]


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(CLOCK_START)


@pytest.fixture
def outbox(deps: Dependencies, acme: NewProvider, ear: Ear, clock: FixedClock) -> Outbox:
    """Make an outbox on a database where all earlier events are delivered."""
    outbox = Outbox(deps.database, clock, [Listener(KINDS, ear.hear)])
    outbox.sweep()
    return outbox


def tell(deps: Dependencies, actor: Actor, kind: EventKind = EventKind.ACCOUNT_REJECTED) -> int:
    with deps.database.write() as db:
        record(db, actor, Event(kind))
        number: int = db.info["events"][-1].id
    return number


def undelivered(deps: Dependencies) -> list[int]:
    query = select(EventRecord.id).where(col(EventRecord.delivered_at).is_(None))
    with deps.database.read() as db:
        return list(db.exec(query))


def mails(deps: Dependencies) -> list[int | None]:
    with deps.database.read() as db:
        return list(db.exec(select(Mail.event_id).order_by(col(Mail.id))))


def test_events_are_delivered_in_order_and_once(
    deps: Dependencies, acme: NewProvider, outbox: Outbox, ear: Ear
) -> None:
    ids = [tell(deps, staff(acme)) for _ in range(3)]

    assert outbox.sweep() == 3
    assert outbox.sweep() == 0

    assert ear.heard == ear.done == mails(deps) == ids
    assert undelivered(deps) == []


def test_an_event_of_a_process_that_died_after_its_commit_is_delivered_by_the_next(
    deps: Dependencies, acme: NewProvider, ear: Ear, clock: FixedClock
) -> None:
    event_id = tell(deps, staff(acme))  # and nobody was woken

    Outbox(deps.database, clock, [Listener(KINDS, ear.hear)]).sweep()

    assert mails(deps) == [event_id]


def test_a_failing_listener_leaves_nothing_and_holds_up_nobody(
    deps: Dependencies, acme: NewProvider, outbox: Outbox, ear: Ear
) -> None:
    bad, good = tell(deps, staff(acme)), tell(deps, staff(acme))
    ear.deaf_to = {bad}

    outbox.sweep()

    assert undelivered(deps) == [bad]
    assert mails(deps) == [good]


def test_a_failed_event_is_tried_again_later_and_then_delivered(
    deps: Dependencies, acme: NewProvider, outbox: Outbox, ear: Ear, clock: FixedClock
) -> None:
    event_id = tell(deps, staff(acme))
    ear.deaf_to = {event_id}
    outbox.sweep()
    ear.deaf_to = set()

    assert outbox.sweep() == 0  # not due yet
    clock.advance(FIRST_DELAY)
    assert outbox.sweep() == 1

    assert mails(deps) == [event_id]


def test_the_delay_grows_but_ends_growing(
    deps: Dependencies, acme: NewProvider, outbox: Outbox, ear: Ear, clock: FixedClock
) -> None:
    ear.deaf_to = {tell(deps, staff(acme))}

    for _ in range(40):
        outbox.sweep()
        clock.advance(timedelta(hours=1))

    assert len(ear.heard) == 40


def test_what_nobody_listens_to_counts_as_delivered(
    deps: Dependencies, acme: NewProvider, outbox: Outbox, ear: Ear
) -> None:
    tell(deps, staff(acme), EventKind.METRIC_CREATED)

    outbox.sweep()

    assert undelivered(deps) == []
    assert ear.heard == []


def test_sweeps_at_the_same_time_deliver_once(
    deps: Dependencies, acme: NewProvider, outbox: Outbox
) -> None:
    ids = [tell(deps, staff(acme)) for _ in range(5)]

    with ThreadPoolExecutor(4) as threads:
        delivered = list(threads.map(lambda _: outbox.sweep(), range(4)))

    assert sum(delivered) == 5
    assert sorted(mails(deps), key=str) == sorted(ids, key=str)


@pytest.mark.parametrize("migrated_url", [ON_POSTGRESQL], indirect=True)
def test_a_second_deliverer_passes_over_what_the_first_has_in_hand(
    deps: Dependencies, acme: NewProvider, ear: Ear, clock: FixedClock, outbox: Outbox
) -> None:
    first, second = tell(deps, staff(acme)), tell(deps, staff(acme))
    began, may_end = threading.Event(), threading.Event()

    def hear_slowly(db: Session, event: EventRecord) -> Sequence[FollowUp]:
        began.set()
        assert may_end.wait(30)
        return ear.hear(db, event)

    slow = Outbox(deps.database, clock, [Listener(KINDS, hear_slowly)])
    with ThreadPoolExecutor(2) as pool:
        sweeping = pool.submit(slow.sweep)
        assert began.wait(30)
        beside = pool.submit(outbox.sweep)
        try:
            delivered_beside = beside.result(20)  # it waits for nobody
            held = undelivered(deps)
        finally:
            may_end.set()
        delivered = sweeping.result(30)

    assert (delivered_beside, held, delivered) == (1, [first], 1)
    assert ear.heard == ear.done == mails(deps) == [second, first]
    assert undelivered(deps) == []


def test_only_events_with_a_listener_concern_it(outbox: Outbox) -> None:
    def event(kind: EventKind) -> EventRecord:
        return EventRecord(provider_id=1, kind=kind, actor="a")

    assert outbox.concerns([event(EventKind.METRIC_CREATED), event(EventKind.ACCOUNT_REJECTED)])
    assert not outbox.concerns([event(EventKind.METRIC_CREATED)])
