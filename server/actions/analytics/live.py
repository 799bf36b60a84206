"""What is used just now: the counts of running windows, as the gateway folds them each second."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, tuple_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from gateway.windows import Period, window_of
from server.domain.analytics.usage import UsageTotal

MOST_KEYS = 200  # of a statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One number: of a metric in the running window, of a service or of one application."""

    service_id: int
    metric_id: int
    period: Period
    application_id: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What it is, and in which window."""

    start: datetime
    value: int


def count_now(
    db: Session, watched: Collection[Watched], now: datetime
) -> Mapping[Watched, Counted]:
    """Read numbers; one that nothing was used of is 0.

    Cost: a statement for up to 200 of applications, and one for up to 200 of services.
    """
    starts = {each: window_of(each.period, now).start for each in watched}
    found: dict[tuple[object, ...], int] = {}
    of_applications = [each for each in watched if each.application_id is not None]
    for some in _pieces(of_applications):
        found.update(_of_applications(db, some, starts))
    for some in _pieces([each for each in watched if each.application_id is None]):
        found.update(_of_services(db, some, starts))
    return {
        each: Counted(start, found.get(_key_of(each, start), 0)) for each, start in starts.items()
    }


def _key_of(each: Watched, start: datetime) -> tuple[object, ...]:
    whose = each.application_id
    owner = ("service", each.service_id) if whose is None else ("application", whose)
    return *owner, each.metric_id, each.period.value, start


def _pieces(watched: list[Watched]) -> Iterator[list[Watched]]:
    return (watched[at : at + MOST_KEYS] for at in range(0, len(watched), MOST_KEYS))


def _of_applications(
    db: Session, watched: Iterable[Watched], starts: Mapping[Watched, datetime]
) -> Iterator[tuple[tuple[object, ...], int]]:
    key = (
        col(UsageTotal.application_id),
        col(UsageTotal.metric_id),
        col(UsageTotal.period),
        col(UsageTotal.window_start),
    )
    keys = [
        (each.application_id, each.metric_id, each.period.value, starts[each]) for each in watched
    ]
    for *at, value in db.execute(
        select_columns(*key, col(UsageTotal.value)).where(tuple_(*key).in_(keys))
    ):
        yield ("application", *at), value


def _of_services(
    db: Session, watched: Iterable[Watched], starts: Mapping[Watched, datetime]
) -> Iterator[tuple[tuple[object, ...], int]]:
    key = (
        col(UsageTotal.service_id),
        col(UsageTotal.metric_id),
        col(UsageTotal.period),
        col(UsageTotal.window_start),
    )
    keys = [(each.service_id, each.metric_id, each.period.value, starts[each]) for each in watched]
    rows = select_columns(*key, func.sum(col(UsageTotal.value))).where(tuple_(*key).in_(keys))
    for *at, value in db.execute(rows.group_by(*key)):
        yield ("service", *at), int(value)
