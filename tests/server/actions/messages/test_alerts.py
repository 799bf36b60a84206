"""Alerts: each level of a limit once a window, to whom the API says, whoever looks."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from gateway.counters.base import Delta, UsageEntry
from gateway.counters.base import UsageBatch as Batch
from server.actions.messages import alerts as actions
from server.actions.plans.limits import set_limit
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.actions.services.services import update_service
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.errors import DomainError, NotFound
from server.domain.events import EventRecord
from server.domain.messages.alerts import LEVELS, Alert, clean_levels, message_of
from server.domain.plans.limits import UsageLimit
from server.jobs.alerts import AlertWatch
from server.kit.clock import FixedClock
from server.usage import DatabaseSink
from tests.kit.make import make_provider, staff
from tests.kit.work import by

NOON = datetime(2026, 11, 21, 12, 30, 10, tzinfo=UTC)


class Traffic:
    """An application with one limit, whose usage is folded as the gateway's is."""

    def __init__(self, deps: Dependencies, acme: NewProvider) -> None:
        self.deps, self.acme, self.clock = deps, acme, FixedClock(NOON)
        self.application = acme.sample.application
        self._sink, self._number = DatabaseSink(deps.database), 0
        with deps.database.write() as db:
            for row in db.exec(select(UsageLimit)):
                db.delete(row)
            self.metric_id = list_metrics(db, acme.sample.service.id)[0].id

    def limit(self, value: int, period: str = "day") -> None:
        with self.deps.database.write() as db:
            values = {"metric_id": self.metric_id, "period": period, "value": value}
            set_limit(by(db, staff(self.acme)), values, self.application.plan_id)

    def settings(self, **levels: str) -> None:
        with self.deps.database.write() as db:
            update_service(by(db, staff(self.acme)), self.acme.sample.service.id, levels)

    def calls(self, number: int, at: datetime | None = None) -> None:
        self._number += 1
        entry = UsageEntry(
            self.application.service_id,
            self.application.id,
            (at or self.clock.now()).timestamp(),
            (Delta(self.metric_id, number),),
        )
        asyncio.run(self._sink.take(Batch(f"batch-{self._number}", [entry])))

    def watch(self) -> AlertWatch:
        installation = replace(self.deps.installation, clock=self.clock)
        return AlertWatch(replace(self.deps, installation=installation))

    def later(self, **by_: float) -> None:
        self.clock = FixedClock(self.clock.now() + timedelta(**by_))

    def levels(self) -> list[int]:
        with self.deps.database.read() as db:
            return [row.level for row in db.exec(select(Alert).order_by(Alert.id))]  # type: ignore[arg-type]  # a column


@pytest.fixture
def traffic(deps: Dependencies, acme: NewProvider) -> Traffic:
    return Traffic(deps, acme)


def test_each_level_is_told_once_however_often_and_from_wherever_one_looks(
    traffic: Traffic,
) -> None:
    traffic.limit(10)
    watch = traffic.watch()

    for _ in range(30):
        traffic.calls(1)
        watch.look()
        traffic.watch().look()  # another process, or one that was started anew

    assert traffic.levels() == list(LEVELS)
    with traffic.deps.database.read() as db:
        told = db.exec(select(EventRecord).where(EventRecord.kind == "alert.limit_reached")).all()
        first = db.exec(select(Alert)).first()
    assert len(told) == len(LEVELS)
    assert first
    assert message_of(first) == "Hits per day: 5 of 10"


def test_below_half_nothing_is_told_and_a_leap_tells_the_highest_alone(traffic: Traffic) -> None:
    traffic.limit(100)
    traffic.calls(49)
    assert traffic.watch().look() == 0
    traffic.calls(56)

    assert traffic.watch().look() == 1
    assert traffic.watch().look() == 0
    assert traffic.levels() == [100]


def test_a_new_window_tells_anew(traffic: Traffic) -> None:
    traffic.limit(10)
    traffic.calls(10)
    watch = traffic.watch()
    watch.look()
    traffic.later(days=1)
    traffic.calls(8)

    traffic.watch().look()

    assert traffic.levels() == [100, 80]


@pytest.mark.parametrize("period", ["minute", "hour"])
def test_of_a_short_window_it_is_told_once_a_day(traffic: Traffic, period: str) -> None:
    traffic.limit(10, period)
    for _ in range(4):
        traffic.calls(10)
        traffic.watch().look()
        traffic.later(hours=1)
    assert traffic.levels() == [100]
    traffic.later(days=1)
    traffic.calls(9)
    traffic.watch().look()

    assert traffic.levels() == [100, 90]


