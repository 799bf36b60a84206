"""graphql-transport-ws: how connections begin and end, and who is told of what."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import insert
from sqlmodel import col, select
from starlette.websockets import WebSocketDisconnect

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.domain.analytics.usage import UsageTotal
from server.domain.events import EventRecord
from server.domain.permissions import Role
from server.domain.provider.tokens import AccessToken
from server.domain.services.metrics import Metric
from server.graphql.ids import global_id
from server.graphql.live import hub, ws
from server.kit.db import Database
from tests.kit.graphql import Client

HAPPENINGS = "subscription($types: [String!]) { happenings(types: $types) { type data } }"
USAGE = "subscription($id: ID) { liveUsage(applicationId: $id, period: DAY) { value unit } }"


def address_of(client: Client, host: str = "localhost") -> str:
    return f"ws://{host}:8000{client.path}"


@contextmanager
def opened(
    client: Client, *, init: Any = None, headers: Any = None, host: str = "localhost"
) -> Iterator[Any]:
    """Open a socket; `init` is the payload of its first message."""
    with client.http.websocket_connect(
        address_of(client, host), subprotocols=[ws.PROTOCOL], headers=headers or {}
    ) as socket:
        if init is not None:
            socket.send_json({"type": "connection_init", "payload": init})
            assert socket.receive_json() == {"type": "connection_ack"}
        yield socket


def asks(socket: Any, name: str, query: str, **variables: Any) -> None:
    payload = {"query": query, "variables": variables}
    socket.send_json({"type": "subscribe", "id": name, "payload": payload})


def heard(socket: Any, *names: str) -> list[Any]:
    """Read a message for each name; give their payloads."""
    came = {}
    for _ in names:
        message = socket.receive_json()
        came[message["id"]] = message
    return [came[name].get("payload") for name in names]


def end_of(socket: Any) -> int:
    """Read to the end; tell its code."""
    try:
        while True:
            socket.receive_json()
    except WebSocketDisconnect as end:
        return end.code


def renamed(client: Client, account_id: int, name: str) -> None:
    given = {"id": global_id("Account", account_id), "orgName": name}
    assert not client.do("accountUpdate", given)["userErrors"]


def happened(account_id: int, provider_id: int) -> Any:
    return insert(EventRecord).values(
        provider_id=provider_id,
        kind="account.updated",
        actor="elsewhere",
        subject_id=account_id,
        account_id=account_id,
        payload={},
        facts={},
    )


SUBSCRIBE = {"type": "subscribe", "id": "1", "payload": {"query": HAPPENINGS}}
INIT = {"type": "connection_init"}
CASES: list[tuple[str, list[Any], int]] = [
    ("before it is acknowledged", [SUBSCRIBE], 4401),
    ("twice initialised", [INIT, INIT], 4429),
    ("no such type", [INIT, {"type": "start"}], 4400),
    ("no id", [INIT, {"type": "subscribe", "payload": {"query": "{ __typename }"}}], 4400),
    ("no payload", [INIT, {"type": "subscribe", "id": "1"}], 4400),
    ("no object", [INIT, []], 4400),
    ("the same id", [INIT, SUBSCRIBE, SUBSCRIBE], 4409),
    ("a bad token", [{**INIT, "payload": {"authorization": "Bearer no"}}], 4403),
    (
        "too many operations",
        [INIT, *({**SUBSCRIBE, "id": str(n)} for n in range(hub.MOST_SUBSCRIPTIONS + 1))],
        4429,
    ),
]


def test_what_ends_a_connection(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ws, "INIT_S", 0.1)
    for what, messages, code in [*CASES, ("nothing said", [], 4408)]:
        with opened(admin) as socket:
            for message in messages:
                socket.send_json(message)
            assert end_of(socket) == code, what
    with admin.http.websocket_connect(address_of(admin), subprotocols=["graphql-ws"]) as socket:
        assert end_of(socket) == 4406, "the protocol of old has other rules"


def test_what_happens_is_told_to_who_may_know_it(
    admin: Client, deps: Dependencies, acme: NewProvider, globex: NewProvider
) -> None:
    account_id = acme.sample.user.account_id or 0
    host, init = "globex-admin.localhost", {"authorization": f"Bearer {globex.access_token}"}
    with opened(admin, init={}) as mine, opened(admin, init=init, host=host) as theirs:
        asks(mine, "accounts", HAPPENINGS, types=["account.*"])
        asks(mine, "none", HAPPENINGS, types=["application.created"])
        asks(theirs, "all", HAPPENINGS)
        asks(mine, "query", "{ provider { name } }")
        asks(mine, "unknown", HAPPENINGS, types=["no.such"])
        asks(mine, "invalid", "subscription { happenings { type nothing } }")
        asks(theirs, "query", "{ provider { name } }")
        mine.send_json({"type": "ping", "payload": {"at": 1}})
        came = [mine.receive_json() for _ in range(5)]
        kinds = {(each.get("id"), each["type"]) for each in came}
        heard(theirs, "query", "query")
        renamed(admin, account_id, "Renamed")
        (told,) = heard(mine, "accounts")
        theirs.send_json({"type": "ping"})

        assert kinds == {
            ("query", "next"),
            ("query", "complete"),
            ("unknown", "error"),
            ("invalid", "error"),
            (None, "pong"),
        }
        event = told["data"]["happenings"]
        assert event["type"] == "account.updated"
        assert event["data"]["changes"]["org_name"][1] == "Renamed"
        assert event["data"]["object"]["org_name"] == "Renamed"
        assert theirs.receive_json() == {"type": "pong"}, "another provider's is not told"


def test_another_process_is_heard(admin: Client, deps: Dependencies, acme: NewProvider) -> None:
    account_id = acme.sample.user.account_id or 0
    with opened(admin, init={}) as mine:
        asks(mine, "accounts", HAPPENINGS, types=["application.*"])
        mine.send_json({"type": "complete", "id": "accounts"})
        asks(mine, "accounts", HAPPENINGS, types=["account.updated"])
        asks(mine, "query", "{ provider { name } }")
        heard(mine, "query", "query")
        elsewhere = Database(str(deps.database.url))  # as another process has it
        with elsewhere.write() as db:
            db.execute(happened(account_id, acme.provider.id))
        elsewhere.close()
        (told,) = heard(mine, "accounts")
    assert told["data"]["happenings"]["data"]["actor"]["name"] == "elsewhere"


def test_usage_is_told_as_it_is_folded(
    admin: Client, deps: Dependencies, acme: NewProvider
) -> None:
    application = acme.sample.application
    with deps.database.read() as db:
        of_service = select(Metric).where(Metric.service_id == application.service_id)
        hits = db.exec(of_service.where(col(Metric.system_name) == "hits")).one()
    row = UsageTotal(
        application_id=application.id,
        metric_id=hits.id,
        period="day",
        window_start=deps.installation.clock.now().replace(
            hour=0, minute=0, second=0, microsecond=0
        ),
        service_id=application.service_id,
        value=3,
    )
    of_all = USAGE.replace("applicationId", "serviceId")
    with opened(admin, init={}) as socket:
        asks(socket, "one", USAGE, id=global_id("Application", application.id))
        asks(socket, "all", of_all, id=global_id("Service", application.service_id))
        asks(socket, "other", USAGE, id=global_id("Application", 999))
        first = heard(socket, "one", "all", "other")
        with deps.database.write() as db:
            db.add(row)
        then = heard(socket, "one", "all")

    assert [each["data"]["liveUsage"]["value"] for each in first[:2]] == [0, 0]
    assert first[2][0]["extensions"]["code"] == "NOT_FOUND"
    assert [each["data"]["liveUsage"]["value"] for each in then] == [3, 3]


def test_who_may_not_any_more_is_told_nothing(
    admin: Client, deps: Dependencies, acme: NewProvider
) -> None:
    account_id = acme.sample.user.account_id or 0
    payload = admin.do(
        "accessTokenCreate",
        {"name": "live", "scopes": ["ACCOUNT_MANAGEMENT"], "permission": "READ_WRITE"},
        "value accessToken { id }",
    )
    token = {"Authorization": f"Bearer {payload['value']}"}
    with opened(admin, init=token) as socket:
        asks(socket, "1", HAPPENINGS)
        asks(socket, "q", "{ provider { name } }")
        heard(socket, "q", "q")
        with deps.database.write() as db:  # without an event: the next run finds out
            row = db.exec(select(AccessToken).where(AccessToken.name == "live")).one()
            user = db.get_one(User, row.user_id)
            was, user.role, user.sections = user.role, Role.MEMBER, []
            db.execute(happened(account_id, acme.provider.id))
        refused = socket.receive_json()
        with deps.database.write() as db:
            db.get_one(User, user.id).role = was
        asks(socket, "2", HAPPENINGS)
        asks(socket, "q", "{ provider { name } }")
        heard(socket, "q", "q")
        admin.do("accessTokenDelete: IdInput", {"id": payload["accessToken"]["id"]})
        code = end_of(socket)

    assert (refused["id"], refused["type"]) == ("1", "error")
    assert refused["payload"][0]["extensions"]["code"] == "FORBIDDEN"
    assert code == 4401


def test_connections_are_counted_and_foreign_pages_refused(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "MOST_OF_CALLER", 1)
    with opened(admin, init={}), opened(admin) as second:
        second.send_json(INIT)
        assert end_of(second) == 4429
    with opened(admin, init={}):
        pass  # the place is free again
    del admin.http.headers["authorization"]
    for headers in ({}, {"origin": "https://evil.example", "cookie": "gatehouse_admin=x"}):
        with opened(admin, headers=headers) as socket:
            socket.send_json(INIT)
            assert end_of(socket) == 4403


def test_a_reader_who_is_too_slow_is_told() -> None:
    connection = hub.Connection(1, "user:1", lambda: True)
    slow = hub.Subscription(connection, hub.EventWatch(frozenset()))
    for _ in range(hub.MOST_WAITING + 1):
        slow.put(object())  # type: ignore[arg-type]  # whatever it is

    async def read() -> None:
        async for _ in slow.answers(lambda roots: 1 / 0):  # type: ignore[arg-type, return-value]  # not asked
            pass

    with pytest.raises(hub.Ended, match="Subscribe again"):
        asyncio.run(read())
