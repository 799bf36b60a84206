"""Refusals of authorize and authrep in the statistics: the proxy's words, one for each call."""

import pytest

from gateway.windows import Period
from tests.gateway.transactions.conftest import AUTHORIZE, AUTHREP, TOKEN, Api, a_limit
from tests.kit.gateway import SERVICE_ID, an_application


async def refused(api: Api) -> dict[tuple[int, str], int]:
    """Read how many calls were refused, by application and code."""
    await api.codes.fold()
    return {
        (application, code): calls
        for (service, application, _, code), calls in api.sink.refusals.items()
        if service == SERVICE_ID
    }


async def test_what_is_let_in_is_no_refusal(api: Api) -> None:
    assert (await api.authrep(hits="1")).status == 200

    assert await refused(api) == {}


async def test_each_authrep_over_a_limit_is_noted(api: Api) -> None:
    api.limit(a_limit(1))

    statuses = [(await api.authrep(hits="1")).status for _ in range(4)]

    assert statuses == [200, 409, 409, 409]
    assert await refused(api) == {(1, "limits_exceeded"): 3}
    assert await api.stored() == 1


async def test_a_disabled_metric_is_told_as_the_proxy_tells_it(api: Api) -> None:
    api.limit(a_limit(0, Period.HOUR))

    await api.authrep(hits="1")

    assert await refused(api) == {(1, "metric_disabled"): 1}


async def test_an_application_that_is_stopped_is_named(api: Api) -> None:
    api.directory.add(an_application(1, active=False), "uk")

    await api.authrep(hits="1")

    assert await refused(api) == {(1, "application_not_active"): 1}


@pytest.mark.parametrize(
    ("version", "params", "found"),
    [
        ("1", {"user_key": "nobody"}, (0, "application_not_found")),
        ("1", {}, (0, "auth_missing")),
        ("2", {"app_id": "nobody"}, (0, "application_not_found")),
        ("2", {}, (0, "auth_missing")),
        ("1", {"user_key": "uk", "usage[nope]": "1"}, (1, "metric_invalid")),
    ],
)
async def test_an_error_about_the_call_is_noted(
    version: str, params: dict[str, str], found: tuple[int, str], api: Api
) -> None:
    api.serve(backend_version=version)

    await api.get(AUTHREP, TOKEN | params)

    assert await refused(api) == {found: 1}


@pytest.mark.parametrize(
    "params",
    [
        {"service_token": "wrong", "service_id": str(SERVICE_ID), "user_key": "uk"},
        TOKEN | {"user_key": "uk", "usage[hits]": "many"},
    ],
    ids=["a foreign token", "usage that is no number"],
)
async def test_an_error_of_who_asks_is_not(params: dict[str, str], api: Api) -> None:
    answer = await api.get(AUTHREP, params)

    assert answer.status == 403
    assert await refused(api) == {}


async def test_authorize_asks_about_a_call_when_it_has_usage(api: Api) -> None:
    api.limit(a_limit(1))
    await api.authrep(hits="2")
    await api.authrep(hits="1")
    before = await refused(api)

    await api.authorize()
    standing = await refused(api)
    await api.authorize(hits="1")
    await api.get(AUTHORIZE, TOKEN | {"user_key": "nobody"})

    assert before == standing == {(1, "limits_exceeded"): 1}
    assert await refused(api) == {(1, "limits_exceeded"): 2}
