"""Debug headers: for who holds the service's secret or its provider's key, for nobody else."""

import pytest

from gateway.debug import debug_headers
from gateway.directory import Credential, Provider
from gateway.rules import MappingRule, Match
from tests.gateway.conftest import a_runtime, an_exchange
from tests.kit.gateway import PROVIDER_ID, FakeDirectory

RULES = (MappingRule("GET", "/a", "hits", 1), MappingRule("GET", "/é", "a b", 2))


async def shown(asked: bytes, match: Match) -> dict[bytes, bytes]:
    """Ask for the debug headers of a call."""
    directory = FakeDirectory()
    directory.providers["pk"] = Provider(PROVIDER_ID, frozenset({7}), 7)
    directory.providers["foreign"] = Provider(9, frozenset({8}), 8)
    exchange = an_exchange("/a")
    exchange.credential = Credential("user_key", "k 1")
    exchange.runtime = a_runtime(directory)
    exchange.match = match
    return dict(await debug_headers(exchange, asked))


@pytest.mark.parametrize("asked", [b"token", b"pk"])
async def test_they_tell_what_matched_and_for_whom(asked: bytes) -> None:
    assert await shown(asked, Match(RULES, {"hits": 1, "a b": 2})) == {
        b"x-3scale-matched-rules": b"/a, /\\xe9",
        b"x-3scale-credentials": b"user_key=k+1",
        b"x-3scale-usage": b"usage%5Ba%20b%5D=2&usage%5Bhits%5D=1",
        b"x-3scale-hostname": b"api.example.test",
        b"x-3scale-service-id": b"7",
        b"x-3scale-service-name": b"api",
    }


@pytest.mark.parametrize("asked", [b"", b"Token", b"token ", b"foreign", b"\xff", b"shared"])
async def test_they_tell_strangers_nothing(asked: bytes) -> None:
    assert await shown(asked, Match(RULES, {"hits": 1})) == {}


async def test_a_call_without_a_match_shows_nothing() -> None:
    assert await shown(b"token", Match((), {})) == {}


async def test_a_document_without_a_secret_is_not_opened_by_an_empty_one() -> None:
    exchange = an_exchange("/a")
    exchange.match = Match(RULES, {"hits": 1})

    exchange.runtime = a_runtime(FakeDirectory())

    assert await debug_headers(exchange, b"") == ()
