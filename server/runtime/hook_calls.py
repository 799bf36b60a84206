"""Brings webhooks to their endpoints, where the gateway may call: with its guard and client."""

import asyncio
import time
from collections.abc import Mapping, Sequence

from pyreqwest.http import Url

from gateway.client.connection import Connection
from gateway.client.head import Head
from gateway.client.pool import Request
from gateway.config.service import Upstream, encoded_url
from gateway.networks import Clients
from server.domain.installation import Installation
from server.domain.provider.webhooks import MOST_ANSWER, HookAnswer, HookCall
from server.runtime.outgoing import FAULTS, Asker, problem_of, request_of
from server.settings import Settings

TIMEOUT_S = 10.0  # of a whole answer; Standard Webhooks has receivers answer at once
CONNECT_S = 5.0
MOST_BYTES = 4 * MOST_ANSWER  # that are read of an answer
MOST_DIGITS = 6  # of seconds to wait
LATE = f"did not answer within {TIMEOUT_S:.0f} seconds"


class HookCalls(Asker):
    """Calls for all faces and jobs of a process. Redirects are answers, and no success."""

    def __init__(self, settings: Settings, installation: Installation) -> None:
        super().__init__(
            settings,
            installation,
            connect_s=CONNECT_S,
            read_s=TIMEOUT_S,
            away="No webhooks are sent by this process.",
        )

    def __call__(self, calls: Sequence[HookCall]) -> Sequence[HookAnswer]:
        """Make the calls side by side, from a worker thread. Raises: Unavailable."""
        loop = self._running()
        return asyncio.run_coroutine_threadsafe(self.make(calls), loop).result()

    async def make(self, calls: Sequence[HookCall]) -> Sequence[HookAnswer]:
        """Make the calls side by side; whatever goes wrong with one is its answer."""
        return await asyncio.gather(*(self._make(call) for call in calls))

    async def _make(self, call: HookCall) -> HookAnswer:
        begun = time.monotonic()
        clients = Clients(self._settings)
        try:
            async with asyncio.timeout(TIMEOUT_S):
                return await _call(clients, call, begun)
        except FAULTS as fault:
            problem = problem_of(fault, LATE)
        except ValueError:
            problem = "is no address"
        finally:
            clients.close()
        return HookAnswer(error=f"The endpoint {problem}.", duration_ms=_since(begun))


async def _call(clients: Clients, call: HookCall, begun: float) -> HookAnswer:
    url = Url(encoded_url(call.url))
    upstream = Upstream.parse(str(url))
    pool = await clients.get(upstream)
    connection, answer = await pool.ask(Request("POST", _head(call, url, upstream)))
    try:
        content = await _beginning(connection)
    finally:
        connection.close()
    is_taken = 200 <= answer.status < 300
    return HookAnswer(
        status=answer.status,
        error="" if is_taken else f"The endpoint answered {answer.status}.",
        body=content.decode("utf-8", "replace"),
        duration_ms=_since(begun),
        retry_after_s=_wish(answer),
    )


async def _beginning(connection: Connection) -> bytes:
    """Read as much of an answer as is kept."""
    content = bytearray()
    while len(content) < MOST_BYTES and (chunk := await connection.read_chunk()):
        content += chunk
    return bytes(content[:MOST_BYTES])


def _head(call: HookCall, url: Url, upstream: Upstream) -> bytes:
    """Write the call as it goes out, with its body. Raises: ValueError for what no header holds."""
    fixed: Mapping[str, str] = {
        "host": upstream.authority,
        "accept": "*/*",
        "accept-encoding": "identity",
        "connection": "close",
        "content-length": str(len(call.body)),
    }
    return request_of("POST", url, {**fixed, **call.headers}, call.body)


def _wish(answer: Head) -> int | None:
    """Read when an answer that refuses wants to be asked again; only seconds are read."""
    if answer.status not in {429, 503}:
        return None
    values = [value for name, value in answer.headers if name == b"retry-after"]
    if len(values) == 1 and values[0].isdigit() and len(values[0]) <= MOST_DIGITS:
        return int(values[0])
    return None


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)
