"""The Service Management API in process, before counters of its own and a directory in memory."""

import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from gateway.counters.memory import MemoryCounters, MemorySettings
from gateway.directory import Limit, Provider
from gateway.response_codes import ResponseCodes
from gateway.transactions.app import TransactionsApp
from gateway.windows import Period
from tests.kit.gateway import (
    HITS,
    PROVIDER_ID,
    SEARCH,
    SERVICE_ID,
    FakeDirectory,
    FakeSink,
    a_service,
    an_application,
)

START = datetime(2026, 11, 21, 12, 0, 30, tzinfo=UTC)
TOKEN = {"service_token": "token", "service_id": str(SERVICE_ID)}
CALLER = TOKEN | {"user_key": "uk"}
AUTHORIZE = "/transactions/authorize.xml"
AUTHREP = "/transactions/authrep.xml"
REPORT = "/transactions.xml"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass
class FakeTime:
    """A clock that stands still until moved. Units: UNIX seconds."""

    now_s: float = START.timestamp()

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Reply:
    """What the app sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def value(self, element: str) -> str | None:
        """Find the text of the first element of a name."""
        found = re.search(f"<{element}>([^<]*)</{element}>", self.text)
        return found and found[1]

    @property
    def code(self) -> str | None:
        """The code of an error."""
        found = re.search('<error code="([^"]*)">', self.text)
        return found and found[1]


@dataclass
class Api:
    """Everything a test of the Service Management API touches."""

    app: TransactionsApp
    directory: FakeDirectory
    counters: MemoryCounters
    codes: ResponseCodes
    sink: FakeSink
    time: FakeTime

    async def noted(self) -> dict[int, int]:
        """Read how often each response code came."""
        await self.codes.fold()
        calls = Counter[int]()
        for (_, _, _, code), value in self.sink.codes.items():
            calls[code] += value
        return calls

    def limit(self, *limits: Limit, **over: Any) -> None:
        """Give the application limits, and other fields that a test needs."""
        keys = over.pop("keys", ())
        self.directory.add(an_application(1, *limits, **over), "uk", *keys)

    def serve(self, **over: Any) -> None:
        """Change the service."""
        self.directory.services[SERVICE_ID] = a_service(**over)

    async def get(
        self, path: str, params: dict[str, str] | str = "", options: str = "", method: str = "GET"
    ) -> Reply:
        """Send a request with a query, as names and values or as it stands."""
        query = params if isinstance(params, str) else urlencode(params)
        headers = {"3scale-options": options} if options else {}
        return await self.send(method, path, query.encode("latin-1"), headers)

    async def authrep(self, options: str = "", **params: str) -> Reply:
        """Authorize and report for the application; `hits="1"` is `usage[hits]=1`."""
        return await self.get(AUTHREP, CALLER | usage(params), options)

    async def authorize(self, options: str = "", **params: str) -> Reply:
        """Authorize the application; `hits="1"` is `usage[hits]=1`."""
        return await self.get(AUTHORIZE, CALLER | usage(params), options)

    async def report(self, *transactions: dict[str, str], options: str = "") -> Reply:
        """Report transactions; `hits="1"` is `usage[hits]=1`."""
        form = dict(TOKEN)
        for index, each in enumerate(transactions):
            for name, value in usage(each).items():
                head, bracket, rest = name.partition("[")
                form[f"transactions[{index}][{head}]{bracket}{rest}"] = value
        return await self.post(urlencode(form).encode(), FORM | {"3scale-options": options})

    async def post(self, body: bytes, headers: dict[str, str]) -> Reply:
        """Post a body to the report address."""
        return await self.send("POST", REPORT, b"", headers, body)

    async def stored(self, metric: str = "hits") -> int:
        """Read the counter of a metric's first limit."""
        application = self.directory.by_user_key[SERVICE_ID, "uk"]
        readings = (await self.counters.read(application)).readings
        return next(each.current for each in readings if each.limit.metric == metric)

    async def send(
        self, method: str, path: str, query: bytes, headers: dict[str, str], body: bytes = b""
    ) -> Reply:
        """Drive the app as a server does."""
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query,
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        chunks = [body[at : at + 1000] for at in range(0, len(body), 1000)] or [b""]
        sent: list[Any] = []

        async def receive() -> Any:
            chunk = chunks.pop(0)
            return {"type": "http.request", "body": chunk, "more_body": bool(chunks)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        start, end = sent
        named = {name.decode(): value.decode() for name, value in start["headers"]}
        return Reply(start["status"], named, end["body"])


def usage(params: dict[str, str]) -> dict[str, str]:
    """Write metrics of the service as usage; everything else stays."""
    metrics = ("hits", "search", "deep", "nope")
    return {f"usage[{name}]" if name in metrics else name: params[name] for name in params}


def a_limit(value: int, period: Period = Period.DAY, metric: str = "hits") -> Limit:
    """Make a limit on `hits` or `search`."""
    return Limit(metric, HITS.id if metric == "hits" else SEARCH.id, period, value)


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Api]:
    """Set up one service with one application, without limits, behind `user_key=uk`."""
    directory, time = FakeDirectory(), FakeTime()
    directory.tokens.add((SERVICE_ID, "token"))
    directory.providers["pk"] = Provider(PROVIDER_ID, frozenset({SERVICE_ID}), SERVICE_ID)
    directory.providers["bare"] = Provider(PROVIDER_ID, frozenset(), None)
    directory.add(an_application(), "uk")
    sink = FakeSink()
    counters = MemoryCounters(MemorySettings(directory=tmp_path / "journal"), sink, time)
    codes = ResponseCodes(sink, time)
    await counters.start()
    app = TransactionsApp(directory, counters, codes, time)
    yield Api(app, directory, counters, codes, sink, time)
    await counters.stop()
