"""Refused calls: noted by code and application, whatever a caller makes up, and never counted."""

from collections import Counter
from typing import Any

import pytest

from gateway.directory import Limit
from gateway.hops import HOPS, MOST_HOPS
from gateway.windows import Period
from tests.gateway.conftest import Place
from tests.kit.gateway import HITS, SERVICE_ID, a_service, an_application


async def refused(place: Place) -> dict[tuple[int, str], int]:
    """Read how many calls were refused, by application and code."""
    await place.codes.fold()
    found = Counter[tuple[int, str]]()
    for (service_id, application_id, _, code), calls in place.sink.refusals.items():
        assert service_id == SERVICE_ID
        found[application_id, code] += calls
    return dict(found)


def limit(value: int) -> Limit:
    return Limit("hits", HITS.id, Period.DAY, value)


async def test_what_is_let_in_is_no_refusal(place: Place) -> None:
    assert (await place.call()).status == 200

    assert await refused(place) == {}


async def test_each_call_over_a_limit_is_noted_for_its_application(place: Place) -> None:
    place.directory.add(an_application(1, limit(2)), "k1")

    statuses = [(await place.call()).status for _ in range(5)]
    await place.counters.fold()

    assert statuses == [200, 200, 429, 429, 429]
    assert await refused(place) == {(1, "limits_exceeded"): 3}
    assert set(place.sink.totals.values()) == {2}


CASES: list[tuple[str, dict[str, Any], str, tuple[int, str]]] = [
    ("a disabled metric", {}, "/?user_key=off", (2, "metric_disabled")),
    ("a suspended application", {}, "/?user_key=still", (3, "application_not_active")),
    ("an unknown key", {}, "/?user_key=nobody", (0, "application_not_found")),
    ("no key", {}, "/", (0, "auth_missing")),
    ("no rule", {"method": "DELETE"}, "/?user_key=k1", (0, "no_match")),
    ("two readings", {}, "/a;b?user_key=k1", (0, "bad_path")),
    (
        "a loop",
        {"headers": {HOPS: str(MOST_HOPS)}},
        "/?user_key=k1",
        (0, "loop_detected"),
    ),
]


@pytest.mark.parametrize(
    ("call", "path", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
async def test_a_refusal_is_noted_by_its_code(
    call: dict[str, Any], path: str, found: tuple[int, str], place: Place
) -> None:
    place.directory.add(an_application(2, limit(0)), "off")
    place.directory.add(an_application(3, active=False), "still")

    answer = await place.call(path, **call)

    assert answer.headers["x-gatehouse-error"] == found[1]
    assert await refused(place) == {found: 1}


async def test_a_service_that_is_offline_refuses_for_the_application(place: Place) -> None:
    place.directory.services[SERVICE_ID] = a_service(active=False)

    await place.call()

    assert await refused(place) == {(1, "service_not_active"): 1}


async def test_a_service_without_an_upstream_refuses_what_was_counted(place: Place) -> None:
    place.deploy(api_backend="")

    await place.call()

    assert await refused(place) == {(1, "no_upstream"): 1}


async def test_made_up_keys_add_to_one_sum(place: Place) -> None:
    for number in range(30):
        await place.call(f"/?user_key=guess{number}")

    assert await refused(place) == {(0, "application_not_found"): 30}


async def test_nothing_is_noted_of_what_names_no_service(place: Place) -> None:
    await place.call(headers={"host": "nowhere.example"})

    assert await refused(place) == {}
