"""Statistics of how an API answered: calls by status code."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from server.actions.analytics.usage import Bucket, list_starts
from server.actions.work import Work
from server.domain.analytics.usage import ResponseCodeTotal
from server.domain.errors import Invalid
from server.domain.permissions import Permission

CODE = re.compile(r"([1-5])([0-9]{2}|xx)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesAsk:
    """Which answers to sum: of a service or one application, bucket by bucket."""

    service_id: int
    since: datetime
    until: datetime
    granularity: str = "day"
    code: str = ""  # a status such as 404 or a class such as 4xx; empty is all
    application_id: int | None = None


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How many calls were answered with one status."""

    code: int
    value: int


@dataclass(frozen=True, slots=True)
class CodeUsage:
    """The answers of a span: by status, lowest first, and by window, empty ones included."""

    codes: Sequence[CodeCount]
    buckets: Sequence[Bucket]
    cells: Mapping[tuple[datetime, int], int]  # by window and status


def count_response_codes(work: Work, ask: CodesAsk) -> CodeUsage:
    """Sum answers by status and by calendar window (UTC).

    The caller has checked that service and application are within the actor's reach.
    Raises: Invalid for a bad code or granularity or too many buckets. Cost: one query.
    """
    work.actor.require(Permission.USAGE_READ, account_id=work.actor.account_id)
    starts = list_starts(ask.since, ask.until, ask.granularity)
    lowest, highest = _parse_range(ask.code)
    total = ResponseCodeTotal
    query = select(total.code, total.window_start, func.sum(total.value)).where(
        total.service_id == ask.service_id,
        total.period == ask.granularity,
        total.window_start >= starts[0],
        total.window_start <= starts[-1],
        col(total.code).between(lowest, highest),
    )
    if ask.application_id is not None:
        query = query.where(total.application_id == ask.application_id)
    found = work.db.exec(query.group_by(col(total.code), col(total.window_start)))
    cells = {(start, code): int(value) for code, start, value in found}
    by_code: dict[int, int] = {}
    by_start: dict[datetime, int] = {}
    for (start, code), value in cells.items():
        by_code[code] = by_code.get(code, 0) + value
        by_start[start] = by_start.get(start, 0) + value
    codes = [CodeCount(code, by_code[code]) for code in sorted(by_code)]
    buckets = [Bucket(start, by_start.get(start, 0)) for start in starts]
    return CodeUsage(codes, buckets, cells)


def _parse_range(code: str) -> tuple[int, int]:
    if not code:
        return 100, 599
    match = CODE.fullmatch(code)
    if match is None:
        raise Invalid("must be a status such as 404 or a class such as 4xx.", field="code")
    if match[2].lower() == "xx":
        return int(match[1]) * 100, int(match[1]) * 100 + 99
    return int(code), int(code)
