"""Authorize and authrep: from the query string to the status.

Here authrep differs from the reference on purpose: checking and counting are one atomic step, so
that parallel calls never exceed a limit. Source: service-management-api 3 to 9, design 5 and 6.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from gateway.counters.base import CounterStore, Reading
from gateway.directory import Directory, Metric
from gateway.exchange import Receive
from gateway.limits import find_exceeded, find_obstacle
from gateway.response_codes import ResponseCodes
from gateway.transactions.answers import Answer, Header
from gateway.transactions.body import has_form, read_form
from gateway.transactions.errors import BareRefusal, WireError, not_valid_data
from gateway.transactions.identity import get_application, get_service, get_tenant, refuse_end_users
from gateway.transactions.limits import limit_headers
from gateway.transactions.logged_codes import find_logged_code
from gateway.transactions.params import merge, parse_params
from gateway.transactions.proxy_headers import ProxyHeaders
from gateway.transactions.question import LIMITS_EXCEEDED, Action, Question, Verdict
from gateway.transactions.refused import note_error, note_rejection
from gateway.transactions.request import Request
from gateway.transactions.status import PeriodTexts, status_xml
from gateway.transactions.usage_values import counts_anything, parse_deltas
from gateway.transactions.validators import find_rejection
from gateway.windows import Calendar

REASON_HEADER = b"3scale-rejection-reason"


class Authorizer:
    """Answers the four addresses of GET and HEAD."""

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

    async def answer(self, request: Request, action: Action, receive: Receive) -> Answer:
        """Decide about a call and write the status.

        Raises: WireError, BareRefusal, ClientGone, StoreUnavailable, DirectoryUnavailable.
        """
        try:
            question = await self._parse(request, action, receive)
        except WireError as error:
            note_error(self._codes.refusals, request, action, error)
            raise
        verdict = await self._decide(question, shown=not request.no_body)
        note_rejection(self._codes.refusals, question, verdict)
        code = find_logged_code(question.values)
        if code and action.counts and verdict.rejection is None:
            self._codes.note(question.application, code)
        now_s = self._clock()
        headers = self._headers(question, verdict, now_s)
        body = b"" if request.no_body else await self._body(question, verdict, now_s)
        return Answer(200 if verdict.rejection is None else 409, body, headers)

    async def _parse(self, request: Request, action: Action, receive: Receive) -> Question:
        """Check everything that is answered with an error, in the order of the reference."""
        params = parse_params(request.query)
        if has_form(request):
            params = merge(params, await read_form(request, receive))
        values = params.values
        request.take(values)
        if not params.is_utf8:
            raise not_valid_data()
        provider = await get_tenant(self._directory, values)
        refuse_end_users(values)
        usage = values.get("usage")
        if usage is None:
            usage = {}
        elif not isinstance(usage, dict):
            raise BareRefusal(403)
        request.service = service = await get_service(self._directory, values, provider)
        version = request.options.backend_version
        if version and version != service.backend_version:
            service = replace(service, backend_version=version)
        application = await get_application(self._directory, values, service, oauth=action.oauth)
        request.application = application
        deltas = parse_deltas(service, usage, flat=False)
        flat = deltas
        if request.options.flat_usage:
            flat = parse_deltas(service, usage, flat=True)
        return Question(action, request.options, values, service, application, flat, deltas)

    async def _decide(self, question: Question, *, shown: bool) -> Verdict:
        rejection = find_rejection(question, self._directory.key_digest)
        application, deltas = question.application, question.deltas
        if rejection is not None:
            if not shown:
                return Verdict(rejection)
            outcome = await self._counters.read(application)
            return Verdict(rejection, _of_known(outcome.readings, question.service.metrics))
        if question.action.counts and counts_anything(deltas):
            outcome = await self._counters.add(application, deltas)
            readings = _of_known(outcome.readings, question.service.metrics)
            refused = outcome.refused
            if refused is None and deltas is not question.shown:
                return Verdict(None, readings, shown=_rolled_up(readings, question))
        else:
            outcome = await self._counters.read(application)
            readings = _of_known(outcome.readings, question.service.metrics)
            rows = [(each.limit, each.current) for each in readings]
            refused = find_obstacle(rows, deltas) if deltas else find_exceeded(rows)
        return Verdict(None if refused is None else LIMITS_EXCEEDED, readings, refused)

    def _headers(self, question: Question, verdict: Verdict, now_s: float) -> list[Header]:
        headers: list[Header] = []
        rejection = verdict.rejection
        if question.options.limit_headers and rejection in (None, LIMITS_EXCEEDED):
            windows = self._calendar.windows_at(now_s)
            shown = verdict.shown or verdict.readings
            headers = limit_headers(shown, question.shown, windows, now_s)
        if question.options.rejection_reason_header and rejection is not None:
            headers.append((REASON_HEADER, rejection.code.encode("ascii")))
        if question.options.proxy_headers:
            headers += self._proxy_headers.write(verdict, now_s)
        return headers

    async def _body(self, question: Question, verdict: Verdict, now_s: float) -> bytes:
        keys: Sequence[str] | None = None
        if question.action.oauth or question.options.list_app_keys:
            keys = await self._directory.application_keys(question.application)
        spans = self._spans.write(self._calendar.windows_at(now_s))
        return status_xml(question, verdict, spans, keys)


def _rolled_up(readings: Sequence[Reading], question: Question) -> Sequence[Reading]:
    """Give what the reference shows after flat usage: as if children had moved their parents."""
    counted = {delta.metric_id: delta.amount for delta in question.deltas}
    rises = {
        delta.metric_id: delta.amount - counted.get(delta.metric_id, 0)
        for delta in question.shown
        if not delta.is_set
    }
    sets = {delta.metric_id: delta.amount for delta in question.shown if delta.is_set}
    return [
        Reading(
            each.limit,
            sets.get(each.limit.metric_id, each.current + rises.get(each.limit.metric_id, 0)),
        )
        for each in readings
    ]


def _of_known(readings: Sequence[Reading], metrics: Mapping[str, Metric]) -> Sequence[Reading]:
    """Leave out limits of metrics that have been deleted."""
    return [each for each in readings if each.limit.metric in metrics]
