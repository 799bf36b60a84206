"""graphql-transport-ws: how connections begin and end, and who is told of what."""

from typing import Any

import pytest
from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.actions.provider.tenants import move_tenant
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.permissions import Role
from server.domain.provider.tokens import AccessToken
from server.graphql.ids import global_id
from server.graphql.live import hub, ws
from tests.kit.graphql import Client
from tests.kit.make import make_provider
from tests.server.graphql.live.sockets import (
    HAPPENINGS,
    address_of,
    asks,
    end_of,
    happened,
    heard,
    opened,
    renamed,
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
    http: Any = admin.http
    with http.websocket_connect(address_of(admin), subprotocols=["graphql-ws"]) as socket:
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


def test_who_is_not_there_any_more_is_cut_off(
    admin: Client, deps: Dependencies, acme: NewProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = admin.do("accessTokenCreate", {"name": "short", "scopes": ["STATS"]}, "value")
    host, ended = "globex-admin.localhost", {}
    globex = make_provider(deps, "Globex")
    with opened(admin, init={"authorization": f"Bearer {globex.access_token}"}, host=host) as other:
        with deps.database.write() as db:  # who runs the installation closes the tenant
            move_tenant(Work(db, Actor.master(globex.provider.id), deps.installation), "suspend")
        ended["suspended tenant"] = end_of(other)  # by its event: the look for all is far off
    monkeypatch.setattr(hub, "CHECK_S", 0.1)
    with opened(admin, init={"Authorization": f"Bearer {made['value']}"}) as socket:
        with deps.database.write() as db:  # its time comes, of which nothing is told
            row = db.exec(select(AccessToken).where(AccessToken.name == "short")).one()
            row.expires_at = deps.installation.clock.now()
        ended["expired token"] = end_of(socket)

    assert ended == {"suspended tenant": 4401, "expired token": 4401}


def test_an_idle_connection_ends_and_one_that_waits_does_not(
    admin: Client, acme: NewProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id = acme.sample.user.account_id or 0
    monkeypatch.setattr(ws, "IDLE_S", 0.2)
    with opened(admin, init={}) as idle, opened(admin, init={}) as waiting:
        idle.send_json({"type": "pong"})
        asks(waiting, "1", HAPPENINGS)
        assert end_of(idle) == 1000
        waiting.send_json({"type": "ping"})
        assert waiting.receive_json() == {"type": "pong"}
        renamed(admin, account_id, "Renamed")
        assert heard(waiting, "1")


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


def test_developers_see_what_their_own_application_uses(
    visitor: Client, deps: Dependencies, acme: NewProvider
) -> None:
    count = "subscription($id: ID!) { liveUsage(applicationId: $id) { value metric } }"
    own = global_id("Application", acme.sample.application.id)
    given = {"username": acme.sample.user.username, "password": acme.sample.password}
    with opened(visitor) as socket:
        socket.send_json(INIT)
        assert end_of(socket) == 4403, "visitors have nothing to wait for"
    assert not visitor.do("login", given)["userErrors"]
    with opened(visitor) as socket:
        socket.send_json(INIT)
        assert end_of(socket) == 4403, "cookies count for nothing"
    token = visitor.do(
        "accessTokenCreate", {"name": "w", "scopes": ["STATS", "ACCOUNT_MANAGEMENT"]}, "value"
    )["value"]
    with opened(visitor, init={"authorization": f"Bearer {token}"}) as socket:
        asks(socket, "own", count, id=own)
        asks(socket, "other", count, id=global_id("Application", acme.sample.application.id + 1))
        told, refused = heard(socket, "own", "other")

    assert told["data"]["liveUsage"] == {"value": 0, "metric": "hits"}
    assert refused[0]["extensions"]["code"] == "NOT_FOUND"