@pytest.mark.parametrize("period", ["week", "month", "year", "eternity"])
def test_of_every_long_window_too(traffic: Traffic, period: str) -> None:
    traffic.limit(10, period)
    traffic.calls(5)
    traffic.later(days=0.01)
    traffic.calls(5)

    traffic.watch().look()
    traffic.watch().look()

    assert traffic.levels() == [100]


def test_what_was_used_just_before_midnight_is_told_after_it(traffic: Traffic) -> None:
    traffic.limit(10)
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    traffic.calls(10, midnight - timedelta(seconds=2))
    traffic.clock = FixedClock(midnight + timedelta(seconds=20))

    traffic.watch().look()

    assert traffic.levels() == [100]


def test_a_disabled_metric_and_what_has_no_limit_tell_nothing(traffic: Traffic) -> None:
    traffic.limit(0)
    traffic.calls(1000)

    assert traffic.watch().look() == 0


def test_each_channel_hears_of_the_levels_that_it_wants(traffic: Traffic) -> None:
    traffic.limit(100)
    traffic.settings(
        web_provider_levels="", email_provider_levels="90", web_buyer_levels="80, 300",
        email_buyer_levels="",
    )  # fmt: skip
    traffic.calls(50)
    assert traffic.watch().look() == 0
    traffic.calls(45)
    traffic.watch().look()

    with traffic.deps.database.read() as db:
        (alert,) = db.exec(select(Alert)).all()
        (event,) = db.exec(select(EventRecord).where(EventRecord.kind == "alert.limit_reached"))
    assert (alert.level, alert.state, alert.provider_state) == (90, "unread", "deleted")
    assert event.facts["told"] == ["email_provider", "web_buyer"]


def test_many_who_look_at_once_tell_once(traffic: Traffic) -> None:
    traffic.limit(10)
    traffic.calls(10)
    watches = [traffic.watch() for _ in range(8)]

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda watch: watch.look(), watches))

    assert sum(made) == 1
    assert traffic.levels() == [100]


def test_each_side_reads_and_deletes_for_itself(traffic: Traffic) -> None:
    traffic.limit(10)
    traffic.calls(9)
    traffic.watch().look()
    acme, number = traffic.acme, traffic.application.id
    with traffic.deps.database.write() as db:
        provider = by(db, staff(acme), traffic.deps.installation)
        john = by(db, actor_of_user(acme.sample.user), traffic.deps.installation)
        (alert,) = actions.list_alerts(john, number)

        actions.read_alert(john, alert.id)
        assert (alert.state, alert.provider_state) == ("read", "unread")
        assert len(actions.list_unread_alerts(provider, 5)) == 1
        assert actions.purge_alerts(john, number) == 1
        assert not actions.list_alerts(john, number)
        with pytest.raises(NotFound):
            actions.get_alert(john, alert.id)
        assert actions.read_alerts(provider, number) == 1
        assert actions.read_alerts(provider, number) == 0
        actions.delete_alert(provider, alert.id)
    assert traffic.watch().look() == 0


def test_nobody_sees_anothers(traffic: Traffic) -> None:
    traffic.limit(10)
    traffic.calls(9)
    traffic.watch().look()
    globex = make_provider(traffic.deps, "globex")
    with traffic.deps.database.write() as db:
        alert = db.exec(select(Alert)).one()
        for actor in (staff(globex), actor_of_user(globex.sample.user)):
            work = by(db, actor, traffic.deps.installation)
            for act in (actions.get_alert, actions.read_alert, actions.delete_alert):
                with pytest.raises(NotFound):
                    act(work, alert.id)
            with pytest.raises(DomainError):
                actions.purge_alerts(work, traffic.application.id)


@pytest.mark.parametrize(
    ("text", "clean"), [("", ""), ("100, 50", "50 100"), ("80%  80", "80"), ("300", "300")]
)
def test_levels_are_written_in_order(text: str, clean: str) -> None:
    assert clean_levels(text, "web_buyer_levels") == clean


@pytest.mark.parametrize("text", ["51", "x", "-50", "50;80", "5 0"])
def test_other_levels_are_refused(text: str) -> None:
    with pytest.raises(DomainError, match="is none of them"):
        clean_levels(text, "web_buyer_levels")
