"""Headers: what only the gateway may say is never a caller's; what is of one hop stays there."""

import pytest

from gateway.headers import (
    _MOST_NAMES,
    _REQUEST_NAMES,
    HOP_BY_HOP,
    OURS,
    caller_headers,
    upstream_headers,
)
from tests.gateway.conftest import HOST, an_exchange

GATEWAYS = {
    "x-real-ip": "192.0.2.7",
    "x-forwarded-for": "192.0.2.7",
    "x-forwarded-host": HOST,
    "x-forwarded-proto": "https",
    "x-3scale-proxy-secret-token": "shared",
    "x-gatehouse-hops": "1",
}
FORWARDED = ("for", "host", "port", "proto", "prefix", "scheme", "server", "ssl", "path", "uri")


def sent(*headers: tuple[bytes, bytes], **proxy: str) -> dict[str, list[str]]:
    """Send headers; list what the upstream gets by name."""
    found: dict[str, list[str]] = {}
    for name, value in upstream_headers(an_exchange("/", *headers, **proxy)):
        found.setdefault(name.lower(), []).append(value)
    return found


def test_what_a_caller_says_in_our_place_is_not_passed_on() -> None:
    names = {*OURS, *GATEWAYS, *(f"x-forwarded-{each}" for each in FORWARDED)}

    for name in names | {name.replace("-", "_") for name in names}:
        found = sent((name.encode(), b"evil"))
        assert found == {each: [value] for each, value in GATEWAYS.items()}, name


def test_our_own_are_said_once_and_the_host_is_that_of_the_document() -> None:
    found = sent((b"host", b"evil"), (b"x-mine", b"1"), hostname_rewrite="inner.example.test")

    ours = {name: [value] for name, value in GATEWAYS.items()}
    assert found == {**ours, "x-mine": ["1"], "host": ["inner.example.test"]}
    assert "x-3scale-proxy-secret-token" not in sent(secret_token="")


def test_headers_that_connection_names_belong_to_the_hop() -> None:
    found = sent(
        (b"x-hop", b"1"),
        (b"connection", b"keep-alive, X-Hop ,, content-length,Content-Type"),
        (b"connection", b"close"),
        (b"connection", b"x-second"),
        (b"x-second", b"2"),
        (b"content-length", b"3"),
        (b"content-type", b"text/plain"),
        (b"x-stays", b"1"),
    )

    stays = {"content-length": ["3"], "content-type": ["text/plain"], "x-stays": ["1"]}
    assert found == {name: [value] for name, value in GATEWAYS.items()} | stays


def test_no_caller_takes_our_own_headers_away_by_naming_them() -> None:
    names = ", ".join(GATEWAYS).encode()

    found = sent((b"connection", names))

    assert found == {name: [value] for name, value in GATEWAYS.items()}


def test_repeated_headers_stay_repeated_and_keep_their_bytes() -> None:
    found = sent((b"accept", b"a"), (b"accept", b"b"), (b"x-text", "é株".encode()))

    assert found["accept"] == ["a", "b"]
    assert found["x-text"] == ["é株"]


def test_names_are_remembered_only_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.headers._REQUEST_NAMES", {})
    for number in range(3_000):
        assert sent((f"x-n{number}".encode(), b"1"))[f"x-n{number}"] == ["1"]

    assert "x_forwarded_for" not in sent((b"x_forwarded_for", b"evil"))


def test_of_an_answer_only_its_own_headers_go_back() -> None:
    hop = [(name, "x") for name in HOP_BY_HOP - {"connection"}]
    items = [
        ("connection", "X-Hop, content-length"),
        ("x-hop", "1"),
        *hop,
        ("date", "today"),
        ("set-cookie", "a"),
        ("set-cookie", "b"),
        ("content-length", "5"),
        ("x-text", "é"),
    ]

    headers, length = caller_headers(items, 200)

    assert length == 5
    assert headers == [
        (b"set-cookie", b"a"),
        (b"set-cookie", b"b"),
        (b"content-length", b"5"),
        (b"x-text", b"\xe9"),
    ]


@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_without_body_has_no_length(status: int) -> None:
    assert caller_headers([("content-length", "5")], status) == ([], None)


@pytest.mark.parametrize("name", [b"te", b"upgrade", b"trailer", b"x-real-ip", b"keep-alive"])
def test_only_connection_names_headers_of_the_hop(name: bytes) -> None:
    assert sent((name, b"x-mine"), (b"x-mine", b"1"))["x-mine"] == ["1"]


def test_odd_names_are_not_kept_in_memory_without_end() -> None:
    for number in range(_MOST_NAMES + 50):
        sent((b"x-odd-%d" % number, b"1"))

    assert len(_REQUEST_NAMES) <= _MOST_NAMES
    assert sent((b"x-odd-99999", b"1"))["x-odd-99999"] == ["1"]
