"""The policy `apicast`: what it reads, and what it writes when the answer comes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from gateway.directory import Limit
from gateway.policy.apicast.policy import Apicast
from gateway.windows import Period
from tests.gateway.conftest import HOST, Place, a_runtime, an_exchange
from tests.kit.gateway import (
    HITS,
    SERVICE_ID,
    FakeDirectory,
    a_chain,
    a_service,
    an_application,
    serving,
)

TWO = Limit("hits", HITS.id, Period.HOUR, 2)
RULE = {"http_method": "GET", "pattern": "/", "metric_system_name": "hits", "delta": 1}
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


async def a_test_call(place: Place, path: str) -> tuple[int, str | None]:
    """Make a provider's test call; gives the status, and the code of a refusal."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await place.gateway.test(scope, receive, send)

    async with serving(app) as url:
        answer = await place.client.get(f"{url}{path}").header("host", HOST).build().send()
        return answer.status, answer.get_header("x-gatehouse-error")


async def test_a_test_call_needs_no_key_and_counts_nothing(place: Place) -> None:
    place.directory.add(an_application(1, replace(TWO, value=1)), "k1")

    assert [await a_test_call(place, "/a") for _ in range(2)] == [(200, None)] * 2

    assert [(await place.call()).status for _ in range(2)] == [200, 429]
    assert await a_test_call(place, "/a") == (200, None)


async def test_a_test_call_is_refused_where_every_call_would_be(place: Place) -> None:
    place.deploy(proxy_rules=[RULE | {"pattern": "/only"}])
    assert await a_test_call(place, "/a") == (404, "no_match")
    place.deploy(proxy_rules=[RULE | {"metric_system_name": "gone"}])
    assert await a_test_call(place, "/a") == (403, "metric_invalid")
    place.deploy()
    place.directory.services[SERVICE_ID] = a_service(active=False)
    assert await a_test_call(place, "/a") == (403, "service_not_active")
    place.directory.services.clear()
    assert await a_test_call(place, "/a") == (404, "unknown_host")
