"""One proxied call, from its request to its end: the one object that travels."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from gateway.arguments import CallArguments
from gateway.config.document import ServiceDocument
from gateway.counters.base import Outcome
from gateway.directory import Application
from gateway.rules import NO_MATCH, Match

RawHeaders = Sequence[tuple[bytes, bytes]]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

NO_OUTCOME = Outcome(None, ())


class Exchange:
    """What is known of a call so far. Made per call, so plain slots and no checks."""

    __slots__ = (
        "application",
        "arguments",
        "body",
        "client",
        "credentials",
        "document",
        "headers",
        "host",
        "match",
        "method",
        "outcome",
        "path",
        "query",
        "receive",
        "scheme",
    )

    def __init__(self, scope: Any, receive: Receive, host: str, path: str) -> None:
        self.receive = receive
        self.method: str = scope["method"]
        self.scheme: str = scope.get("scheme", "http")
        self.headers: RawHeaders = scope["headers"]
        self.query: bytes = scope["query_string"]
        self.client: str = (scope.get("client") or ("",))[0]
        self.host = host  # as sent
        self.path = path  # normalised
        self.arguments = CallArguments(self.query)
        self.body: bytes | None = None  # once it has been read as a whole
        self.document: ServiceDocument
        self.application: Application  # once the call has got in
        self.credentials: tuple[tuple[str, str], ...] = ()
        self.match: Match = NO_MATCH
        self.outcome: Outcome = NO_OUTCOME

    def header(self, name: bytes) -> bytes | None:
        """Find the first header of a lower-case name."""
        for each, value in self.headers:
            if each == name:
                return value
        return None
