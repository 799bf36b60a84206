"""Bytes on a socket, and what a process weighs."""

import re
import socket
import time
from contextlib import suppress
from pathlib import Path

HOST = b"Host: localhost\r\n"


def connect(port: int, *, source: str = "") -> socket.socket:
    """Open a connection, from another address of this machine if need be."""
    return socket.create_connection(
        ("127.0.0.1", port), 10, source_address=(source, 0) if source else None
    )


def read_all(wire: socket.socket, *, seconds: float) -> bytes:
    """Read until the other side closes. Raises: TimeoutError."""
    until_s = time.monotonic() + seconds
    answer = b""
    with suppress(ConnectionError):
        while True:
            wire.settimeout(max(0.01, until_s - time.monotonic()))
            part = wire.recv(65_536)
            if not part:
                break
            answer += part
    return answer


def say(port: int, request: bytes, *, seconds: float = 15) -> bytes:
    """Send bytes and read until the other side closes; what it no longer takes is not sent."""
    with connect(port) as wire:
        with suppress(ConnectionError):
            wire.sendall(request)
        return read_all(wire, seconds=seconds)


def statuses(answer: bytes) -> list[int]:
    """List the statuses of the answers in a stream."""
    return [int(each) for each in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]


def weight_mb(pid: int) -> float:
    """Tell how much memory a process has."""
    text = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", text)
    assert found
    return int(found[1]) / 1024
