"""Pages of other origins: those that the provider allows may call, the others are told nothing."""

from typing import Any

import pytest

from gateway.cross_origin import marked
from tests.gateway.conftest import Place
from tests.kit.gateway import a_chain, a_service

SHOP, EVIL = "https://shop.example", "https://evil.example"
ALLOW = "access-control-allow-"


def allow(place: Place, *origins: bytes) -> None:
    place.directory.services[7] = a_service(origins=frozenset(origins))


def asking(origin: str = SHOP, **more: str) -> dict[str, str]:
    """Write the head of a preflight request."""
    return {"origin": origin, "access-control-request-method": "PUT", **more}


@pytest.mark.parametrize("path", ["/", "/none/of/the/rules", "/?user_key=wrong"])
async def test_a_preflight_of_an_allowed_origin_is_answered_and_costs_nothing(
    place: Place, path: str
) -> None:
    allow(place, SHOP.encode())

    answer = await place.call(
        path, "OPTIONS", asking(**{"access-control-request-headers": "x-a, x-b"})
    )

    assert (answer.status, await answer.text()) == (204, "")
    assert answer.get_header(ALLOW + "origin") == SHOP
    assert answer.get_header(ALLOW + "methods") == "PUT"
    assert answer.get_header(ALLOW + "headers") == "x-a, x-b"
    assert answer.get_header(ALLOW + "credentials") is None
    assert answer.get_header("vary") == "Origin"
    await place.counters.fold()
    assert not place.upstream.calls
    assert not place.sink.totals


@pytest.mark.parametrize("origin", [EVIL, "null", "", SHOP + ":8443", "http://shop.example"])
async def test_other_origins_are_treated_as_before(place: Place, origin: str) -> None:
    allow(place, SHOP.encode())

    preflight = await place.call("/", "OPTIONS", asking(origin))
    call = await place.call(headers={"origin": origin})

    assert (preflight.status, call.status) == (403, 200)
    for answer in (preflight, call):
        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("path", "status"), [("/?user_key=k1", 200), ("/", 403), ("/?user_key=no", 403)]
)
async def test_a_page_of_an_allowed_origin_may_read_answers_and_refusals(
    place: Place, path: str, status: int
) -> None:
    allow(place, SHOP.encode())

    answer = await place.call(path, headers={"origin": "HTTPS://shop.example"})

    assert answer.status == status
    assert answer.get_header(ALLOW + "origin") == "HTTPS://shop.example"
    assert answer.get_header("access-control-expose-headers") == "*"


async def test_every_origin_may_be_allowed(place: Place) -> None:
    allow(place, b"*")

    preflight = await place.call("/", "OPTIONS", asking("null"))
    call = await place.call(headers={"origin": EVIL})

    for answer in (preflight, call):
        assert answer.get_header(ALLOW + "origin") == "*"
        assert answer.get_header("vary") is None


async def test_who_asks_for_no_leave_is_a_caller(place: Place) -> None:
    allow(place, b"*")

    answer = await place.call("/?user_key=k1", "OPTIONS", {"origin": SHOP})

    assert answer.get_header("x-gatehouse-error") == "no_match"


async def test_what_an_api_or_a_policy_says_itself_stands(place: Place) -> None:
    allow(place, b"*")
    place.upstream.headers = [(b"access-control-allow-origin", b"https://its.example")]

    by_api = await place.call(headers={"origin": SHOP})
    place.upstream.headers = []
    place.deploy(policy_chain=a_chain(("cors", {"allow_origin": EVIL}), "apicast"))
    by_policy = await place.call(headers={"origin": SHOP})
    preflight = await place.call("/", "OPTIONS", asking())

    assert by_api.get_header_all(ALLOW + "origin") == ["https://its.example"]
    assert by_policy.get_header(ALLOW + "origin") is None
    assert preflight.get_header(ALLOW + "origin") is None


@pytest.mark.parametrize("name", [b"access-control-allow-origin", b"Access-Control-Allow-Origin"])
def test_an_origin_is_named_once(name: bytes) -> None:
    headers: list[Any] = [(name, b"x")]

    assert marked(headers, b"y") == headers
