"""One proxied call, from its request to its end: the one object that travels."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.arguments import CallArguments
from gateway.config.service import ServiceConfig, Upstream
from gateway.counters.base import Outcome
from gateway.directory import Application, Credential
from gateway.rules import NO_MATCH, Match, Matcher
from gateway.runtime import Runtime

Header = tuple[bytes, bytes]  # lower-case name, value
RawHeaders = Sequence[Header]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

NO_OUTCOME = Outcome(None, ())


class Exchange:
    """What is known of a call so far. Made per call, so plain slots and no checks.

    A policy may change `headers`, `path`, `query`, `arguments`, `upstream` and `body` in its
    request phase; the links behind it and the upstream see what it leaves.
    """

    __slots__ = (
        "application",
        "arguments",
        "body",
        "client",
        "counted_s",
        "credential",
        "debug_headers",
        "document",
        "headers",
        "hops",
        "host",
        "is_test",
        "listening",
        "match",
        "method",
        "mounted",
        "outcome",
        "path",
        "query",
        "receive",
        "rules",
        "runtime",
        "scheme",
        "upstream",
    )

    def __init__(self, scope: Any, receive: Receive, host: str, path: str) -> None:
        self.receive = receive
        self.method: str = scope["method"]
        self.scheme: str = scope.get("scheme", "http")
        self.headers: RawHeaders = scope["headers"]
        self.query: bytes = scope["query_string"]
        self.client: str = (scope.get("client") or ("",))[0]
        self.listening: int | None = (scope.get("server") or ("", None))[1]  # the port called
        self.host = host  # as sent
        self.hops = 0  # gateways that it has passed
        self.is_test = False  # the provider's own: nobody's key, and nothing is counted
        self.path = path  # normalised
        self.arguments = CallArguments(self.query)
        self.body: bytes | None = None  # once it has been read as a whole
        self.runtime: Runtime
        self.document: ServiceConfig
        self.upstream: Upstream | None
        self.rules: Matcher  # that may count it
        self.mounted = 0  # segments of the path that the upstream is not told
        self.application: Application  # once the call has named it; it may be refused yet
        self.credential: Credential | None = None
        self.match: Match = NO_MATCH
        self.outcome: Outcome = NO_OUTCOME
        self.counted_s = 0.0  # UNIX time of the outcome
        self.debug_headers: RawHeaders = ()

    def header(self, name: bytes) -> bytes | None:
        for each, value in self.headers:
            if each == name:
                return value
        return None


class ResponseHead:
    """Status and headers of an answer before it goes out; policies may change both."""

    __slots__ = ("headers", "status")

    def __init__(self, status: int, headers: list[Header]) -> None:
        self.status = status
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of a policy's own that is no refusal; the call goes no further."""

    status: int
    headers: RawHeaders = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class CallEnd:
    """How a call ended; `status` is 0 when its caller left before an answer began."""

    status: int
    code: str  # `status_2xx` …, `caller_gone`, or the code of a refusal or fault
