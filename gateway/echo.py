"""The Echo API: answers any call with what it received. A safe upstream to try a gateway on."""

import json
import uuid
from typing import Any
from urllib.parse import parse_qsl

from gateway.exchange import Receive, Send
from gateway.shared_origin import SharedOrigin

MOST_BODY_BYTES = 65_536


class Echo:
    """An ASGI app; `prefix` is where it is mounted and does not show in its answers."""

    def __init__(self, prefix: str = "/echo") -> None:
        self._prefix = prefix
        self._by_path = SharedOrigin(self._answer)

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer 200 with method, path, arguments, headers and the first part of the body."""
        await self._by_path(scope, receive, send)

    async def _answer(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
            return
        body = await _first_part(receive)
        answer = {
            "method": scope["method"],
            "path": scope["path"].removeprefix(self._prefix) or "/",
            "args": _arguments(scope["query_string"]),
            "body": body.decode("utf-8", "replace"),
            "headers": _headers(scope["headers"]),
            "uuid": str(uuid.uuid4()),
        }
        content = json.dumps(answer, indent=2).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(content)).encode("ascii")),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})


async def _first_part(receive: Receive) -> bytes:
    """Read the whole body, since the connection is used again, but keep only its beginning."""
    kept = b""
    while True:
        message = await receive()
        chunk: bytes = message.get("body", b"")
        kept += chunk[: MOST_BODY_BYTES - len(kept)]
        if not message.get("more_body"):
            return kept


def _arguments(query: bytes) -> dict[str, str | list[str]]:
    arguments: dict[str, str | list[str]] = {}
    text = query.decode("latin-1")
    for name, value in parse_qsl(text, keep_blank_values=True):
        before = arguments.get(name)
        if before is None:
            arguments[name] = value
        else:
            arguments[name] = [*(before if isinstance(before, list) else [before]), value]
    return arguments


def _headers(headers: Any) -> dict[str, str]:
    shown: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        shown[name] = f"{shown[name]}, {value}" if name in shown else value
    return shown
