"""Usage statistics: sums over windows, and where an application stands against its limits."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from gateway.windows import Period, window_of
from server.actions.work import Work
from server.domain.analytics.usage import UsageTotal
from server.domain.applications.applications import Application
from server.domain.errors import Invalid
from server.domain.permissions import Permission
from server.domain.plans.limits import UsageLimit
from server.domain.services.metrics import Metric
from server.kit.durations import words_of

MOST_BUCKETS = 1000
NEAR_PCT = 80.0  # from here on a limit is shown to be near its end
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
GRANULARITIES = (Period.HOUR, Period.DAY, Period.WEEK, Period.MONTH, Period.YEAR)

# What every dashboard asks for, built once.
LIMITS_OF_PLANS = (
    select(UsageLimit, Metric)
    .join(Metric, col(Metric.id) == UsageLimit.metric_id)
    .where(col(UsageLimit.plan_id).in_(bindparam("plan_ids", expanding=True)))
    .order_by(col(UsageLimit.id))
)
TOTALS_NOW = select_columns(
    col(UsageTotal.application_id),
    col(UsageTotal.metric_id),
    col(UsageTotal.period),
    col(UsageTotal.window_start),
    col(UsageTotal.value),
).where(
    col(UsageTotal.application_id).in_(bindparam("application_ids", expanding=True)),
    col(UsageTotal.window_start).in_(bindparam("starts", expanding=True)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageAsk:
    """What to sum: one metric, of a service or one application, bucket by bucket."""

    service_id: int
    metric_id: int
    since: datetime
    until: datetime
    granularity: str = "day"
    application_id: int | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """One window's sum."""

    start: datetime
    value: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A limit and what is used of it in the window of now."""

    metric: Metric
    limit: UsageLimit
    used: int
    resets_at: datetime | None  # None: never (eternity)
    resets_in: str  # the same in words such as "12 minutes"; empty: never

    @property
    def state(self) -> str:
        """How it stands: `fine`, `near` its end, `used_up`, or `disabled` from the start."""
        if not self.limit.value:
            return "disabled"
        if self.used >= self.limit.value:
            return "used_up"
        return "near" if self.used_pct >= NEAR_PCT else "fine"

    @property
    def left(self) -> int:
        """How many units are left."""
        return max(self.limit.value - self.used, 0)

    @property
    def used_pct(self) -> float:
        """How much is used, in percent; 100 for a disabled metric."""
        return min(100.0, 100.0 * self.used / self.limit.value) if self.limit.value else 100.0


def list_usage(work: Work, ask: UsageAsk) -> list[Bucket]:
    """Sum usage into calendar buckets (UTC), empty ones included.

    The caller has checked that service, metric and application are within the actor's reach.
    Raises: Invalid for a bad granularity or too many buckets. Cost: one query.
    """
    work.actor.require(Permission.USAGE_READ, account_id=work.actor.account_id)
    starts = list_starts(ask.since, ask.until, ask.granularity)
    rows = UsageTotal.window_start, func.sum(UsageTotal.value)
    query = select(*rows).where(
        UsageTotal.service_id == ask.service_id,
        UsageTotal.metric_id == ask.metric_id,
        UsageTotal.period == ask.granularity,
        UsageTotal.window_start >= starts[0],
        UsageTotal.window_start <= starts[-1],
    )
    if ask.application_id is not None:
        query = query.where(UsageTotal.application_id == ask.application_id)
    found = dict(work.db.exec(query.group_by(col(UsageTotal.window_start))).all())
    return [Bucket(start, int(found.get(start, 0))) for start in starts]


def list_starts(since: datetime, until: datetime, granularity: str) -> list[datetime]:
    """List where the calendar windows begin. Raises: Invalid."""
    if granularity not in GRANULARITIES:
        raise Invalid(f"must be one of {', '.join(GRANULARITIES)}.", field="granularity")
    for field, at in (("since", since), ("until", until)):
        if at.tzinfo is None or not EARLIEST <= at <= LATEST:
            raise Invalid("must be an instant from 1970 to 9000, with time zone.", field=field)
    if until <= since:
        raise Invalid("must be later than since.", field="until")
    period, starts, at = Period(granularity), [], since
    while at < until:
        window = window_of(period, at)
        starts.append(window.start)
        at = window.end
        if len(starts) > MOST_BUCKETS:
            raise Invalid(f"gives more than {MOST_BUCKETS} buckets.", field="since")
    return starts


def list_standings(db: Session, application: Application, now: datetime) -> list[Standing]:
    """Return where the application stands against each limit of its plan. Cost: two queries.

    The numbers are those of the statistics: at most a moment behind the gateway's.
    """
    return list_standings_by_application(db, [application], now)[application.id]


def list_standings_by_application(
    db: Session, applications: Sequence[Application], now: datetime
) -> dict[int, list[Standing]]:
    """Return the standings of many applications by their ids. Cost: two queries for all."""
    plan_ids = {application.plan_id for application in applications}
    limits = db.exec(LIMITS_OF_PLANS, params={"plan_ids": list(plan_ids)}).all()
    periods = {Period(limit.period) for limit, _ in limits}
    used = _used_now(db, [application.id for application in applications], periods, now)
    return {
        application.id: [
            Standing(
                metric,
                limit,
                used.get((application.id, limit.metric_id, limit.period), 0),
                *_reset_of(limit, now),
            )
            for limit, metric in limits
            if limit.plan_id == application.plan_id
        ]
        for application in applications
    }


def _reset_of(limit: UsageLimit, now: datetime) -> tuple[datetime | None, str]:
    if limit.period == Period.ETERNITY:
        return None, ""
    end = window_of(Period(limit.period), now).end
    return end, words_of(end - now)


def _used_now(
    db: Session, application_ids: Sequence[int], periods: Set[Period], now: datetime
) -> dict[tuple[int, int, str], int]:
    if not periods:
        return {}
    starts = {period.value: window_of(period, now).start for period in periods}
    params = {"application_ids": list(application_ids), "starts": list(starts.values())}
    return {
        (application_id, metric_id, period): value
        for application_id, metric_id, period, start, value in db.execute(TOTALS_NOW, params)
        if start == starts.get(period)
    }


def last_days(now: datetime, days: int) -> tuple[datetime, datetime]:
    """Tell since and until of the last days, today included."""
    today = window_of(Period.DAY, now)
    return today.start - timedelta(days=days - 1), today.end
