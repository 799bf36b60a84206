"""Statistics of refused calls: why, when, and whose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select

from server.actions.analytics.spans import HOURS
from server.actions.analytics.usage import Bucket, list_starts
from server.actions.work import Work
from server.domain.analytics.refusals import NOBODY, reason_of
from server.domain.analytics.usage import RefusalTotal
from server.domain.applications.applications import Application
from server.domain.errors import Invalid
from server.domain.permissions import Permission
from server.domain.services.proxies import Proxy

MOST_APPLICATIONS = 100
LONGEST_CODE = 64
# What each dashboard asks, built once.
REFUSED_SINCE = (
    select(RefusalTotal.application_id, func.sum(RefusalTotal.value))
    .where(
        col(RefusalTotal.service_id).in_(bindparam("service_ids", expanding=True)),
        col(RefusalTotal.application_id).in_(bindparam("application_ids", expanding=True)),
        RefusalTotal.period == HOURS.granularity,
        RefusalTotal.window_start >= bindparam("since"),
    )
    .group_by(col(RefusalTotal.application_id))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalsAsk:
    """Which refusals to sum: of a service or one application, bucket by bucket."""

    service_id: int
    since: datetime
    until: datetime
    granularity: str = "day"
    code: str = ""  # such as limits_exceeded; empty is all
    application_id: int | None = None


@dataclass(frozen=True, slots=True)
class RefusalCount:
    """How many calls were refused for one reason.

    `status` is what the service's settings have the gateway answer with, None where it has none.
    """

    code: str
    status: int | None
    value: int

    @property
    def title(self) -> str:
        return reason_of(self.code).title

    @property
    def hint(self) -> str:
        """What the code means and what helps."""
        return reason_of(self.code).hint


@dataclass(frozen=True, slots=True)
class RefusalUsage:
    """The refusals of a span: by reason, the most frequent first, and by window."""

    codes: Sequence[RefusalCount]
    buckets: Sequence[Bucket]  # empty ones included
    cells: Mapping[tuple[datetime, str], int]  # by window and code

    @property
    def total(self) -> int:
        return sum(each.value for each in self.codes)


@dataclass(frozen=True, slots=True)
class RefusedApplication:
    """How many calls of one application were refused, and why.

    `application` is None for calls that named none that is known, and for one that is deleted:
    the latter has an id.
    """

    application_id: int | None
    application: Application | None
    codes: Sequence[RefusalCount]

    @property
    def total(self) -> int:
        return sum(each.value for each in self.codes)


def count_refusals(work: Work, ask: RefusalsAsk) -> RefusalUsage:
    """Sum refused calls by reason and by calendar window (UTC).

    The caller has checked that service and application are within the actor's reach.
    Raises: Invalid for a bad code or granularity or too many buckets. Cost: two queries.
    """
    starts = _starts(work, ask)
    code, start = col(RefusalTotal.code), col(RefusalTotal.window_start)
    query = select(code, start, func.sum(RefusalTotal.value)).where(*_matches(ask, starts))
    cells = {
        (at, name): int(value) for name, at, value in work.db.exec(query.group_by(code, start))
    }
    by_code: dict[str, int] = {}
    by_start: dict[datetime, int] = {}
    for (at, name), value in cells.items():
        by_code[name] = by_code.get(name, 0) + value
        by_start[at] = by_start.get(at, 0) + value
    codes = _counts(by_code, _find_proxy(work.db, ask.service_id))
    return RefusalUsage(codes, [Bucket(at, by_start.get(at, 0)) for at in starts], cells)


def list_refused_applications(
    work: Work, ask: RefusalsAsk, most: int = MOST_APPLICATIONS
) -> list[RefusedApplication]:
    """List whose calls were refused most, at most `most` of them.

    Raises: as `count_refusals`. Cost: four queries.
    """
    starts = _starts(work, ask)
    whose, value = col(RefusalTotal.application_id), func.sum(RefusalTotal.value)
    matches = _matches(ask, starts)
    leading = select(whose).where(*matches).group_by(whose).order_by(value.desc(), whose)
    ids = list(work.db.exec(leading.limit(min(most, MOST_APPLICATIONS))))
    code = col(RefusalTotal.code)
    query = select(whose, code, value).where(*matches, whose.in_(ids)).group_by(whose, code)
    found: dict[int, dict[str, int]] = {each: {} for each in ids}
    for number, name, calls in work.db.exec(query):
        found[number][name] = int(calls)
    rows = work.db.exec(select(Application).where(col(Application.id).in_(ids))).all()
    known = {row.id: row for row in rows}
    proxy = _find_proxy(work.db, ask.service_id)
    return [
        RefusedApplication(
            None if number == NOBODY else number, known.get(number), _counts(found[number], proxy)
        )
        for number in ids
    ]


def count_refused_lately(db: Session, application: Application, now: datetime) -> int:
    """Count the application's calls that were refused in the last 24 hours. Cost: one query."""
    since, _ = HOURS.bounds(now)
    query = select(func.sum(RefusalTotal.value)).where(
        RefusalTotal.service_id == application.service_id,
        RefusalTotal.application_id == application.id,
        RefusalTotal.period == HOURS.granularity,
        RefusalTotal.window_start >= since,
    )
    return int(db.exec(query).one() or 0)


def count_refused_lately_by_application(
    db: Session, applications: Sequence[Application], now: datetime
) -> dict[int, int]:
    """Count the refused calls of the last 24 hours of many applications. Cost: one query."""
    since, _ = HOURS.bounds(now)
    params = {
        "service_ids": list({application.service_id for application in applications}),
        "application_ids": [application.id for application in applications],
        "since": since,
    }
    found = db.exec(REFUSED_SINCE, params=params)
    return {application_id: int(value) for application_id, value in found if application_id}


def _starts(work: Work, ask: RefusalsAsk) -> list[datetime]:
    work.actor.require(Permission.USAGE_READ, account_id=work.actor.account_id)
    if len(ask.code) > LONGEST_CODE or not ask.code.isascii() or not ask.code.isprintable():
        raise Invalid("must be a code such as limits_exceeded.", field="code")
    return list_starts(ask.since, ask.until, ask.granularity)


def _matches(ask: RefusalsAsk, starts: Sequence[datetime]) -> list[Any]:
    total = RefusalTotal
    matches: list[Any] = [
        total.service_id == ask.service_id,
        total.period == ask.granularity,
        total.window_start >= starts[0],
        total.window_start <= starts[-1],
    ]
    if ask.application_id is not None:
        matches.append(total.application_id == ask.application_id)
    if ask.code:
        matches.append(total.code == ask.code)
    return matches


def _find_proxy(db: Session, service_id: int) -> Proxy | None:
    return db.exec(select(Proxy).where(Proxy.service_id == service_id)).first()


def _counts(by_code: dict[str, int], proxy: Proxy | None) -> list[RefusalCount]:
    counts = [RefusalCount(code, _status(code, proxy), by_code[code]) for code in by_code]
    return sorted(counts, key=lambda each: (-each.value, each.code))


def _status(code: str, proxy: Proxy | None) -> int | None:
    told_as = reason_of(code).told_as
    if not told_as or proxy is None:
        return None
    status: int = getattr(proxy, f"error_status_{told_as}")
    return status
