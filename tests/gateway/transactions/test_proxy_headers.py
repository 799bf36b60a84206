"""The extensions of our own gateways: what the mounted proxy would tell, in the mode deployed."""

import pytest

from gateway.windows import Period
from tests.gateway.transactions.conftest import AUTHREP, TOKEN, Api, a_limit

ASKED = "no_body=1&proxy_headers=1"


async def test_limits_are_told_as_the_mounted_proxy_tells_them(api: Api) -> None:
    api.limit(a_limit(1, Period.MINUTE))

    first, second = [await api.authrep(ASKED, hits="1") for _ in range(2)]

    assert first.headers["ratelimit-policy"] == '"hits-minute";q=1;w=60'
    assert first.headers["ratelimit"] == '"hits-minute";r=0;t=30'
    assert "x-gatehouse-error" not in first.headers
    assert (second.status, second.headers["retry-after"]) == (409, "30")
    assert second.headers["x-gatehouse-error"] == "limits_exceeded"


async def test_a_disabled_metric_has_a_code_and_no_time_to_retry(api: Api) -> None:
    api.limit(a_limit(0))

    reply = await api.authrep(ASKED, hits="1")

    assert reply.headers["x-gatehouse-error"] == "metric_disabled"
    assert "retry-after" not in reply.headers


async def test_a_limit_for_ever_has_no_time_to_retry(api: Api) -> None:
    api.limit(a_limit(1, Period.ETERNITY))
    await api.authrep(hits="1")

    reply = await api.authrep(ASKED, hits="1")

    assert reply.headers["x-gatehouse-error"] == "limits_exceeded"
    assert "retry-after" not in reply.headers


async def test_errors_have_their_code_in_a_header_when_asked_for(api: Api) -> None:
    params = TOKEN | {"user_key": "wrong", "usage[hits]": "1"}

    told = await api.get(AUTHREP, params, ASKED)
    untold = await api.get(AUTHREP, params, "no_body=1")

    assert told.headers["x-gatehouse-error"] == "user_key_invalid"
    assert (told.status, told.body) == (403, b"")
    assert "x-gatehouse-error" not in untold.headers


async def test_others_are_told_nothing_more(api: Api) -> None:
    api.limit(a_limit(1))

    reply = await api.authrep(hits="1")

    assert not {"ratelimit", "ratelimit-policy"} & set(reply.headers)


@pytest.mark.parametrize(
    ("now", "deployed", "statuses"), [("2", "1", (404, 200)), ("1", "2", (200, 404))]
)
async def test_a_gateway_may_ask_in_the_mode_that_it_was_deployed_with(
    api: Api, now: str, deployed: str, statuses: tuple[int, int]
) -> None:
    api.serve(backend_version=now)

    as_now = await api.authrep(hits="1")
    as_deployed = await api.authrep(f"backend_version={deployed}", hits="1")

    assert (as_now.status, as_deployed.status) == statuses
