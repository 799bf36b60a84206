"""Our own addresses, as far as a URL shows them."""

import socket

import pytest

from gateway.config.service import Upstream
from gateway.own import OwnAddresses, is_of_this_machine

OWN = OwnAddresses("https://gate.example.com", "example.com")
LOCAL = OwnAddresses("http://localhost:8000", "localhost")


def addresses_of_this_machine() -> set[str]:
    """List what this machine's name leads to, with zones."""
    return {str(row[4][0]) for row in socket.getaddrinfo(socket.gethostname(), 80)}


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",  # noqa: S104 - nothing is bound
        "::1",
        "::",
        "::ffff:7f00:1",
    ],
)
def test_loopback_is_of_this_machine(text: str) -> None:
    assert is_of_this_machine(text)


def test_all_addresses_of_the_machine_are() -> None:
    assert all(map(is_of_this_machine, addresses_of_this_machine()))


@pytest.mark.parametrize("text", ["1.1.1.1", "192.0.2.1", "2001:db8::1", "example.com", "", "%"])
def test_others_are_not(text: str) -> None:
    assert not is_of_this_machine(text)


@pytest.mark.parametrize(
    ("own", "url"),
    [
        (OWN, "https://gate.example.com/gateway/production/api"),
        (OWN, "https://GATE.example.com.:443"),
        (OWN, "https://acme.example.com"),
        (OWN, "https://api-acme.staging.example.com./x"),
        (OWN, "https://example.com"),
        (OWN, "http://gate.example.com:443"),
        (OWN, "https://127.1"),
        (LOCAL, "http://localhost:8000"),
        (LOCAL, "http://0x7f.1:8000/echo"),
        (LOCAL, "http://api-acme.localhost:8000/echo"),
        (LOCAL, "http://localhost:8000/echo"),
    ],
)
def test_what_is_visibly_ours(own: OwnAddresses, url: str) -> None:
    assert own.has_visibly(Upstream.parse(url))


@pytest.mark.parametrize(
    ("own", "url"),
    [
        (OWN, "https://example.com.evil.test"),
        (OWN, "https://badexample.com"),
        (OWN, "https://gate.example.com:8443"),
        (LOCAL, "http://localhost:8001"),
        (LOCAL, "http://127.0.0.1:80"),
        (OwnAddresses(), "http://x:80"),
    ],
)
def test_what_is_not(own: OwnAddresses, url: str) -> None:
    assert not own.has_visibly(Upstream.parse(url))


@pytest.mark.parametrize(
    ("path", "is_echo"),
    [
        *[(path, True) for path in ("/echo", "/echo/", "/echo/v1", "/x/../echo", "/%65cho")],
        *[(path, False) for path in ("", "/", "/echoes", "/echo/../gateway/production/api")],
        *[(path, False) for path in ("/echo/%2e%2e/gateway", "/echo/x%2f..%2f..%2fgateway")],
        *[(path, False) for path in ("/gateway/production/api", "/echo/..;/x", "/echo/%zz")],
    ],
)
def test_only_the_echo_api_may_be_an_upstream(path: str, is_echo: bool) -> None:
    assert LOCAL.is_echo(Upstream.parse(f"http://localhost:8000{path}")) is is_echo
    assert not LOCAL.is_echo(Upstream.parse(f"http://localhost:8001{path}"))


@pytest.mark.parametrize(
    "url", ["https://Gate.test:443", "http://gate.test:80", "http://[::1]:8000"]
)
def test_the_echo_api_is_known_however_the_public_url_is_written(url: str) -> None:
    assert OwnAddresses(url, "gate.test").is_echo(Upstream.parse(f"{url}/echo"))
