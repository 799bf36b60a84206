"""Many processes on Redis: one limit, changes everywhere, faults that lose nothing."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from sqlmodel import select

from server.actions.applications.applications import suspend_application
from server.actions.plans.limits import set_limit
from server.actions.plans.plans import APPLICATION_PLANS
from server.actions.services.metrics import list_metrics
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.analytics.usage import UsageTotal
from server.domain.applications.applications import Application
from server.domain.events import Event, EventKind, record
from server.runtime.storage import open_storage
from server.settings import Settings
from tests.kit.callers import CALLERS, LOAD_S, counted, load
from tests.kit.process import Gatehouse, nursery_of_run, until
from tests.kit.seed import limit_the_sample
from tests.kit.services import RedisServer, running_redis
from tests.kit.staff import Staff

pytestmark = [pytest.mark.redis, pytest.mark.postgres, pytest.mark.slow]

LIMIT = 800
WORKERS = 2
LATER_EVENTS = 600
HELD_S = 2.0  # several readings of every process


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """Run a Redis of this test alone, which may stop it."""
    with running_redis() as server:
        yield server


@pytest.fixture
def serving(tmp_path: Path, postgres_url: str, redis: RedisServer) -> Iterator[Gatehouse]:
    """Run several workers on PostgreSQL and Redis; the sample application has LIMIT calls."""
    env = {"GATEHOUSE_DATABASE_URL": postgres_url, "GATEHOUSE_REDIS_URL": redis.url}
    gatehouse = Gatehouse(tmp_path / "data", env, ("serve", "--workers", str(WORKERS)))
    limit_the_sample(gatehouse, period="eternity", value=LIMIT)
    gatehouse.start()
    yield gatehouse
    gatehouse.stop()


@contextmanager
def gateway_beside(serving: Gatehouse) -> Iterator[Gatehouse]:
    """Run a process that only lets calls in, on the data of the others."""
    env = {**serving.env, "GATEHOUSE_PUBLIC_URL": serving.url}
    gateway = Gatehouse(serving.data_dir, env, ("gateway",), nursery=nursery_of_run())
    gateway.start()
    try:
        yield gateway
    finally:
        gateway.stop()


def workers_of(gatehouse: Gatehouse) -> list[int]:
    """List the processes that a serving process has started for its work."""
    assert gatehouse.process is not None
    parent = gatehouse.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [
        int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def status(gatehouse: Gatehouse, path: str = "/gateway/staging/api/x") -> int:
    """Call with the sample's key."""
    key = gatehouse.first_start["sample"]["user_key"]
    return httpx.get(f"{gatehouse.url}{path}?user_key={key}", timeout=10).status_code


def refused_by_all(gatehouse: Gatehouse) -> bool:
    """Ask often enough to reach every worker."""
    return all(status(gatehouse) in {403, 429} for _ in range(4 * WORKERS))


def total_in_statistics(gatehouse: Gatehouse) -> int:
    """Read what the statistics hold of the sample application's calls for ever."""
    storage = open_storage(Settings.from_env(gatehouse.environment))
    with storage.database.read() as db:
        totals = db.exec(select(UsageTotal.value).where(UsageTotal.period == "eternity")).all()
    storage.database.close()
    return sum(totals)


