"""Asks providers of identity where the gateway may call: with its guard and client, in bounds."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Condition

from pyreqwest.http import Url

from gateway.client.pool import Request
from gateway.config.service import Upstream, encoded_url
from gateway.networks import Clients
from server.auth.sso.calls import Answered, IdentityFault, Outgoing
from server.domain.errors import Unavailable
from server.domain.installation import Installation
from server.runtime.outgoing import FAULTS, Asker, problem_of, request_of
from server.settings import Settings

TIMEOUT_S = 8.0  # of a whole answer: a visitor waits for it
CONNECT_S = 4.0
MOST_BYTES = 512_000
MOST_AT_ONCE = 8  # of all providers: each holds a thread
MOST_OF_ONE = 4  # at one site, so that a slow one keeps no login at another waiting
WAIT_S = 4.0  # for a turn
LATE = f"did not answer within {TIMEOUT_S:.0f} seconds"


class IdentityCalls(Asker):
    """Asks for all faces of a process, from their worker threads."""

    def __init__(self, settings: Settings, installation: Installation) -> None:
        super().__init__(
            settings,
            installation,
            connect_s=CONNECT_S,
            read_s=TIMEOUT_S,
            away="Nobody is asked by this process.",
        )
        self._turns = Condition()
        self._busy = Counter[str]()  # sites

    def __call__(self, call: Outgoing) -> Answered:
        """Ask from a worker thread. Raises: IdentityFault, Unavailable."""
        loop = self._running()
        with self._turn(call.url.partition("?")[0].split("/", 3)[2]):
            asking = self.ask(call)
            return asyncio.run_coroutine_threadsafe(asking, loop).result()

    @contextmanager
    def _turn(self, site: str) -> Iterator[None]:
        """Let in who asks a site once there is room. Raises: Unavailable."""
        with self._turns:
            if not self._turns.wait_for(lambda: self._has_room(site), WAIT_S):
                raise Unavailable("Too many logins are waiting just now. Try again in a moment.")
            self._busy[site] += 1
        try:
            yield
        finally:
            with self._turns:
                self._busy[site] -= 1
                if not self._busy[site]:
                    del self._busy[site]
                self._turns.notify_all()

    def _has_room(self, site: str) -> bool:
        return self._busy[site] < MOST_OF_ONE and self._busy.total() < MOST_AT_ONCE

    async def ask(self, call: Outgoing) -> Answered:
        """Ask once; an answer that sends elsewhere is an answer. Raises: IdentityFault."""
        clients = Clients(self._settings)
        try:
            async with asyncio.timeout(TIMEOUT_S):
                return await _ask(clients, call)
        except ValueError as error:
            raise IdentityFault("Its address is none.") from error
        except FAULTS as error:
            raise _fault(call, problem_of(error, LATE)) from error
        finally:
            clients.close()


async def _ask(clients: Clients, call: Outgoing) -> Answered:
    """Send a call and read its answer. Raises: what connections raise, IdentityFault."""
    url = Url(encoded_url(call.url))
    upstream = Upstream.parse(str(url))
    pool = await clients.get(upstream)
    connection, answer = await pool.ask(Request(call.method, _head(call, url, upstream)))
    try:
        content = bytearray()
        while chunk := await connection.read_chunk():
            content += chunk
            if len(content) > MOST_BYTES:
                raise _fault(call, f"gave more than {MOST_BYTES} bytes")
    finally:
        connection.close()
    return Answered(answer.status, bytes(content))


def _head(call: Outgoing, url: Url, upstream: Upstream) -> bytes:
    """Write a call as it goes out, with its body. Raises: ValueError for what no header holds."""
    fixed: Mapping[str, str] = {
        "host": upstream.authority,
        "user-agent": "gatehouse",
        "accept": "application/json",
        "accept-encoding": "identity",
        "connection": "close",
    }
    headers = {**fixed, **{name.lower(): value for name, value in call.headers.items()}}
    if call.body is not None:
        headers["content-length"] = str(len(call.body))
    return request_of(call.method, url, headers, call.body or b"")


def _fault(call: Outgoing, what: str) -> IdentityFault:
    """Make the fault of an address, whose query is nobody's business."""
    return IdentityFault(f"{call.url.partition('?')[0]} {what}.", is_outage=True)
