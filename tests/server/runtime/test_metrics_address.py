"""Metrics on an address of their own."""

import socket

import httpx2 as httpx
import pytest

from server.runtime.metrics_address import serve_metrics
from tests.kit.services import free_port


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_they_are_told_to_whoever_gets_there(host: str) -> None:
    address = f"{host}:{free_port()}"
    server = serve_metrics(address, lambda: b"numbers 1\n")
    assert server is not None
    try:  # a silent connection hinders nobody
        with socket.create_connection((host.strip("[]"), server.server_port)):
            answer = httpx.get(f"http://{address}/metrics", timeout=10)
            nothing = httpx.get(f"http://{address}/", timeout=10)
    finally:
        server.shutdown()
        server.server_close()

    assert (answer.status_code, answer.text) == (200, "numbers 1\n")
    assert nothing.status_code == 404


def test_no_address_serves_nothing() -> None:
    assert serve_metrics("", bytes) is None
