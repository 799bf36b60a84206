"""The test call of *Update & test staging*: through our own gateway, in process."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message

from server.actions.services.sample_calls import SampleCall, find_sample_call
from server.domain.installation import Installation
from server.domain.services.proxies import ProbeResult
from server.domain.services.services import Service
from server.kit.db import Database
from server.kit.redaction import redact

TIMEOUT_S = 15.0
MOST_BODY_BYTES = 2_000


@dataclass(slots=True)
class Answer:
    """What the gateway sent, the body cut short."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class GatewayProbe:
    """Calls a service's staging gateway as a live application would."""

    def __init__(self, database: Database, installation: Installation) -> None:
        self._database = database
        self._installation = installation
        self._gateway: ASGIApp | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self, gateway: ASGIApp, loop: asyncio.AbstractEventLoop) -> None:
        """Take the running gateway; before that every probe fails."""
        self._gateway, self._loop = gateway, loop

    def __call__(self, service_id: int) -> ProbeResult:
        """Make the call from a worker thread and tell what came of it."""
        if self._gateway is None or self._loop is None:
            return ProbeResult(False, None, "The gateway is not running in this process.")
        with self._database.read() as db:
            service = db.get_one(Service, service_id)
            host = self._installation.addresses.gateway_host(service, "staging")
            call = find_sample_call(db, self._installation, service, "staging")
        if call is None:
            return ProbeResult(
                False, None, "No application of this service is live. Create one, then test again."
            )
        running = asyncio.run_coroutine_threadsafe(_ask(self._gateway, host, call), self._loop)
        try:
            return _verdict(running.result(TIMEOUT_S), call.credentials)
        except TimeoutError:
            running.cancel()
            return ProbeResult(False, None, f"No answer came within {TIMEOUT_S:.0f} seconds.")


def _verdict(answer: Answer, credentials: Sequence[str]) -> ProbeResult:
    """Green when the upstream itself answered with success or a redirect.

    What it says is kept and shown: an API may repeat the credentials that it was called with.
    """
    text = redact(answer.body.decode(errors="replace").strip()[:200], credentials)
    if answer.status < 400:
        return ProbeResult(True, answer.status, f"Your API answered {answer.status}.")
    if "x-gatehouse-error" in answer.headers:
        return ProbeResult(False, answer.status, f"The gateway answered {answer.status}: {text}")
    return ProbeResult(
        False,
        answer.status,
        f"Your API was reached but answered {answer.status}. Check the test path: {text}",
    )


async def _ask(gateway: ASGIApp, host: str, call: SampleCall) -> Answer:
    """Run one GET through an ASGI app."""
    path, _, query = call.path.partition("?")
    answer, asked = Answer(), False

    async def receive() -> Message:
        nonlocal asked
        if asked:
            await asyncio.sleep(TIMEOUT_S)  # nobody hangs up on a probe
            return {"type": "http.disconnect"}
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            pairs = message.get("headers", ())
            answer.headers = {n.decode("latin-1").lower(): v.decode("latin-1") for n, v in pairs}
        elif len(answer.body) < MOST_BODY_BYTES:
            answer.body += message.get("body", b"")[:MOST_BODY_BYTES]

    headers = [("host", host), ("user-agent", "gatehouse-test-call"), *call.headers]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(n.lower().encode(), v.encode("latin-1")) for n, v in headers],
        "client": ("127.0.0.1", 0),
        "server": None,  # no port of ours: a probe comes by none
    }
    await gateway(scope, receive, send)
    return answer
