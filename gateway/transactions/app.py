"""The Service Management API as an ASGI app: addresses, and faults turned into answers."""

import time
from collections.abc import Callable
from typing import Any

import structlog

from gateway.counters.base import CounterStore
from gateway.directory import Directory
from gateway.errors import DirectoryUnavailable, StoreUnavailable
from gateway.exchange import Receive, Send
from gateway.metrics import count_call
from gateway.quiet import words_of
from gateway.replies import ERROR_HEADER, FAULTS
from gateway.response_codes import ResponseCodes
from gateway.transactions.answers import (
    AVAILABLE,
    CHECK,
    FAULT,
    NOT_FOUND,
    PREFLIGHT,
    STATUS,
    Answer,
    send_answer,
)
from gateway.transactions.authorize import Authorizer
from gateway.transactions.body import ClientGone
from gateway.transactions.error_log import ErrorLog
from gateway.transactions.errors import BareRefusal, WireError
from gateway.transactions.question import Action
from gateway.transactions.report import Reporter
from gateway.transactions.request import Request
from gateway.transactions.status import error_xml

ACTIONS = {
    "/transactions/authorize.xml": Action(counts=False, oauth=False),
    "/transactions/authrep.xml": Action(counts=True, oauth=False),
    "/transactions/oauth_authorize.xml": Action(counts=False, oauth=True),
    "/transactions/oauth_authrep.xml": Action(counts=True, oauth=True),
}
REPORT = ("POST", "/transactions.xml")
READING = frozenset({"GET", "HEAD"})  # authrep counts by both
FIXED = {
    ("HEAD", "/available"): AVAILABLE,
    ("GET", "/check.txt"): CHECK,
    ("HEAD", "/check.txt"): CHECK,
    ("GET", "/status"): STATUS,
    ("HEAD", "/status"): STATUS,
}
log = structlog.get_logger("gatehouse.transactions")


class TransactionsApp:
    """Answers the Service Management API; `errors` has what went wrong for each service."""

    def __init__(
        self,
        directory: Directory,
        counters: CounterStore,
        codes: ResponseCodes,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.errors = ErrorLog()
        self._clock = clock
        self._authorizer = Authorizer(directory, counters, codes, clock)
        self._reporter = Reporter(directory, counters, codes, self.errors, clock)

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
            return
        request = Request(scope)
        try:
            answer = await self._answer(request, receive)
        except ClientGone:
            return
        except WireError as error:
            answer = self._refuse(request, error)
        except BareRefusal as refusal:
            answer = Answer(refusal.status, is_error=True)
        except StoreUnavailable as error:
            answer = _fault(request, "counter_store_unavailable", error)
        except DirectoryUnavailable as error:
            answer = _fault(request, "directory_unavailable", error)
        except Exception:
            log.exception("transactions_fault", path=request.path, quiet=words_of(scope))
            answer = FAULT
        await send_answer(send, answer, head_only=request.method == "HEAD")

    async def _answer(self, request: Request, receive: Receive) -> Answer:
        if request.method in READING:
            action = ACTIONS.get(request.path)
            if action is not None:
                return await self._authorizer.answer(request, action, receive)
        if request.method == "OPTIONS":
            return PREFLIGHT
        route = (request.method, request.path)
        if route == REPORT:
            return await self._reporter.answer(request, receive)
        return FIXED.get(route, NOT_FOUND)

    def _refuse(self, request: Request, error: WireError) -> Answer:
        """Write an error; those of authorize and authrep are kept for the service's provider."""
        if request.service is not None and request.method in READING:
            self.errors.record(request.service.id, error.code, error.message, self._clock())
        return _error_answer(request, error.status, error.code, error.message)


def _fault(request: Request, code: str, error: Exception) -> Answer:
    """Log and count what is our fault, not the client's."""
    service = request.service.system_name if request.service is not None else ""
    log.error(code, service=service, error=str(error))
    count_call(service, code)
    status, message = FAULTS[code]
    return _error_answer(request, status, code, message)


def _error_answer(request: Request, status: int, code: str, message: str) -> Answer:
    body = b"" if request.no_body else error_xml(code, message)
    told = request.options.proxy_headers
    headers = [(ERROR_HEADER, code.encode("ascii"))] if told else []
    return Answer(status, body, headers, is_error=True)
