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
    "user-agent": "gatehouse",
}
FORWARDED = ("for", "host", "port", "proto", "prefix", "scheme", "server", "ssl", "path", "uri")


def sent(*headers: tuple[bytes, bytes], **proxy: str) -> dict[str, list[str]]:
    """Send headers; list what the upstream gets by name."""
    found: dict[str, list[str]] = {}
    for name, value in upstream_headers(an_exchange("/", *headers, **proxy)):
        found.setdefault(name.decode(), []).append(value.decode("latin-1"))
    return found


def test_what_a_caller_says_in_our_place_is_not_passed_on() -> None:
    names = {
        *OURS,
        *(GATEWAYS.keys() - {"user-agent"}),
        *(f"x-forwarded-{each}" for each in FORWARDED),
    }

    for name in names | {name.replace("-", "_") for name in names}:
        found = sent((name.encode(), b"evil"))
        assert found == {each: [value] for each, value in GATEWAYS.items()}, name


def test_our_own_are_said_once_and_a_callers_agent_stays() -> None:
    found = sent((b"host", b"evil"), (b"x-mine", b"1"), (b"user-agent", b"curl"))

    ours = {name: [value] for name, value in GATEWAYS.items()}
    assert found == {**ours, "x-mine": ["1"], "user-agent": ["curl"]}
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
    found = sent((b"accept", b"a"), (b"accept", b"b"), (b"x-text", b"\xff \xc3\xa9"))

    assert found["accept"] == ["a", "b"]
    assert found["x-text"] == ["\xff \xc3\xa9"]


def test_names_are_remembered_only_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.headers._REQUEST_NAMES", {})
    for number in range(3_000):
        assert sent((f"x-n{number}".encode(), b"1"))[f"x-n{number}"] == ["1"]

    assert "x_forwarded_for" not in sent((b"x_forwarded_for", b"evil"))


def test_of_an_answer_only_its_own_headers_go_back() -> None:
    hop = [(name.encode(), b"x") for name in HOP_BY_HOP - {"connection"}]
    ends = [
        (b"set-cookie", b"a"),
        (b"set-cookie", b"b"),
        (b"content-length", b"5"),
        (b"x-text", b"\xe9 \xc3\xa9"),
    ]
    items = [(b"connection", b"X-Hop, content-length"), (b"x-hop", b"1"), *hop, (b"date", b"today")]

    assert caller_headers([*items, *ends], 200) == ends


@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_without_body_has_no_length(status: int) -> None:
    assert caller_headers([(b"content-length", b"5")], status) == []


@pytest.mark.parametrize("name", [b"te", b"upgrade", b"trailer", b"x-real-ip", b"keep-alive"])
def test_only_connection_names_headers_of_the_hop(name: bytes) -> None:
    assert sent((name, b"x-mine"), (b"x-mine", b"1"))["x-mine"] == ["1"]


def test_odd_names_are_not_kept_in_memory_without_end() -> None:
    for number in range(_MOST_NAMES + 50):
        sent((b"x-odd-%d" % number, b"1"))

    assert len(_REQUEST_NAMES) <= _MOST_NAMES
    assert sent((b"x-odd-99999", b"1"))["x-odd-99999"] == ["1"]
