"""The test call of *Update & test staging*: through our own gateway, in process."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session
from starlette.types import ASGIApp, Message

from server.actions.secrets import unsealed
from server.actions.services.backend_apis import list_usages
from server.actions.services.lookup import get_proxy
from server.domain.installation import Installation
from server.domain.services.backend_apis import ROOT
from server.domain.services.proxies import ProbeResult, Proxy
from server.domain.services.services import Service
from server.kit.db import Database
from server.kit.redaction import redact

TIMEOUT_S = 15.0
MOST_BODY_BYTES = 2_000

# What to do about each code of the gateway's and each answer of the API's; by hundreds last.
OF_GATEWAY: Mapping[str, str] = {
    "no_match": "No mapping rule fits GET {call.path}. Add one that does, or test another path.",
    "metric_invalid": "A mapping rule counts for a metric that is gone. Delete or change the rule.",
    "bad_path": "The path of the test call can be read in two ways. Test another one, or let "
    "such paths in.",
    "ip_not_allowed": "The policy ip_check keeps the test call out, which comes from 127.0.0.1. "
    "Calls from the addresses that it names get in.",
    "no_upstream": "There is no private base URL. Set one.",
    "service_not_active": "The API is offline, so nobody gets in.",
    "unknown_host": "Staging does not run this API yet. Try again in a moment.",
    "upstream_unreachable": "Nobody answers at {call.upstream}. Check that the private base URL "
    "is right, that your API runs, and that it is open to this server.",
    "upstream_forbidden": "{call.upstream} is on a private network, and those are closed here. "
    "Use a public address, or have whoever runs this server set GATEHOUSE_PRIVATE_NETWORKS.",
    "upstream_is_ours": "{call.upstream} leads back to this server. Set the private base URL to "
    "where your API itself answers.",
    "upstream_timeout": "{call.upstream} did not answer in time. Check that your API runs, or test "
    "a path that it answers quicker.",
    "upstream_failed": "{call.upstream} broke off. Check that it speaks HTTP at this port, and "
    "https where the private base URL says so.",
    "loop_detected": "{call.upstream} leads back to a gateway. Set the private base URL to where "
    "your API itself answers.",
}
OF_API: Mapping[int, str] = {
    401: "It wants credentials of its own. Test a path that is open, or have the gateway send "
    "them with the policy headers.",
    403: "It keeps the gateway out. Test a path that is open, or have your API let this server in.",
    404: "There is nothing at {call.path} below {call.upstream}. Check the path of the test call.",
    405: "It takes no GET at {call.path}. Test a path that answers one.",
    429: "It bounds how often it is called. Try again later.",
    4: "Check the path of the test call.",
    5: "Your API failed; its own log tells why.",
}


@dataclass(frozen=True, slots=True)
class TestCall:
    """A GET through a staging gateway."""

    host: str
    path: str  # with its query
    upstream: str
    secret_token: str  # what the gateway tells the API


@dataclass(slots=True)
class Answer:
    """What the gateway sent, the body cut short."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class GatewayProbe:
    """Calls a service's staging gateway: all that an application's call passes, without a key."""

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
            proxy = get_proxy(db, service)
            call = TestCall(
                self._installation.addresses.gateway_host(service, "staging"),
                proxy.api_test_path,
                _upstream_of(db, proxy),
                unsealed(self._installation.vault, proxy, "secret_token_sealed"),
            )
        running = asyncio.run_coroutine_threadsafe(_ask(self._gateway, call), self._loop)
        try:
            return _verdict(running.result(TIMEOUT_S), call)
        except TimeoutError:
            running.cancel()
            return ProbeResult(
                False,
                None,
                f"No answer came within {TIMEOUT_S:.0f} seconds. "
                "Test a path that your API answers quicker.",
            )


def _upstream_of(db: Session, proxy: Proxy) -> str:
    """Tell which private base URL the test call goes to."""
    path = proxy.api_test_path.partition("?")[0]
    fitting = [
        (len(usage.path), backend.private_endpoint)
        for usage, backend in list_usages(db, proxy.service_id)
        if usage.path == ROOT or path == usage.path or path.startswith(f"{usage.path}/")
    ]
    return max(fitting)[1] if fitting else proxy.api_backend


def _verdict(answer: Answer, call: TestCall) -> ProbeResult:
    """Green when the upstream itself answered with success or a redirect."""
    ok, code = answer.status < 400, answer.headers.get("x-gatehouse-error")
    if code is not None:  # even if the service answers its refusals with a 200
        advice = OF_GATEWAY.get(code, "Try again; if it stays, the log of the gateway tells more.")
        told = f"The gateway answered {answer.status} ({code}). {advice.format(call=call)}"
        return ProbeResult(False, answer.status, told)
    if ok:
        return ProbeResult(True, answer.status, f"Your API answered {answer.status}.")
    advice = OF_API.get(answer.status, OF_API[answer.status // 100])
    told = f"Your API was reached but answered {answer.status}. {advice.format(call=call)}"
    # What it says is kept and shown: an API may repeat what it was called with.
    secrets = [call.secret_token] if call.secret_token else []
    text = redact(answer.body.decode(errors="replace").strip()[:200], secrets)
    return ProbeResult(False, answer.status, f"{told} It says: {text}" if text else told)


async def _ask(gateway: ASGIApp, call: TestCall) -> Answer:
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

    headers = [("host", call.host), ("user-agent", "gatehouse-test-call")]
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
