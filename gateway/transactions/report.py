"""Reports: a batch of transactions, counted as a whole before the answer, or not at all.

The reference counts later; here the 202 means that it is counted. Source: service-management-api
10, design 5.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from gateway.counters.base import CounterStore, Delta, Report
from gateway.directory import Application, Directory, Service
from gateway.exchange import Receive
from gateway.response_codes import ResponseCodes
from gateway.transactions.answers import ACCEPTED, Answer
from gateway.transactions.body import check_content_type, read_form
from gateway.transactions.error_log import ErrorLog
from gateway.transactions.errors import (
    WireError,
    metric_invalid,
    not_valid_data,
    transactions_blank,
    transactions_format_invalid,
    transactions_nil,
)
from gateway.transactions.identity import (
    get_reported_application,
    get_service,
    get_tenant,
    refuse_end_users,
)
from gateway.transactions.logged_codes import find_logged_code
from gateway.transactions.params import Hash, Value, merge, parse_params
from gateway.transactions.request import Request
from gateway.transactions.timestamps import parse_timestamp
from gateway.transactions.usage_values import is_nothing, parse_usages
from gateway.usage import UnknownMetric, Usage, join, roll_up

BREATH = 100  # transactions checked before other calls get their turn
MINUTE_S = 60  # the shortest window: usage of one minute falls into the same windows


@dataclass(slots=True)
class _Sum:
    """What a batch counts for one application in one minute; `at_s` None is now."""

    application: Application
    at_s: float | None
    steps: list[Sequence[Delta]] = field(default_factory=list)  # of each transaction
    codes: list[int] = field(default_factory=list)


class Reporter:
    """Answers `POST /transactions.xml`."""

    def __init__(
        self,
        directory: Directory,
        counters: CounterStore,
        codes: ResponseCodes,
        errors: ErrorLog,
        clock: Callable[[], float],
    ) -> None:
        self._directory = directory
        self._counters = counters
        self._codes = codes
        self._errors = errors
        self._clock = clock

    async def answer(self, request: Request, receive: Receive) -> Answer:
        """Count a batch; one invalid transaction discards all and leaves an error in the log.

        Raises: WireError, ClientGone, StoreUnavailable, DirectoryUnavailable.
        """
        check_content_type(request)
        params = merge(parse_params(request.query), await read_form(request, receive))
        values = params.values
        request.take(values)
        provider = await get_tenant(self._directory, values)
        if not params.is_utf8:
            raise not_valid_data()
        transactions = parse_transactions(values.get("transactions"))
        for each in (values, *transactions):
            refuse_end_users(each)
        request.service = service = await get_service(self._directory, values, provider)
        try:
            sums = await self._sum_up(service, transactions, flat=request.options.flat_usage)
        except WireError as error:
            self._errors.record(service.id, error.code, error.message, self._clock())
            return ACCEPTED
        await self._counters.report([_counted(each) for each in sums])
        for summed in sums:
            for code in summed.codes:
                self._codes.note(summed.application, code, summed.at_s)
        return ACCEPTED

    async def _sum_up(
        self, service: Service, transactions: Sequence[Hash], *, flat: bool
    ) -> Sequence[_Sum]:
        """Check every transaction and put together what is counted together. Raises: WireError."""
        sums: dict[tuple[int, int | None], _Sum] = {}
        now_s = self._clock()
        for number, transaction in enumerate(transactions):
            if number % BREATH == BREATH - 1:
                await asyncio.sleep(0)
            usage = transaction.get("usage")
            code = find_logged_code(transaction)
            if not code and (not isinstance(usage, dict) or is_nothing(usage)):
                continue
            application = await get_reported_application(self._directory, transaction, service)
            used = usage if isinstance(usage, dict) else {}
            usages = parse_usages(service.metrics, used)
            at_s = parse_timestamp(transaction.get("timestamp"), now_s)
            minute = None if at_s is None else int(at_s // MINUTE_S)
            fresh = _Sum(application, at_s)
            summed = sums.setdefault((application.id, minute), fresh)
            summed.steps.append(_rolled_up(service, usages, flat=flat))
            summed.codes.extend([code] if code else [])
        return list(sums.values())


def _rolled_up(service: Service, usages: Sequence[Usage], *, flat: bool) -> Sequence[Delta]:
    try:
        return roll_up(service.metrics, usages, flat=flat)
    except UnknownMetric as error:  # a parent that has just been deleted
        raise metric_invalid(error.name) from error


def _counted(summed: _Sum) -> Report:
    """Write what the store is asked to count."""
    at = None if summed.at_s is None else datetime.fromtimestamp(summed.at_s, UTC)
    return Report(summed.application, join(summed.steps), at)


def parse_transactions(value: Value) -> Sequence[Hash]:
    """Take the transactions of a hash of hashes, in order. Raises: WireError."""
    if not value or (isinstance(value, str) and value.isspace()):
        raise transactions_blank()
    if not isinstance(value, dict):
        raise transactions_format_invalid()
    if None in value.values():
        raise transactions_nil()
    transactions = [each for each in value.values() if isinstance(each, dict)]
    usages = [each.get("usage") for each in transactions]
    if len(transactions) < len(value) or not all(_may_be_usage(usage) for usage in usages):
        raise transactions_format_invalid()
    return transactions


def _may_be_usage(value: Value) -> bool:
    return value is None or isinstance(value, dict)
