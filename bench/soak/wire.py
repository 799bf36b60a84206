"""HTTP from a chosen address of the loopback interface, so that neighbours are told apart."""

import http.client
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.soak.town import Site

WELL_BEHAVED, MISBEHAVING = "127.0.0.1", "127.0.0.66"
ANSWER_WITHIN_S = 30


@dataclass
class Answers:
    """What a client has got so far."""

    ok: int = 0
    failed: dict[str, int] = field(default_factory=dict)

    def note(self, what: str, status: int) -> None:
        """Count an answer; one of 5xx, or none at all (0), is a failure."""
        if 0 < status < 500:
            self.ok += 1
        else:
            key = f"{what} {status or 'broken off'}"
            self.failed[key] = self.failed.get(key, 0) + 1


class Client:
    """Sends requests over one connection, which it opens again when need be."""

    def __init__(self, site: Site, source: str = WELL_BEHAVED) -> None:
        self._site = site
        self._http = http.client.HTTPConnection(
            "127.0.0.1", site.port, timeout=ANSWER_WITHIN_S, source_address=(source, 0)
        )

    def send(
        self, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes, http.client.HTTPMessage | None]:
        """Send a request; the status is 0 when no answer came."""
        method = "GET" if body is None else "POST"
        try:
            self._http.request(method, path, body, {"Host": self._site.host, **(headers or {})})
            answer = self._http.getresponse()
            return answer.status, answer.read(), answer.headers
        except (OSError, http.client.HTTPException):
            self._http.close()
            return 0, b"", None

    def close(self) -> None:
        """Close the connection."""
        self._http.close()


@contextmanager
def raw(site: Site, source: str = MISBEHAVING) -> Iterator[socket.socket]:
    """Open a bare connection."""
    connection = socket.create_connection(
        ("127.0.0.1", site.port), timeout=ANSWER_WITHIN_S, source_address=(source, 0)
    )
    try:
        yield connection
    finally:
        connection.close()


def pause(seconds: float, began_s: float) -> None:
    """Wait until so long after a beginning."""
    time.sleep(max(0.0, began_s + seconds - time.monotonic()))
