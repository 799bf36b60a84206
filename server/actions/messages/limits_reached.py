"""Which applications have reached a level of a limit: read from the statistics, never from calls.

The numbers are those that calls are folded into, so a gateway pays nothing; and since levels are
compared, not watched being crossed, nothing is missed by a process that was away for a while.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, exists, union
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from gateway.windows import PERIODS, Period, window_of
from server.actions.work import Work
from server.domain.analytics.usage import UsageTotal
from server.domain.applications.applications import Application
from server.domain.events import Event, EventKind
from server.domain.messages.alerts import DAY_PERIODS, Alert, levels_of, message_of, reached_of
from server.domain.permissions import Permission
from server.domain.plans.limits import UsageLimit
from server.domain.services.backend_apis import BackendUsage
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from server.kit.inserts import insert_new

AT_ONCE = 500  # applications
CHANNELS = ("web_provider", "email_provider", "web_buyer", "email_buyer")
LOWEST = 2  # half of a limit is the lowest level
_LIMITED = exists().where(col(UsageLimit.metric_id) == col(Metric.id), col(UsageLimit.value) > 0)
# Who called lately, by the numbers of minutes: one index, from its limited metrics.
_CALLED = (
    select_columns(col(UsageTotal.application_id))
    .select_from(UsageTotal)
    .join(Metric, col(Metric.id) == col(UsageTotal.metric_id))
    .where(
        _LIMITED,
        col(UsageTotal.period) == Period.MINUTE,
        col(UsageTotal.window_start) >= bindparam("since"),
    )
)
RECENT = union(
    _CALLED.where(col(Metric.service_id) == col(UsageTotal.service_id)),
    _CALLED.where(
        col(BackendUsage.backend_api_id) == col(Metric.backend_api_id),
        col(BackendUsage.service_id) == col(UsageTotal.service_id),
    ),
)


@dataclass(frozen=True, slots=True)
class Reached:
    """A limit of which an application has used at least half, in the window at `start`."""

    provider_id: int
    account_id: int
    application_id: int
    service_id: int
    metric_id: int
    metric_name: str
    period: str
    start: datetime
    limit: int
    used: int

    @property
    def key(self) -> tuple[int, int, str, datetime]:
        """What is told once a level: a limit in its window, or in its day where that is shorter."""
        told_by = Period.DAY if self.period in DAY_PERIODS else Period(self.period)
        start = window_of(told_by, self.start).start
        return self.application_id, self.metric_id, self.period, start


def find_reached(db: Session, since: datetime) -> Iterator[Reached]:
    """Find what was reached by applications that have called since then.

    Cost: one query, and seven for each 500 of them.
    """
    ids = sorted(db.execute(RECENT, {"since": since}).scalars())
    for at in range(0, len(ids), AT_ONCE):
        for period in PERIODS:
            start = window_of(period, since).start
            query = _reached_query(period, ids[at : at + AT_ONCE], start)
            yield from (Reached(*row) for row in db.execute(query))


def _reached_query(period: Period, ids: Sequence[int], start: datetime) -> Select[tuple[object]]:
    query: Select[tuple[object]] = (
        select_columns(
            col(Application.provider_id),
            col(Application.account_id),
            col(Application.id),
            col(Application.service_id),
            col(UsageLimit.metric_id),
            col(Metric.friendly_name),
            col(UsageLimit.period),
            col(UsageTotal.window_start),
            col(UsageLimit.value),
            col(UsageTotal.value),
        )  # type: ignore[assignment]  # ten columns
        .select_from(Application)
        .join(UsageLimit, col(UsageLimit.plan_id) == col(Application.plan_id))
        .join(Metric, col(Metric.id) == col(UsageLimit.metric_id))
        .join(
            UsageTotal,
            (col(UsageTotal.application_id) == col(Application.id))
            & (col(UsageTotal.metric_id) == col(UsageLimit.metric_id)),
        )
        .where(
            col(Application.id).in_(ids),
            col(UsageLimit.period) == period.value,
            col(UsageTotal.period) == period.value,
            col(UsageTotal.window_start) >= start,
            col(UsageLimit.value) > 0,
            col(UsageTotal.value) >= col(UsageLimit.value) / LOWEST,
        )
    )
    return query


def untold(db: Session, reached: Sequence[Reached]) -> list[Reached]:
    """Leave out what was told already, or is told to nobody. Cost: two queries."""
    services = _services_of(db, reached)
    known = _known_levels(db, reached)
    return [one for one in reached if _told(services[one.service_id], one, known.get(one.key, 0))]


def note_reached(work: Work, reached: Sequence[Reached]) -> list[Alert]:
    """Tell of what was reached that nobody was told of yet, each level once; lower ones no more.

    All of them are the actor's provider's. Cost: two queries, and one for each new alert.
    """
    work.actor.require(Permission.MESSAGES_EDIT)
    services = _services_of(work.db, reached)
    known = _known_levels(work.db, reached)
    made = []
    for one in sorted(reached, key=lambda one: one.used / one.limit, reverse=True):
        told = _told(services[one.service_id], one, known.get(one.key, 0))
        if not told:
            continue
        level = max(told.values())
        alert = _alert(work, one, level, told)
        if alert is not None:
            made.append(alert)
        known[one.key] = level
    return made


def _services_of(db: Session, reached: Sequence[Reached]) -> dict[int, Service]:
    wanted = {one.service_id for one in reached}
    query = select(Service).where(col(Service.id).in_(wanted))
    return {service.id: service for service in db.exec(query)}


def _known_levels(
    db: Session, reached: Sequence[Reached]
) -> dict[tuple[int, int, str, datetime], int]:
    """Read which level each limit has come to in its window."""
    starts = {one.key[3] for one in reached}
    ids = {one.application_id for one in reached}
    query = select(Alert).where(
        col(Alert.application_id).in_(ids), col(Alert.window_start).in_(starts)
    )
    known: dict[tuple[int, int, str, datetime], int] = {}
    for row in db.exec(query):
        key = (row.application_id, row.metric_id, row.period, row.window_start)
        known[key] = max(row.level, known.get(key, 0))
    return known


def _told(service: Service, one: Reached, before: int) -> dict[str, int]:
    """Tell which channels hear of a level that is new, each of the highest that it wants."""
    found: dict[str, int] = {}
    for channel in CHANNELS:
        levels: AbstractSet[int] = levels_of(getattr(service, f"{channel}_levels"))
        level = max(reached_of(one.used, one.limit) & levels, default=0)
        if level > before:
            found[channel] = level
    return found


def _alert(work: Work, one: Reached, level: int, told: dict[str, int]) -> Alert | None:
    """Write an alert and its event; None when somebody else just did."""
    application_id, metric_id, period, start = one.key
    values = {
        "provider_id": one.provider_id,
        "account_id": one.account_id,
        "application_id": application_id,
        "service_id": one.service_id,
        "metric_id": metric_id,
        "metric_name": one.metric_name,
        "period": period,
        "window_start": start,
        "level": level,
        "limit_value": one.limit,
        "used": one.used,
        "state": "unread" if "web_buyer" in told else "deleted",
        "provider_state": "unread" if "web_provider" in told else "deleted",
        "created_at": work.now,
    }
    alert_id = insert_new(work.db, Alert, values)
    if alert_id is None:
        return None
    alert = work.db.get_one(Alert, alert_id)
    facts = {
        "level": level,
        "told": sorted(told),
        "message": message_of(alert),
        "application_id": application_id,
    }
    work.record(
        Event(
            EventKind.LIMIT_REACHED,
            alert.id,
            account_id=one.account_id,
            service_id=one.service_id,
            facts=facts,
        )
    )
    return alert
