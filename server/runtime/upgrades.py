"""WebSockets on the wire: uvicorn's, each at the place of the request that it began as."""

from collections.abc import Callable
from functools import cache
from typing import Any

PATHS = frozenset({b"/admin/api/graphql", b"/graphql"})  # where they are spoken
EVENTS = (b"accept", b"text/event-stream")


def wants_socket(upgrade: bytes | None, url: bytes) -> bool:
    """Return whether a request opens a WebSocket where they are spoken."""
    return upgrade == b"websocket" and url.partition(b"?")[0] in PATHS


def is_stream(cycle: Any) -> bool:
    """Return whether a request is being answered by events, as long as anybody listens."""
    if cycle is None or cycle.response_complete:
        return False
    return cycle.scope["raw_path"] in PATHS and EVENTS in cycle.scope["headers"]


def protocol_of(gone: Callable[[], None]) -> Any:
    """Make what makes a WebSocket, as uvicorn asks for it; `gone` gives its place free."""
    kind = _kind()

    def make(**parts: Any) -> Any:
        return kind(gone, **parts)

    return make


@cache
def _kind() -> Any:
    """Load the protocol with the first of them: most processes never see one."""
    from uvicorn.protocols.websockets.websockets_sansio_impl import (
        WebSocketsSansIOProtocol,
    )

    class SocketProtocol(WebSocketsSansIOProtocol):
        """One WebSocket."""

        def __init__(self, gone: Callable[[], None], **parts: Any) -> None:
            super().__init__(**parts)
            self._gone = gone

        def connection_lost(self, exc: Exception | None) -> None:
            """Give the place free."""
            self._gone()
            super().connection_lost(exc)

    return SocketProtocol
