"""Reading the log of events: nothing is passed over, whatever the order of commits."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from sqlalchemy import func, text
from sqlmodel import Session, col, select

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.event_log import EventLog
from server.domain.events import Event, EventKind, EventRecord, record
from server.kit.db import Database
from tests.kit.make import make_deps, make_provider, staff

WRITERS, EACH = 16, 25
WRITERS_IN_TURN = 4  # SQLite lets one write at a time, whom it likes
LATE = 3_000  # later ids that are committed meanwhile: fifteen windows of 0.2


@pytest.fixture
def postgres(tmp_path: Path, postgres_emptied: str) -> Iterator[Dependencies]:
    """Make dependencies on a database where commits come in any order."""
    deps = make_deps(tmp_path, url=postgres_emptied)
    yield deps
    deps.database.close()


def happen(db: Session, provider: NewProvider) -> int:
    """Let something happen; tell the event's id."""
    record(db, staff(provider), Event(EventKind.SETTING_UPDATED))
    number: int = db.info["events"][-1].id
    return number


def read_on(log: EventLog, position: str) -> tuple[list[int], str]:
    """Read the ids of what is new."""
    events, position = log.since(position)
    return [event.id for event in events], position


@pytest.mark.postgres
def test_a_slow_transaction_among_thousands_is_read_once_it_commits(postgres: Dependencies) -> None:
    acme, log = make_provider(postgres), EventLog(postgres.database)
    position = log.now()
    with postgres.database.write() as slow:
        late = happen(slow, acme)
        with postgres.database.write() as db:
            meanwhile = [happen(db, acme) for _ in range(LATE)]
        first, position = read_on(log, position)
        assert read_on(log, position)[0] == []

    second, position = read_on(log, position)

    assert first == meanwhile
    assert second == [late]
    assert read_on(log, position)[0] == []


@pytest.mark.postgres
def test_savepoints_count_as_the_transaction_around_them(postgres: Dependencies) -> None:
    acme, log = make_provider(postgres), EventLog(postgres.database)
    position = log.now()
    with postgres.database.write() as db:
        with db.begin_nested():
            inner = happen(db, acme)
        position = read_on(log, position)[1]  # not committed yet
        with db.begin_nested() as undone:
            happen(db, acme)
            undone.rollback()
        outer = happen(db, acme)

    found, position = read_on(log, position)

    assert found == [inner, outer]


@pytest.mark.postgres
def test_rows_of_another_server_are_not_told_again_and_again(postgres: Dependencies) -> None:
    acme, log = make_provider(postgres), EventLog(postgres.database)
    position = log.now()
    with postgres.database.write() as db:
        event_ids = [happen(db, acme) for _ in range(4)]
        for event_id, of_other in zip(event_ids, (None, 0, 3, 2**62), strict=True):
            db.execute(
                text("UPDATE events SET transaction_id = :of WHERE id = :id"),
                {"of": of_other, "id": event_id},
            )

    readings = []
    for _ in range(3):
        found, position = read_on(log, position)
        readings.append(found)

    assert readings == [[], [], []]


@pytest.mark.postgres
def test_an_older_process_that_knows_no_transactions_is_heard(postgres: Dependencies) -> None:
    acme, log = make_provider(postgres), EventLog(postgres.database)
    position = log.now()
    with postgres.database.write() as db:
        db.execute(
            text(
                "INSERT INTO events (provider_id, kind, actor, payload, facts, created_at)"
                " VALUES (:provider, 'setting.updated', 'old', '{}', '{}', now())"
            ),
            {"provider": acme.provider.id},
        )

    assert len(read_on(log, position)[0]) == 1


@pytest.mark.postgres
def test_reading_asks_the_index(postgres: Dependencies) -> None:
    acme, log = make_provider(postgres), EventLog(postgres.database)
    with postgres.database.write() as db:
        for _ in range(LATE):
            happen(db, acme)
    with postgres.database.write() as db:
        db.execute(text("ANALYZE events"))
    statement = (
        "EXPLAIN SELECT * FROM events WHERE transaction_id >= "
        "CAST(CAST(pg_snapshot_xmin(CAST(:before AS pg_snapshot)) AS text) AS bigint)"
    )

    with postgres.database.read() as db:
        plan = db.execute(text(statement), {"before": log.now()}).scalars().all()

    assert any("ix_events_transaction_id" in line for line in plan)


class Writer(threading.Thread):
    """Makes events in transactions of random lengths; some of them fail."""

    def __init__(self, deps: Dependencies, provider: NewProvider, seed: str) -> None:
        super().__init__()
        self._url = deps.database.engine.url.render_as_string(hide_password=False)
        self._longest_s = 0.002 if deps.database.is_sqlite else 0.3  # there writers take turns
        self._provider = provider
        self._chance = random.Random(seed)
        self.committed: list[int] = []

    def run(self) -> None:
        database = Database(self._url)
        for _ in range(EACH):
            with suppress(InterruptedError):
                self.committed.extend(self._write(database))
        database.close()

    def _write(self, database: Database) -> list[int]:
        with database.write() as db:
            ids = [happen(db, self._provider) for _ in range(self._chance.randint(1, 5))]
            time.sleep(self._chance.random() ** 3 * self._longest_s)
            if self._chance.random() < 0.1:
                raise InterruptedError
        return ids


class Follower(threading.Thread):
    """Reads the log at a pace of its own, until it is told that nothing more comes."""

    def __init__(self, deps: Dependencies, pace_s: float) -> None:
        super().__init__()
        self._log = EventLog(deps.database)
        self._position = self._log.now()
        self._pace_s = pace_s
        self.nothing_comes = threading.Event()
        self.found: Counter[int] = Counter()

    def run(self) -> None:
        is_last = False
        while not is_last:
            is_last = self.nothing_comes.wait(self._pace_s)
            ids, self._position = read_on(self._log, self._position)
            self.found.update(ids)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_each_commit_of_many_writers_is_read_once(
    deps: Dependencies, acme: NewProvider, seed: int
) -> None:
    followers = [Follower(deps, pace_s) for pace_s in (0.0, 0.01, 0.1)]
    number_of = WRITERS_IN_TURN if deps.database.is_sqlite else WRITERS
    writers = [Writer(deps, acme, f"{seed}:{number}") for number in range(number_of)]

    for thread in (*followers, *writers):
        thread.start()
    for writer in writers:
        writer.join()
    for follower in followers:
        follower.nothing_comes.set()
        follower.join()

    committed = Counter(event_id for writer in writers for event_id in writer.committed)
    assert committed.total() > number_of * EACH
    assert [follower.found for follower in followers] == [committed] * len(followers)


def test_on_sqlite_ids_are_in_the_order_of_commits(tmp_path: Path) -> None:
    """A writer is alone from its first statement on, so no lower id can come later."""
    deps = make_deps(tmp_path)
    acme = make_provider(deps)
    with ExitStack() as stack:
        first = stack.enter_context(deps.database.write())
        lower = happen(first, acme)
        entered = threading.Event()

        def write_too() -> None:
            with deps.database.write() as db:
                entered.set()
                happen(db, acme)

        second = threading.Thread(target=write_too)
        second.start()
        assert not entered.wait(0.3)
    second.join()

    with deps.database.read() as db:
        newest = db.exec(select(func.max(col(EventRecord.id)))).one()
    assert newest == lower + 1
    deps.database.close()
