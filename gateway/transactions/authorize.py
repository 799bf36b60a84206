"""Authorize and authrep: from the query string to the status.

Here authrep differs from the reference on purpose: checking and counting are one atomic step, so
that parallel calls never exceed a limit. Source: service-management-api 3 to 9, design 5 and 6.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from gateway.counters.base import CounterStore, Reading
from gateway.directory import Directory, Metric
from gateway.response_codes import ResponseCodes
from gateway.transactions.answers import Answer, Header
from gateway.transactions.call import LIMITS_EXCEEDED, Call, Kind, Verdict
from gateway.transactions.errors import BareRefusal, not_valid_data
from gateway.transactions.identity import application_of, refuse_end_users, service_of, tenant_of
from gateway.transactions.limits import limit_headers, obstacle_of
from gateway.transactions.logged_codes import logged_code
from gateway.transactions.params import params_of
from gateway.transactions.proxy_headers import ProxyHeaders
from gateway.transactions.request import Request
from gateway.transactions.status import PeriodTexts, status_xml
from gateway.transactions.usage_values import counts_anything, deltas_of_usage
from gateway.transactions.validators import objection_to
from gateway.windows import Calendar

REASON_HEADER = b"3scale-rejection-reason"


class Authorizer:
    """Answers the four GET addresses."""

    def __init__(
        self,
        directory: Directory,
        counters: CounterStore,
        codes: ResponseCodes,
        clock: Callable[[], float],
    ) -> None:
        self._directory = directory
        self._counters = counters
        self._codes = codes
        self._clock = clock
        self._calendar = Calendar()
        self._spans = PeriodTexts()
        self._proxy_headers = ProxyHeaders()

    async def answer(self, request: Request, kind: Kind) -> Answer:
        """Decide about a call and write the status.

        Raises: WireError, BareRefusal, StoreUnavailable, DirectoryUnavailable.
        """
        call = await self._call_of(request, kind)
        verdict = await self._decide(call, shown=not request.no_body)
        code = logged_code(call.values)
        if code and kind.counts and verdict.rejection is None:
            self._codes.note(call.application, code)
        now_s = self._clock()
        headers = self._headers(call, verdict, now_s)
        body = b"" if request.no_body else await self._body(call, verdict, now_s)
        return Answer(200 if verdict.rejection is None else 409, body, headers)

    async def _call_of(self, request: Request, kind: Kind) -> Call:
        """Check everything that is answered with an error, in the order of the reference."""
        params = params_of(request.query)
        values = params.values
        request.take(values)
        if not params.is_utf8:
            raise not_valid_data()
        provider = await tenant_of(self._directory, values)
        refuse_end_users(values)
        usage = values.get("usage")
        if usage is None:
            usage = {}
        elif not isinstance(usage, dict):
            raise BareRefusal(403)
        request.service = service = await service_of(self._directory, values, provider)
        version = request.options.backend_version
        if version and version != service.backend_version:
            service = replace(service, backend_version=version)
        application = await application_of(self._directory, values, service)
        deltas = deltas_of_usage(service, usage, flat=request.options.flat_usage)
        return Call(kind, request.options, values, service, application, deltas)

    async def _decide(self, call: Call, *, shown: bool) -> Verdict:
        rejection = objection_to(call, self._directory.key_digest)
        application, deltas = call.application, call.deltas
        if rejection is not None:
            if not shown:
                return Verdict(rejection)
            outcome = await self._counters.read(application)
            return Verdict(rejection, _of_known(outcome.readings, call.service.metrics))
        if call.kind.counts and counts_anything(deltas):
            outcome = await self._counters.add(application, deltas)
            readings = _of_known(outcome.readings, call.service.metrics)
            refused = outcome.refused
        else:
            outcome = await self._counters.read(application)
            readings = _of_known(outcome.readings, call.service.metrics)
            refused = obstacle_of(readings, deltas)
        return Verdict(None if refused is None else LIMITS_EXCEEDED, readings, refused)

    def _headers(self, call: Call, verdict: Verdict, now_s: float) -> list[Header]:
        headers: list[Header] = []
        rejection = verdict.rejection
        if call.options.limit_headers and rejection in (None, LIMITS_EXCEEDED):
            windows = self._calendar.windows_at(now_s)
            headers = limit_headers(verdict.readings, call.deltas, windows, now_s)
        if call.options.rejection_reason_header and rejection is not None:
            headers.append((REASON_HEADER, rejection.code.encode("ascii")))
        if call.options.proxy_headers:
            headers += self._proxy_headers.of(verdict, now_s)
        return headers

    async def _body(self, call: Call, verdict: Verdict, now_s: float) -> bytes:
        keys: Sequence[str] | None = None
        if call.kind.oauth or call.options.list_app_keys:
            keys = await self._directory.application_keys(call.application)
        spans = self._spans.of(self._calendar.windows_at(now_s))
        return status_xml(call, verdict, spans, keys)


def _of_known(readings: Sequence[Reading], metrics: Mapping[str, Metric]) -> Sequence[Reading]:
    """Leave out limits of metrics that have been deleted."""
    return [each for each in readings if each.limit.metric in metrics]
