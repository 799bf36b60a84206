"""WebSockets as tests of subscriptions use them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import insert
from starlette.websockets import WebSocketDisconnect

from server.domain.events import EventRecord
from server.graphql.ids import global_id
from server.graphql.live import ws
from tests.kit.graphql import Client

HAPPENINGS = "subscription($types: [String!]) { happenings(types: $types) { type data } }"


def address_of(client: Client, host: str = "localhost") -> str:
    return f"ws://{host}:8000{client.path}"


@contextmanager
def opened(
    client: Client, *, init: Any = None, headers: Any = None, host: str = "localhost"
) -> Iterator[Any]:
    """Open a socket; `init` is the payload of its first message."""
    http: Any = client.http  # of an app in this process
    with http.websocket_connect(
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
