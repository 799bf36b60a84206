"""The policy `apicast`: what it reads, and what it writes when the answer comes."""

from collections.abc import Sequence
from typing import Any

import pytest

from gateway.directory import Limit
from gateway.policy.apicast.policy import Apicast
from gateway.windows import Period
from tests.gateway.conftest import Place, a_runtime, an_exchange
from tests.kit.gateway import HITS, FakeDirectory, a_chain, an_application

TWO = Limit("hits", HITS.id, Period.HOUR, 2)
RATE_HEADERS = ("ratelimit", "ratelimit-policy")


async def code_of(target: str, *headers: tuple[bytes, bytes], **proxy: Any) -> str:
    """Ask about a call that is refused before it would be counted."""
    directory = FakeDirectory()
    directory.add(an_application(referrer_filters=("ok.test",)), "k1", "s1")
    exchange = an_exchange(target, *headers, **proxy)
    exchange.runtime = a_runtime(directory)
    deny = await Apicast().on_request(exchange)
    assert deny is not None
    return deny.code


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("/", "auth_missing"),
        ("/?user_key=", "application_not_found"),
        ("/?user_key=%00", "application_not_found"),
        (f"/?user_key={'x' * 1025}", "application_not_found"),
    ],
)
async def test_a_refused_call_is_never_counted(target: str, code: str) -> None:
    assert await code_of(target) == code


async def test_a_wrong_key_comes_before_everything_else_about_an_application() -> None:
    assert await code_of("/?app_id=app1&app_key=s2", backend_version="2") == (
        "application_key_invalid"
    )


async def limits_told(place: Place, *links: Any) -> Sequence[bool]:
    """Call through a chain; gives which of the headers about limits came back."""
    place.directory.add(an_application(1, TWO), "k1")
    place.deploy(policy_chain=a_chain(*links))
    answer = await place.call()
    return [answer.get_header(name) is not None for name in RATE_HEADERS]


async def test_the_headers_about_limits_are_written_in_its_place_of_the_response_phase(
    place: Place,
) -> None:
    drop = ("headers", {"response": [{"op": "delete", "header": each} for each in RATE_HEADERS]})

    assert await limits_told(place, "apicast") == [True, True]
    assert await limits_told(place, "apicast", drop) == [False, False]
    assert await limits_told(place, drop, "apicast") == [True, True]
