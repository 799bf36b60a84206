"""Gateways without a server behind them: a directory and a usage sink in memory, real sockets."""

import asyncio
import hashlib
import socket
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import uvicorn

from gateway.config.document import ServiceDocument
from gateway.counters.base import StoredCount, UsageBatch
from gateway.directory import Application, Environment, Limit, Metric, Provider, Service
from gateway.errors import DirectoryUnavailable
from gateway.refusals import RefusalKey
from gateway.response_codes import CodeKey
from gateway.windows import PERIODS, Period, Windows

SERVICE_ID = 7
PROVIDER_ID = 3
HITS = Metric(1, "hits", None)
SEARCH = Metric(2, "search", "hits")
DEEP = Metric(3, "deep", "search")


def a_document(**proxy: Any) -> dict[str, Any]:
    """Make a configuration document; keyword arguments replace fields of its proxy."""
    rule = {"http_method": "GET", "pattern": "/", "metric_system_name": "hits", "delta": 1}
    content: dict[str, Any] = {
        "hosts": ["api.example.test"],
        "api_backend": "http://127.0.0.1:1",
        "proxy_rules": [rule, {**rule, "http_method": "POST"}],
        "secret_token": "shared",
    }
    return {
        "id": SERVICE_ID,
        "account_id": PROVIDER_ID,
        "system_name": "api",
        "backend_version": proxy.pop("backend_version", "1"),
        "backend_authentication_type": "service_token",
        "backend_authentication_value": "token",
        "proxy": content | proxy,
    }


