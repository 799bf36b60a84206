"""A running gateway before a running upstream."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from pyreqwest.client import Client, ClientBuilder
from pyreqwest.response import Response

from gateway.app import Gateway, build_gateway
from gateway.config.document import ServiceDocument
from gateway.counters.base import Delta, Outcome, Report
from gateway.counters.memory import MemoryCounters, MemorySettings
from gateway.directory import Application
from gateway.exchange import Exchange
from gateway.rate_limits import RateLimits
from gateway.response_codes import ResponseCodes
from gateway.runtime import Runtime
from gateway.settings import GatewaySettings
from tests.kit.counters import running
from tests.kit.gateway import FakeDirectory, FakeSink, a_document, an_application, serving

HOST = "api.example.test"


async def silent() -> Any:
    """Receive nothing, as a call without a body does."""
    return {"type": "http.request"}


def an_exchange(target: str, *headers: tuple[bytes, bytes], **proxy: Any) -> Exchange:
    """Make a call of 192.0.2.7 over https to a service, as far as the edge knows it."""
    path, _, query = target.partition("?")
    scope = {
        "method": proxy.pop("method", "GET"),
        "scheme": "https",
        "headers": list(headers),
        "query_string": query.encode(),
        "client": ("192.0.2.7", 4711),
    }
    exchange = Exchange(scope, silent, HOST, path)
    document = ServiceDocument.parse(a_document(**proxy))
    exchange.document, exchange.upstream = document, document.proxy.upstream
    exchange.rules = document.proxy.rules
    return exchange


def a_runtime(directory: FakeDirectory) -> Runtime:
    """Make what a gateway lends to policies, without counters."""
    return Runtime(
        directory=directory,
        counters=NoCounters(),
        rate_limits=RateLimits(),
        clock=lambda: 0.0,
        most_form_bytes=65_536,
    )


class NoCounters:
    """A store that nobody may ask."""

    async def add(self, application: Application, deltas: Sequence[Delta]) -> Outcome:
        raise AssertionError

    async def report(self, reports: Sequence[Report]) -> None:
        raise AssertionError

    async def read(self, application: Application) -> Outcome:
        raise AssertionError

    def renew(self, application_ids: Collection[int]) -> None:
        raise AssertionError


@dataclass
class FakeUpstream:
    """Remembers what it got; answers what a test sets, or as `app` does."""

    calls: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    status: int = 200
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    chunks: list[bytes] = field(default_factory=lambda: [b"hello"])
    app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.calls.append(scope)
        if self.app is not None:
            await self.app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.bodies.append(body)
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        for chunk in self.chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def header(self, name: bytes) -> list[bytes]:
        """List the values of a header of the last call."""
        return [value for each, value in self.calls[-1]["headers"] if each == name]


@dataclass
class Place:
    """Everything a test of the proxy touches."""

    directory: FakeDirectory
    upstream: FakeUpstream
    upstream_url: str
    counters: MemoryCounters
    sink: FakeSink
    codes: ResponseCodes
    gateway: Gateway
    url: str
    client: Client

    def deploy(self, **proxy: Any) -> None:
        """Deploy a document that leads to the upstream."""
        self.directory.deploy(a_document(**{"api_backend": self.upstream_url} | proxy))

    async def call(
        self,
        path: str = "/?user_key=k1",
        method: str = "GET",
        headers: dict[str, str] | None = None,
        body: bytes = b"",
    ) -> Response:
        """Call the gateway by host."""
        request = self.client.request(method, self.url + path)
        request = request.headers({"host": HOST} | (headers or {}))
        return await (request.body_bytes(body) if body else request).build().send()


SETTINGS = GatewaySettings(connect_timeout_s=1, read_timeout_s=0.5, watch_after_s=0.02)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    """Serve a gateway and its upstream, with application 1 behind `user_key=k1`."""
    async with standing(tmp_path, SETTINGS) as place:
        yield place


@pytest.fixture
async def patient(tmp_path: Path) -> AsyncIterator[Place]:
    """Serve a gateway that waits for its upstream longer than any test runs."""
    async with standing(tmp_path, replace(SETTINGS, read_timeout_s=600)) as place:
        yield place


@asynccontextmanager
async def standing(folder: Path, settings: GatewaySettings) -> AsyncIterator[Place]:
    """Serve a gateway and its upstream."""
    directory, upstream, sink = FakeDirectory(), FakeUpstream(), FakeSink()
    directory.add(an_application(), "k1")
    client = ClientBuilder().follow_redirects(False).gzip(False).no_proxy().build()
    async with (
        running(MemoryCounters(MemorySettings(directory=folder / "journal"), sink)) as counters,
        serving(upstream) as upstream_url,
    ):
        codes = ResponseCodes(sink)
        gateway = build_gateway(directory, counters, codes, settings)

        async def app(scope: Any, receive: Any, send: Any) -> None:
            mounted = scope.get("path", "").startswith("/gateway/")
            await (gateway.mounted if mounted else gateway)(scope, receive, send)

        async with serving(app) as url, client:
            place = Place(
                directory, upstream, upstream_url, counters, sink, codes, gateway, url, client
            )
            place.deploy()
            yield place
        await gateway.close()
