"""What neighbours do who mean no well; all of it bounded, and on the loopback interface."""

import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from urllib.parse import urlencode

from bench.soak.people import Crowd
from bench.soak.town import Tenant
from bench.soak.wire import MISBEHAVING, Client, raw

SILENT, SLOW = 100, 50
NOW = struct.pack("ii", 1, 0)  # close with a reset
INTROSPECTION = "{ __schema { types { name fields { name args { name type { name } } } } } }"


def begin(tenant: Tenant) -> Crowd:
    """Let the neighbours loose."""
    crowd = Crowd()
    crowd.keep(1, Held(tenant, SLOW, b"GET /docs HTTP/1.1\r\nX-Slow: ").drip)
    crowd.keep(1, Held(tenant, SILENT, b"").drip)
    for act, every_s in (
        (_introspections, 0.05),
        (_templates, 0.1),
        (_large_heads, 0.5),
        (_hang_ups, 0.05),
        (_large_bodies, 0.5),
        (_wrong_passwords, 0.25),
    ):
        for _ in range(2):
            crowd.keep(every_s, act(tenant))
    return crowd


class Held:
    """Connections that are held open; each second some get one more byte."""

    def __init__(self, tenant: Tenant, number: int, head: bytes) -> None:
        self._tenant, self._number, self._head = tenant, number, head
        self._open: list[socket.socket] = []

    def __del__(self) -> None:
        for connection in self._open:
            connection.close()

    def drip(self) -> None:
        """Open what the server closed, and send a byte on each that has begun."""
        while len(self._open) < self._number:
            try:
                self._open.append(self._opened())
            except OSError:
                break
        for connection in list(self._open) if self._head else ():
            try:
                connection.send(b"x")
            except OSError:
                self._open.remove(connection)
                connection.close()
        for connection in list(self._open):
            if _is_closed(connection):
                self._open.remove(connection)
                connection.close()

    def _opened(self) -> socket.socket:
        where = ("127.0.0.1", self._tenant.portal.port)
        connection = socket.create_connection(where, 5, source_address=(MISBEHAVING, 0))
        connection.sendall(self._head)
        connection.setblocking(False)
        return connection


def _is_closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(65_536) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _introspections(tenant: Tenant) -> Callable[[], None]:
    client, numbers = Client(tenant.portal, MISBEHAVING), count()

    def ask() -> None:
        query = urlencode({"query": f"{INTROSPECTION} # {next(numbers)}"})
        client.send(f"/graphql?{query}")

    return ask


def _templates(tenant: Tenant) -> Callable[[], None]:
    client = Client(tenant.portal, MISBEHAVING)

    def read() -> None:
        client.send("/")
        client.send("/docs")

    return read


def _large_heads(tenant: Tenant) -> Callable[[], None]:
    lines = b"".join(b"X-%d: %s\r\n" % (number, b"x" * 100) for number in range(20_000))
    return lambda: _poke(tenant, b"GET / HTTP/1.1\r\nHost: localhost\r\n" + lines)


def _hang_ups(tenant: Tenant) -> Callable[[], None]:
    head = f"GET {tenant.call} HTTP/1.1\r\nHost: {tenant.gateway.host}\r\n\r\n".encode()
    return lambda: _poke(tenant, head, reset=True)


def _large_bodies(tenant: Tenant) -> Callable[[], None]:
    head = f"POST /session HTTP/1.1\r\nHost: {tenant.portal.host}\r\nContent-Length: 50000000\r\n"
    form = b"Content-Type: application/x-www-form-urlencoded\r\n\r\na=" + b"x" * 3_000_000
    return lambda: _poke(tenant, head.encode() + form)


def _poke(tenant: Tenant, sent: bytes, *, reset: bool = False) -> None:
    """Send bytes, and go."""
    with suppress(OSError), raw(tenant.portal) as connection:
        connection.settimeout(5)
        if reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOW)
        connection.sendall(sent)
        if not reset:
            connection.recv(65_536)


def _wrong_passwords(tenant: Tenant) -> Callable[[], None]:
    client, numbers = Client(tenant.portal, MISBEHAVING), count()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://{tenant.portal.host}",
    }

    def guess() -> None:
        form = {"username": f"user{next(numbers)}", "password": "wrong"}
        client.send("/session", urlencode(form).encode(), headers)

    return guess
