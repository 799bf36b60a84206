"""The change feed: every committed event once, whoever made it."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.errors import NotFound
from server.domain.event_log import EventLog
from server.domain.events import Event, EventKind, EventRecord, record
from server.kit.db import Database
from server.runtime.feed import RECOVERED, ChangeFeed
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.work import by

LATER = 1_000  # events that are committed while a transaction is open: five times the old window


@pytest.fixture
def postgres(tmp_path: Path, postgres_emptied: str) -> Iterator[Dependencies]:
    """Make dependencies on a database where commits come in any order."""
    deps = make_deps(tmp_path, url=postgres_emptied)
    yield deps
    deps.database.close()


def other_process(deps: Dependencies) -> Database:
    """Open the database once more."""
    return Database(deps.database.engine.url.render_as_string(hide_password=False))


def happen(db: Session, provider: NewProvider, times: int = 1) -> list[int]:
    """Let something happen; tell the events' ids."""
    actor = staff(provider)
    for _ in range(times):
        record(db, actor, Event(EventKind.SETTING_UPDATED))
    return [event.id for event in db.info["events"][-times:]]


class Told:
    """A listener that counts, and fails when it shall."""

    def __init__(self) -> None:
        self.times: Counter[int] = Counter()
        self.failures = 0

    def __call__(self, events: Sequence[EventRecord]) -> None:
        if self.failures:
            self.failures -= 1
            raise OperationalError("reading", None, Exception("the database is away"))
        self.times.update(event.id for event in events)


def switch(db: Session, provider: NewProvider, value: bool) -> None:
    """Change something."""
    update_settings(by(db, staff(provider)), {"signups_enabled": not value})


def switch_and_fail(db: Session, provider: NewProvider) -> None:
    """Change something, then find that it may not be."""
    switch(db, provider, True)
    raise NotFound("There is no such thing.")


def test_events_of_other_processes_arrive_once(deps: Dependencies, acme: NewProvider) -> None:
    told: list[EventRecord] = []
    feed = ChangeFeed(deps.database, told.extend)
    feed.start()
    other_process = Database(deps.database.engine.url.render_as_string(hide_password=False))

    with other_process.write() as db:
        switch(db, acme, True)
    feed.poll()
    feed.poll()

    assert [event.kind for event in told] == ["setting.updated"]
    other_process.close()


def test_own_events_arrive_with_the_commit(deps: Dependencies, acme: NewProvider) -> None:
    told: list[EventRecord] = []
    feed = ChangeFeed(deps.database, told.extend)
    feed.start()

    with deps.database.write() as db:
        switch(db, acme, True)
        assert told == []

    assert [event.kind for event in told] == ["setting.updated"]
    feed.poll()
    assert len(told) == 1


def test_what_is_rolled_back_is_never_told(deps: Dependencies, acme: NewProvider) -> None:
    told: list[EventRecord] = []
    feed = ChangeFeed(deps.database, told.extend)
    feed.start()

    with pytest.raises(NotFound), deps.database.write() as db:
        switch_and_fail(db, acme)
    feed.poll()

    assert told == []


@pytest.mark.postgres
def test_a_transaction_that_took_long_is_told_to_other_processes(postgres: Dependencies) -> None:
    acme, told = make_provider(postgres), Told()
    other = other_process(postgres)
    feed = ChangeFeed(other, told)
    feed.start()

    with postgres.database.write() as slow:
        late = happen(slow, acme)
        for _ in range(LATER // 100):
            with postgres.database.write() as db:
                happen(db, acme, 100)
            feed.poll()
    feed.poll()

    assert told.times[late[0]] == 1
    assert set(told.times.values()) == {1}
    assert told.times.total() == LATER + 1
    other.close()


def test_what_a_listener_failed_at_is_told_again(deps: Dependencies, acme: NewProvider) -> None:
    told, other = Told(), other_process(deps)
    feed = ChangeFeed(deps.database, told)
    feed.start()
    told.failures = 2
    with deps.database.write() as db:
        own = happen(db, acme)  # its commit does not fail with the listener
    with other.write() as db:
        others = happen(db, acme)

    with pytest.raises(OperationalError):
        feed.poll()
    feed.poll()
    feed.poll()

    assert told.times == {own[0]: 1, others[0]: 1}
    other.close()


def test_whatever_a_reading_passed_over_the_comparison_finds(
    deps: Dependencies, acme: NewProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, other = Told(), other_process(deps)
    feed = ChangeFeed(deps.database, told)
    feed.start()
    before = RECOVERED._value.get()
    monkeypatch.setattr(EventLog, "since", lambda _self, position: ([], position))
    with other.write() as db:
        lost = happen(db, acme, 3)
    with deps.database.write() as db:
        own = happen(db, acme)
    feed.poll()
    assert set(told.times) == set(own)

    found = [feed.compare() for _ in range(3)]

    assert found == [3, 0, 0]
    assert told.times == dict.fromkeys((*lost, *own), 1)
    assert RECOVERED._value.get() == before + 3
    other.close()


def test_comparisons_forget_what_they_no_longer_watch(
    deps: Dependencies, acme: NewProvider
) -> None:
    feed = ChangeFeed(deps.database, Told())
    feed.start()

    for _ in range(60):
        with deps.database.write() as db:
            happen(db, acme, 10)
        feed.poll()
        feed.compare()

    assert len(feed._told) <= 21 * 10


def test_who_asks_from_any_thread_knows_afterwards(deps: Dependencies, acme: NewProvider) -> None:
    told, other = Told(), other_process(deps)
    feed = ChangeFeed(deps.database, told)
    feed.start()
    ignorant: list[int] = []

    def commit_and_ask() -> None:
        for _ in range(5):
            with other.write() as db:
                (event_id,) = happen(db, acme)
            feed.poll()
            if not told.times[event_id]:
                ignorant.append(event_id)

    threads = [threading.Thread(target=commit_and_ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ignorant == []
    assert told.times.total() == len(told.times) == 40
    other.close()


def test_askers_at_once_share_a_reading(
    deps: Dependencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings, goes_on, begun = [], threading.Event(), threading.Event()

    def since(_self: EventLog, position: str) -> tuple[list[EventRecord], str]:
        readings.append(position)
        begun.set()
        goes_on.wait(10)
        return [], position

    feed = ChangeFeed(deps.database, Told())
    feed.start()
    monkeypatch.setattr(EventLog, "since", since)
    threads = [threading.Thread(target=feed.poll) for _ in range(16)]
    threads[0].start()
    begun.wait(10)
    for thread in threads[1:]:
        thread.start()

    goes_on.set()
    for thread in threads:
        thread.join()

    assert len(readings) < 16