def test_workers_and_gateways_share_a_limit_and_a_killed_worker_loses_nothing(
    serving: Gatehouse,
) -> None:
    with gateway_beside(serving) as gateway:
        callers = load(serving, gateway)
        until(lambda: sum(caller.let_in for caller in callers) > LIMIT // 4)
        killed = workers_of(serving)[0]
        os.kill(killed, signal.SIGKILL)
        for caller in callers:
            caller.join(LOAD_S)
        until(lambda: len(set(workers_of(serving)) - {killed}) == WORKERS, seconds=30)
        more = load(serving, gateway)
        for caller in more:
            caller.join(LOAD_S)

        let_in = sum(caller.let_in for caller in [*callers, *more])
        assert LIMIT - CALLERS <= let_in <= LIMIT  # some were counted and killed on their way
        assert counted(serving) == LIMIT
        until(lambda: total_in_statistics(serving) == LIMIT, seconds=20)
        metrics = serving.metrics()
        assert httpx.get(f"{serving.url}/metrics").status_code == 401
        assert re.search(r'gateway_calls_total\{outcome="limits_exceeded"', metrics)


def _suspend(work: Work, sample: Mapping[str, Any]) -> object:
    return suspend_application(work, sample["application_id"])


def _apply(work: Work, sample: Mapping[str, Any]) -> object:
    """Do in one transaction what an apply does: much, and a limit among it."""
    application = work.db.get_one(Application, sample["application_id"])
    for number in range(20):
        name = {"name": f"Plan {number}"}
        APPLICATION_PLANS.create(work, name, application.service_id)
    metric = list_metrics(work.db, application.service_id)[0]
    values = {"metric_id": metric.id, "period": "minute", "value": 0}
    return set_limit(work, values, application.plan_id)


@pytest.mark.parametrize("act", [_suspend, _apply])
def test_a_change_that_took_seconds_reaches_every_process(
    serving: Gatehouse, act: Callable[[Work, Mapping[str, Any]], object]
) -> None:
    """Its events have lower ids than hundreds that every process has read when it commits."""
    with gateway_beside(serving) as gateway:
        storage = open_storage(Settings.from_env(serving.environment))
        sample = serving.first_start["sample"]
        system = Actor.system(serving.first_start["provider"]["id"])
        assert [status(each) for each in (serving, gateway)] == [200, 200]

        with storage.database.write() as slow:
            act(Work(slow, system, storage.installation), sample)
            for _ in range(LATER_EVENTS):
                with storage.database.write() as db:
                    record(db, system, Event(EventKind.USER_LOGGED_IN))
            time.sleep(HELD_S)
            assert [status(each) for each in (serving, gateway)] == [200, 200]

        for each in (serving, gateway):
            until(lambda: refused_by_all(each))  # noqa: B023 - asked at once
        storage.database.close()


def test_a_change_reaches_every_process(serving: Gatehouse) -> None:
    with gateway_beside(serving) as gateway:
        both = (serving, gateway)
        assert [status(each) for each in both] == [200, 200]

        Staff(serving).move_application("suspend")

        for each in both:
            until(lambda: refused_by_all(each))  # noqa: B023 - asked at once


def test_a_gateway_shows_no_pages(serving: Gatehouse) -> None:
    with gateway_beside(serving) as gateway:
        assert [status(gateway, path) for path in ("/", "/p/admin", "/graphql")] == [404] * 3
        assert counted(gateway) == 0


def test_without_redis_calls_are_refused_and_with_it_they_go_on(
    serving: Gatehouse, redis: RedisServer
) -> None:
    assert status(serving) == 200
    redis.stop(signal.SIGKILL)

    assert status(serving) == 503
    assert httpx.get(f"{serving.url}/login", timeout=30).status_code == 200
    until(lambda: httpx.get(f"{serving.url}/readyz", timeout=30).status_code == 503)
    redis.start()
    until(lambda: status(serving) == 200)
    until(lambda: httpx.get(f"{serving.url}/readyz", timeout=30).status_code == 200)
    until(lambda: total_in_statistics(serving) == counted(serving), seconds=20)


def test_growing_onto_redis_takes_along_what_was_counted(
    tmp_path: Path, redis: RedisServer
) -> None:
    gatehouse = Gatehouse(tmp_path / "data")
    limit_the_sample(gatehouse, period="eternity", value=3)
    gatehouse.start()
    assert [status(gatehouse) for _ in range(2)] == [200, 200]
    gatehouse.kill()  # what it counted in the last second is in its journal

    gatehouse.env["GATEHOUSE_REDIS_URL"] = redis.url
    gatehouse.start()

    assert [status(gatehouse) for _ in range(2)] == [200, 429]
    gatehouse.stop()
    assert total_in_statistics(gatehouse) == 3