def a_chain(*links: str | tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Make a `policy_chain` of names, with configurations where there are any."""
    items = [(link, {}) if isinstance(link, str) else link for link in links]
    return [
        {"name": name, "version": "builtin", "configuration": configuration}
        for name, configuration in items
    ]


def an_application(number: int = 1, *limits: Limit, **over: Any) -> Application:
    """Make a live application of the service."""
    application = Application(
        id=number,
        application_id=f"app{number}",
        provider_id=PROVIDER_ID,
        service_id=SERVICE_ID,
        active=True,
        plan_name="Basic",
        limits=limits,
        key_digests=frozenset(),
    )
    return replace(application, **over)


def a_service(**over: Any) -> Service:
    """Make the service, with metrics hits > search > deep."""
    service = Service(
        id=SERVICE_ID,
        provider_id=PROVIDER_ID,
        system_name="api",
        backend_version="1",
        active=True,
        referrer_filters_required=False,
        metrics={metric.system_name: metric for metric in (HITS, SEARCH, DEEP)},
    )
    return replace(service, **over)


@dataclass
class FakeDirectory:
    """A directory whose answers a test sets."""

    documents: dict[str, ServiceDocument] = field(default_factory=dict)  # by host
    names: dict[tuple[Environment, str], ServiceDocument] = field(default_factory=dict)
    services: dict[int, Service] = field(default_factory=lambda: {SERVICE_ID: a_service()})
    by_user_key: dict[tuple[int, str], Application] = field(default_factory=dict)
    by_app_id: dict[tuple[int, str], Application] = field(default_factory=dict)
    keys: dict[int, list[str]] = field(default_factory=dict)  # by application row id
    providers: dict[str, Provider] = field(default_factory=dict)  # by provider key
    tokens: set[tuple[int, str]] = field(default_factory=set)
    down: bool = False

    def deploy(self, content: dict[str, Any]) -> ServiceDocument:
        """Serve a document on its hosts and in both environments."""
        document = ServiceDocument.parse(content)
        for host in document.proxy.hosts:
            self.documents[host] = document
        self.names["staging", document.system_name] = document
        self.names["production", document.system_name] = document
        return document

    def add(self, application: Application, user_key: str, *keys: str) -> Application:
        """Let credentials stand for an application."""
        digests = frozenset(self.key_digest(key) for key in keys)
        application = replace(application, key_digests=digests)
        self.by_user_key[application.service_id, user_key] = application
        self.by_app_id[application.service_id, application.application_id] = application
        self.keys[application.id] = list(keys)
        return application

    async def document_by_host(self, host: str) -> ServiceDocument | None:
        self._check()
        return self.documents.get(host)

    async def document_by_name(
        self, environment: Environment, system_name: str
    ) -> ServiceDocument | None:
        self._check()
        return self.names.get((environment, system_name))

    async def service(self, service_id: int) -> Service | None:
        self._check()
        return self.services.get(service_id)

    async def application_by_user_key(self, service_id: int, user_key: str) -> Application | None:
        self._check()
        return self.by_user_key.get((service_id, user_key))

    async def application_by_app_id(self, service_id: int, app_id: str) -> Application | None:
        self._check()
        return self.by_app_id.get((service_id, app_id))

    def key_digest(self, app_key: str) -> bytes:
        return hashlib.sha256(app_key.encode()).digest()

    async def application_keys(self, application: Application) -> Sequence[str]:
        return self.keys.get(application.id, [])

    async def provider_by_key(self, provider_key: str) -> Provider | None:
        self._check()
        return self.providers.get(provider_key)

    async def service_token_matches(self, service_id: int, token: str) -> bool:
        self._check()
        return (service_id, token) in self.tokens

    def _check(self) -> None:
        if self.down:
            raise DirectoryUnavailable("The fake directory is down.")


@dataclass
class FakeSink:
    """Statistics in memory, which survive the gateway's process."""

    totals: dict[tuple[int, int, Period, int], int] = field(default_factory=dict)
    codes: dict[CodeKey, int] = field(default_factory=dict)
    refusals: dict[RefusalKey, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    down: bool = False
    reads: int = 0
    taken: dict[tuple[int, int, Period, int], int] = field(default_factory=dict)
    has_read: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event | None = None  # what was read is given out when it is set

    def take_over(self, application_id: int, metric_id: int, amount: int) -> None:
        """Add what was used elsewhere in all windows of now."""
        for period, start in zip(PERIODS, Windows.at(time.time()).starts, strict=True):
            key = (application_id, metric_id, period, start)
            self.totals[key] = self.totals.get(key, 0) + amount
            self.taken[key] = self.taken.get(key, 0) + amount

    async def take(self, batch: UsageBatch) -> None:
        self._check()
        if batch.id in self.seen:
            return
        self.seen.add(batch.id)
        for entry in batch.entries:
            starts = Windows.at(entry.at_s).starts
            for delta in entry.deltas:
                for period, start in zip(PERIODS, starts, strict=True):
                    key = (entry.application_id, delta.metric_id, period, start)
                    before = 0 if delta.is_set else self.totals.get(key, 0)
                    self.totals[key] = before + delta.amount

    async def take_codes(self, sums: Mapping[CodeKey, int]) -> None:
        self._check()
        for key, calls in sums.items():
            self.codes[key] = self.codes.get(key, 0) + calls

    async def take_refusals(self, sums: Mapping[RefusalKey, int]) -> None:
        self._check()
        for key, calls in sums.items():
            self.refusals[key] = self.refusals.get(key, 0) + calls

    async def counts_of(
        self, application_ids: Sequence[int], now: datetime
    ) -> Mapping[int, Sequence[StoredCount]]:
        self._check()
        self.reads += 1
        await asyncio.sleep(0)
        starts = dict(zip(PERIODS, Windows.at(now.timestamp()).starts, strict=True))
        found: dict[int, list[StoredCount]] = {number: [] for number in application_ids}
        for key, value in self.totals.items():
            application_id, metric_id, period, start = key
            if application_id in found and start >= starts[period]:
                count = StoredCount(metric_id, period, start, value, self.taken.get(key, 0))
                found[application_id].append(count)
        self.has_read.set()
        if self.gate is not None:
            await self.gate.wait()
        return found

    def _check(self) -> None:
        if self.down:
            raise OSError("The fake sink is down.")


def free_socket() -> socket.socket:
    """Bind a free port of this machine."""
    # Named as TCP, or the loop leaves Nagle's algorithm on and each answer takes 40 ms.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.bind(("127.0.0.1", 0))
    return bound


@asynccontextmanager
async def serving(app: Any, http: Any = "httptools", **more: Any) -> AsyncIterator[str]:
    """Serve an ASGI app on a free port, by our own protocol if it is given; gives its address.

    `more` are settings of uvicorn.
    """
    bound = free_socket()
    quiet: Any = {"log_level": "critical", "lifespan": "off", "access_log": False}
    config = uvicorn.Config(app, http=http, proxy_headers=False, **quiet, **more)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[bound]))
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        server.force_exit = True
        await running
        bound.close()
