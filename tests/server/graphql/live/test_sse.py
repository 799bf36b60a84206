"""Server-sent events: who is cut off and how that is told, what shows that a stream lives."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from starlette.applications import Starlette

from server.actions.accounts.users import create_user
from server.actions.provider.providers import NewProvider
from server.actions.provider.tokens import TOKENS, create_token
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.auth.sessions import open_session
from server.domain.accounts.users import User, UserSession
from server.domain.permissions import Role
from server.domain.provider.tokens import AccessToken
from server.graphql.live import hub, sse
from server.graphql.paths import ADMIN_PATH
from server.graphql.routes import admin_routes
from tests.kit.graphql import Client
from tests.kit.make import make_deps, staff
from tests.kit.work import by
from tests.server.graphql.live.sockets import HAPPENINGS, happened

SCOPES = {"scopes": ["account_management"], "permission": "rw"}


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Make dependencies on SQLite: the hub's own tests run on both databases."""
    deps = make_deps(tmp_path)
    yield deps
    deps.database.close()


@dataclass
class Stream:
    """One stream of events, as its reader has it."""

    headers: Mapping[str, str]
    chunks: list[bytes] = field(default_factory=list)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self, app: Any) -> None:
        """Read to the end."""
        asked = {"query": HAPPENINGS}
        body = json.dumps(asked).encode()
        sent = [{"type": "http.request", "body": body, "more_body": False}]
        given = {"host": "localhost", "content-type": "application/json", **self.headers}
        given |= {"accept": "text/event-stream", "content-length": str(len(body))}

        async def receive() -> Any:
            if sent:
                return sent.pop()
            await self.gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            self.chunks.append(message.get("body", b""))

        scope = {
            "type": "http",
            "method": "POST",
            "scheme": "http",
            "path": ADMIN_PATH,
            "raw_path": ADMIN_PATH.encode(),
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 8000),
        }
        await app(scope, receive, send)

    async def has_begun(self) -> None:
        """Wait for the first comment, and for what waits behind it."""
        while sse.STILL_THERE not in self.chunks:  # noqa: ASYNC110 - nobody tells it
            await asyncio.sleep(0.005)

    @property
    def told(self) -> list[str]:
        """The codes of the last thing that was told, and whether the stream was completed."""
        *_, last, complete, end = self.chunks
        body = json.loads(last.removeprefix(b"event: next\ndata: "))
        codes = [error["extensions"]["code"] for error in body["errors"]]
        return [*codes, *(["complete"] if (complete, end) == (sse.COMPLETE, b"") else [])]


async def read_all(deps: Dependencies, streams: Sequence[Stream], then: Callable[[], None]) -> None:
    """Read all streams to their ends; do something when all have begun."""
    app = Starlette(routes=admin_routes(deps))
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        for stream in streams:
            group.create_task(stream.read(app))
        for stream in streams:
            await stream.has_begun()
        await asyncio.to_thread(then)


def test_who_is_not_let_in_any_more_is_told_and_cut_off(
    deps: Dependencies, acme: NewProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "CHECK_S", 0.1)
    monkeypatch.setattr(hub, "POLL_S", 0.05)
    streams, ids = {}, {}
    with deps.database.write() as db:
        mia = {"username": "mia", "email": "mia@acme.example", "password": "four words in a row"}
        user = create_user(by(db, staff(acme), deps.installation), None, mia)
        user.role = Role.ADMIN
        for name, whose in (("deleted", acme.admin), ("expired", acme.admin), ("weaker", user)):
            work = by(db, actor_of_user(whose), deps.installation)
            token, value = create_token(work, {"name": name, **SCOPES})
            ids[name] = token.id
            streams[name] = Stream({"authorization": f"Bearer {value}"})
        login = open_session(db, deps.installation, db.get_one(User, acme.admin.id))
    cookie = {"cookie": f"admin_session={login.token}", "origin": "http://localhost"}
    streams["session"] = Stream(cookie)

    def take_away() -> None:
        with deps.database.write() as db:
            work = by(db, actor_of_user(db.get_one(User, acme.admin.id)), deps.installation)
            TOKENS.delete(work, ids["deleted"])
            db.get_one(AccessToken, ids["expired"]).expires_at = deps.installation.clock.now()
            weaker = db.get_one(User, user.id)
            weaker.role, weaker.sections = Role.MEMBER, []
            db.delete(db.exec(select(UserSession)).one())
            db.execute(happened(acme.sample.user.account_id or 0, acme.provider.id))

    asyncio.run(read_all(deps, list(streams.values()), take_away))

    assert {name: stream.told for name, stream in streams.items()} == {
        "deleted": ["UNAUTHENTICATED", "complete"],
        "expired": ["UNAUTHENTICATED", "complete"],
        "weaker": ["FORBIDDEN", "complete"],
        "session": ["UNAUTHENTICATED", "complete"],
    }


def test_comments_show_that_a_stream_lives_until_its_reader_goes(
    deps: Dependencies, acme: NewProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "KEEP_ALIVE_S", 0.02)
    stream = Stream({"authorization": f"Bearer {acme.access_token}"})

    async def run() -> None:
        app = Starlette(routes=admin_routes(deps))
        async with asyncio.timeout(5), asyncio.TaskGroup() as group:
            group.create_task(stream.read(app))
            while stream.chunks.count(sse.STILL_THERE) < 4:  # noqa: ASYNC110 - nobody tells it
                await asyncio.sleep(0.005)
            stream.gone.set()

    asyncio.run(run())

    assert set(stream.chunks) == {b"", sse.STILL_THERE}


def test_one_stream_for_all_operations_is_refused_with_the_way_out(admin: Client) -> None:
    http: Any = admin.http
    events = {"accept": "text/event-stream"}
    token = {"x-graphql-event-stream-token": "1"}
    asked = {"query": HAPPENINGS}
    answers = [
        http.put(admin.path),
        http.get(admin.path, params={"token": "1"}, headers=events),
        http.get(admin.path, headers={**events, **token}),
        http.post(admin.path, json=asked, headers=token),
        http.delete(admin.path, params={"operationId": "1"}, headers=token),
    ]

    assert [answer.status_code for answer in answers] == [405, 400, 400, 400, 405]
    for answer in answers:
        (error,) = answer.json()["errors"]
        assert error["extensions"]["code"] == "SINGLE_CONNECTION_UNSUPPORTED"
        assert "graphql-transport-ws" in error["message"]
