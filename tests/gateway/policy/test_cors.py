"""The policy `cors`: preflight requests answered, permission only for origins that have it."""

import time
from typing import Any

import pytest

from gateway.config.document import ServiceDocument
from gateway.errors import BadDocument
from gateway.policy.cors.origins import BadPattern, Origins
from tests.gateway.conftest import Place
from tests.kit.gateway import a_chain, a_document

APP = "https://app.example.com"
PREFLIGHT = {
    "origin": APP,
    "access-control-request-method": "PUT",
    "access-control-request-headers": "x-a, x-b",
}
ALLOW = "access-control-allow-"


def allowing(**configuration: Any) -> list[dict[str, Any]]:
    """Write a chain with the policy before `apicast`."""
    return a_chain(("cors", configuration), "apicast")


async def test_a_preflight_is_answered_before_credentials_are_asked_for(place: Place) -> None:
    place.deploy(policy_chain=allowing())

    answer = await place.call("/any", "OPTIONS", PREFLIGHT)

    assert (answer.status, await answer.text()) == (204, "")
    assert answer.get_header(f"{ALLOW}origin") == "*"
    assert answer.get_header(f"{ALLOW}methods") == "PUT"
    assert answer.get_header(f"{ALLOW}headers") == "x-a, x-b"
    assert answer.get_header("access-control-max-age") == "600"
    assert answer.get_header(f"{ALLOW}credentials") is None
    assert not place.upstream.calls
    await place.counters.fold()
    assert not place.sink.totals


async def test_a_preflight_says_what_is_configured(place: Place) -> None:
    place.deploy(
        policy_chain=allowing(
            allow_origin=APP,
            allow_methods=["GET", "POST"],
            allow_headers=["X-Mine"],
            allow_credentials=True,
            max_age=5,
        )
    )

    answer = await place.call("/", "OPTIONS", PREFLIGHT)

    assert answer.get_header(f"{ALLOW}origin") == APP
    assert answer.get_header(f"{ALLOW}methods") == "GET, POST"
    assert answer.get_header(f"{ALLOW}headers") == "X-Mine"
    assert answer.get_header(f"{ALLOW}credentials") == "true"
    assert answer.get_header("access-control-max-age") == "5"
    assert answer.get_header_all("vary") == ["Origin"]


async def test_a_stranger_gets_no_permission(place: Place) -> None:
    place.deploy(policy_chain=allowing(allow_origin=APP))
    other = PREFLIGHT | {"origin": "https://evil.example.com"}

    preflight = await place.call("/", "OPTIONS", other)
    call = await place.call(headers={"origin": other["origin"]})

    assert (preflight.status, call.status) == (204, 200)
    for answer in (preflight, call):
        assert not [name for name in answer.headers if name.startswith("access-control-allow")]
        assert answer.get_header("vary") == "Origin"


@pytest.mark.parametrize("missing", ["origin", "access-control-request-method"])
async def test_other_options_requests_are_the_apis_own(place: Place, missing: str) -> None:
    rule = {"http_method": "ANY", "pattern": "/", "metric_system_name": "hits", "delta": 1}
    place.deploy(policy_chain=allowing(), proxy_rules=[rule])
    headers = {name: value for name, value in PREFLIGHT.items() if name != missing}

    answer = await place.call("/?user_key=k1", "OPTIONS", headers)

    assert answer.status == 200
    assert len(place.upstream.calls) == 1


async def test_every_answer_says_whether_the_page_may_read_it(place: Place) -> None:
    place.deploy(policy_chain=allowing(allow_origin=APP))
    place.upstream.headers = [
        (b"access-control-allow-origin", b"https://other.example"),
        (b"access-control-allow-credentials", b"true"),
        (b"access-control-expose-headers", b"x-mine"),
    ]

    answer = await place.call(headers={"origin": APP})
    refused = await place.call("/", headers={"origin": APP})
    place.deploy(policy_chain=allowing(allow_origin=APP), api_backend="http://127.0.0.1:1")
    failed = await place.call(headers={"origin": APP})

    assert [each.status for each in (answer, refused, failed)] == [200, 403, 502]
    for each in (answer, refused, failed):
        assert each.get_header_all(f"{ALLOW}origin") == [APP]
        assert each.get_header(f"{ALLOW}credentials") is None
    assert answer.get_header("access-control-expose-headers") == "x-mine"


@pytest.mark.parametrize(
    ("pattern", "origin", "allowed"),
    [
        (APP, APP, True),
        (APP, "https://APP.example.com", True),
        (APP, "https://appxexample.com", False),
        (APP, f"{APP}.evil.com", False),
        (APP, "http://app.example.com", False),
        (r"https://.*\.example\.com", "https://a.example.com", True),
        (r"https://.*\.example\.com", "https://a.example.com.evil.com", False),
        (r"https?://(a|b)\.test(:[0-9]+)?", "http://b.test:81", True),
        (r"https?://(a|b)\.test(:[0-9]+)?", "http://c.test", False),
        (".*", f"https://{'a' * 300}.test", False),
        ("*", "null", True),
        ("", "anything", True),
        ("null", "null", True),
    ],
)
def test_a_pattern_is_an_origin_or_fits_the_whole_of_one(
    pattern: str, origin: str, allowed: bool
) -> None:
    assert Origins(pattern).allow(origin.encode()) is allowed


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+b", "(a|a)*b", "(a|aa){9}", r"(a)\1", "(?=a)b", "a*b*c*d*", "(", "[", "https://("],
)
def test_a_pattern_that_could_take_long_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        Origins(pattern)


def test_no_origin_makes_a_pattern_slow() -> None:
    origins = Origins(".*a.*b.*c")
    began_s = time.process_time()

    assert not origins.allow(b"ab" * 100)

    assert time.process_time() - began_s < 0.5


@pytest.mark.parametrize(
    ("configuration", "rule"),
    [
        ({"allow_credentials": True}, "must name the origins where allow_credentials is true"),
        ({"allow_credentials": True, "allow_origin": "*"}, "allow_origin = '*': must name"),
        ({"allow_origin": "(a+)+"}, "must repeat at most 3 things"),
        ({"allow_methods": ["get"]}, "must be one of GET, HEAD"),
        ({"allow_headers": ["a b"]}, "allow_headers[0] = 'a b': must be the name of a header"),
        ({"max_age": -1}, "max_age = -1: must be at least 0"),
        ({"max_age": True}, "must be of type integer"),
    ],
)
def test_a_mistake_refuses_the_document(configuration: dict[str, Any], rule: str) -> None:
    with pytest.raises(BadDocument) as caught:
        ServiceDocument.parse(a_document(policy_chain=allowing(**configuration)))

    assert rule in str(caught.value)
