"""One service behind three faces: the mounted proxy, authrep and a bundle in a real nginx.

Each face gets a directory, counters and an upstream of its own, so that what one of them counts and
sends can be compared with the others.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import h11

from gateway.app import build_gateway
from gateway.bundle.render import BundleSpec
from gateway.counters.memory import MemoryCounters, MemorySettings
from gateway.directory import Limit
from gateway.refusals import NOBODY
from gateway.response_codes import ResponseCodes
from gateway.settings import GatewaySettings
from gateway.transactions.app import TransactionsApp
from server.runtime.connections import WireLimits
from server.runtime.wire import Wire
from tests.gateway.conftest import HOST, FakeUpstream
from tests.kit.bundle import running_bundle, write_bundle
from tests.kit.gateway import (
    SERVICE_ID,
    FakeDirectory,
    FakeSink,
    a_document,
    an_application,
    serving,
)
from tests.kit.services import free_port

NOW_S = datetime(2026, 11, 21, 12, 0, 30, tzinfo=UTC).timestamp()
SETTINGS = GatewaySettings(connect_timeout_s=1, read_timeout_s=0.5, watch_after_s=0.02)
TOKEN = {"service_token": "token", "service_id": str(SERVICE_ID)}
LONG_URLS = WireLimits(url_bytes=32_768)  # as nginx takes them
FACES = ("proxy", "bundle")
TOLD = ("content-type", "x-gatehouse-error", "ratelimit", "ratelimit-policy", "retry-after")


@dataclass(frozen=True)
class Call:
    """A call and, where it comes to that, what its gateway would ask authrep."""

    target: str
    method: str = "GET"
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""
    asks: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def seen(self) -> tuple[object, ...]:
        """What every face must tell alike."""
        return (self.status, *(self.headers.get(name) for name in TOLD), self.body)


@dataclass(frozen=True)
class Scenario:
    """A service as it is deployed, an application as it is, and calls one after the other."""

    name: str
    calls: Sequence[Call]
    statuses: Sequence[int]
    proxy: Mapping[str, Any] = field(default_factory=dict)  # of the document
    application: Mapping[str, Any] = field(default_factory=dict)
    limits: Sequence[Limit] = ()
    keys: Sequence[str] = ()
    service: Mapping[str, Any] = field(default_factory=dict)
    told: Sequence[str] = ()  # paths that the upstream sees, one a call; empty: not compared


@dataclass
class Stand:
    """A running face with everything behind it."""

    directory: FakeDirectory
    upstream: FakeUpstream
    upstream_url: str
    sink: FakeSink
    counters: MemoryCounters
    codes: ResponseCodes
    url: str  # of Gatehouse
    folder: Path
    settings: GatewaySettings

    def deploy(self, **proxy: Any) -> BundleSpec:
        """Deploy a document that leads to {upstream}; gives the plan of its bundle."""
        backend = proxy.pop("api_backend", "{upstream}").replace("{upstream}", self.upstream_url)
        chain = json.dumps(proxy.get("policy_chain")).replace("{upstream}", self.upstream_url)
        proxy = {**proxy, "policy_chain": json.loads(chain)}
        document = self.directory.deploy(a_document(api_backend=backend, **proxy))
        return BundleSpec(
            document=document,
            environment="staging",
            version=1,
            backend=self.url,
            port=free_port(),
            settings=self.settings,
        )

    @asynccontextmanager
    async def face(self, name: str, plan: BundleSpec) -> AsyncIterator[str]:
        """Open a face of the deployed service; gives its address."""
        if name == "proxy":
            yield self.url
            return
        folder = self.folder / "bundle"
        write_bundle(folder, plan)
        with running_bundle(folder, plan.port):
            yield f"http://127.0.0.1:{plan.port}"

    async def totals(self) -> dict[Any, int]:
        """Read all that was counted."""
        await self.counters.fold()
        return self.sink.totals

    async def refused(self) -> dict[tuple[int, str], int]:
        """Read how often Gatehouse refused applications, and why; the rest NGINX may not ask."""
        await self.codes.fold()
        return {
            (application, code): calls
            for (_, application, _, code), calls in self.sink.refusals.items()
            if application != NOBODY and code != "no_upstream"
        }


@asynccontextmanager
async def standing(folder: Path, settings: GatewaySettings = SETTINGS) -> AsyncIterator[Stand]:
    """Serve Gatehouse's gateway and Service Management API, and an upstream."""
    directory, upstream, sink = FakeDirectory(), FakeUpstream(), FakeSink()
    directory.tokens.add((SERVICE_ID, "token"))
    counters = MemoryCounters(MemorySettings(directory=folder / "journal"), sink, lambda: NOW_S)
    await counters.start()
    codes = ResponseCodes(sink, lambda: NOW_S)
    gateway = build_gateway(directory, counters, codes, settings, clock=lambda: NOW_S)
    transactions = TransactionsApp(directory, counters, codes, lambda: NOW_S)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asks = scope.get("path", "").startswith("/transactions/")
        await (transactions if asks else gateway)(scope, receive, send)

    try:
        async with serving(upstream) as upstream_url, serving(app, Wire(limits=LONG_URLS)) as url:
            yield Stand(
                directory, upstream, upstream_url, sink, counters, codes, url, folder, settings
            )
    finally:
        await gateway.close()
        await counters.stop()


async def send(url: str, call: Call, *, within_s: float = 10, host: str = HOST) -> Reply:
    """Send a call byte for byte as it is written and read the answer."""
    lines = [f"{call.method} {call.target} HTTP/1.1", f"Host: {host}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in call.headers]
    if call.body and "chunked" not in dict(call.headers).values():
        lines.append(f"Content-Length: {len(call.body)}")
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
    try:
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + call.body)
        async with asyncio.timeout(within_s):
            return _reply_of(call.method, await reader.read())
    finally:
        writer.close()


def _reply_of(method: str, raw: bytes) -> Reply:
    parser = h11.Connection(h11.CLIENT)
    parser.send(h11.Request(method=method, target="/", headers=[("host", "x")]))
    parser.send(h11.EndOfMessage())
    parser.receive_data(raw)
    parser.receive_data(b"")
    head, body = parser.next_event(), b""
    while isinstance(head, h11.InformationalResponse):
        head = parser.next_event()
    assert isinstance(head, h11.Response), raw
    while isinstance(event := parser.next_event(), h11.Data):
        body += bytes(event.data)
    assert isinstance(event, h11.EndOfMessage), raw
    headers = {name.decode(): value.decode("latin-1") for name, value in head.headers}
    return Reply(head.status_code, headers, body)


async def ask(url: str, asks: Mapping[str, str]) -> Reply:
    """Ask authrep as a plug-in library does."""
    return await send(url, Call(f"/transactions/authrep.xml?{urlencode({**TOKEN, **asks})}"))


def seed(stand: Stand, scenario: Scenario) -> BundleSpec:
    """Put a scenario's service and application in place."""
    application = an_application(1, *scenario.limits, **scenario.application)
    stand.directory.add(application, "k1", *scenario.keys)
    service = stand.directory.services[SERVICE_ID]
    version = scenario.proxy.get("backend_version", "1")
    changed = {"backend_version": version, **scenario.service}
    stand.directory.services[SERVICE_ID] = replace(service, **changed)
    return stand.deploy(**scenario.proxy)
