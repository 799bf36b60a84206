"""Reports: counted before the answer, as a whole or not at all."""

from collections.abc import Sequence
from urllib.parse import urlencode

import pytest

from gateway.counters.base import Report
from gateway.counters.tally import Tally
from gateway.errors import StoreUnavailable
from gateway.windows import Period, Windows
from tests.gateway.transactions.conftest import START, Api, a_limit
from tests.kit.gateway import SERVICE_ID, an_application

ONE = {"user_key": "uk", "hits": "1"}
NOW_S = int(START.timestamp())


def logged(api: Api) -> list[str]:
    """List the codes of the service's errors, newest first."""
    return [each.code for each in api.app.errors.newest(SERVICE_ID)]


async def test_a_batch_is_counted_without_looking_at_limits_or_states(api: Api) -> None:
    api.limit(a_limit(1), active=False)

    reply = await api.report(ONE, {"user_key": "uk", "hits": "4", "search": "2"})

    assert (reply.status, reply.body, logged(api)) == (202, b"", [])
    assert await api.stored() == 7


async def test_a_batch_reaches_each_application(api: Api) -> None:
    api.limit(a_limit(9))
    other = api.directory.add(an_application(2, a_limit(9)), "other")

    await api.report(ONE, {"user_key": "other", "hits": "2"}, {"app_id": "app2", "hits": "3"})

    assert await api.stored() == 1
    assert (await api.counters.read(other)).readings[0].current == 5


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"user_key": "no", "hits": "1"}, "user_key_invalid"),
        ({"app_id": "no", "hits": "1"}, "application_not_found"),
        ({"hits": "1"}, "user_key_invalid"),
        ({"user_key": "uk", "app_id": "app1", "hits": "1"}, "authentication_error"),
        ({"user_key": "uk", "nope": "1"}, "metric_invalid"),
        ({"user_key": "uk", "hits": "x"}, "usage_value_invalid"),
        (ONE | {"timestamp": str(NOW_S - 86_401)}, "transaction_timestamp_too_old"),
        (ONE | {"timestamp": str(NOW_S + 3_601)}, "transaction_timestamp_too_new"),
    ],
)
async def test_one_bad_transaction_discards_the_batch_and_is_logged(
    api: Api, bad: dict[str, str], code: str
) -> None:
    api.limit(a_limit(9))

    reply = await api.report(ONE, bad, ONE)

    assert (reply.status, reply.body) == (202, b"")
    assert await api.stored() == 0
    assert logged(api) == [code]


@pytest.mark.parametrize(
    "idle", [{"user_key": "no"}, {"user_key": "no", "hits": "0"}, {"nope": "0", "hits": " 00 "}]
)
async def test_a_transaction_that_uses_nothing_is_dropped_unseen(
    api: Api, idle: dict[str, str]
) -> None:
    api.limit(a_limit(9))

    assert (await api.report(idle)).status == 202
    assert (await api.report(idle, ONE)).status == 202
    assert (await api.stored(), logged(api)) == (1, [])


async def test_a_report_may_set_a_counter_back(api: Api) -> None:
    api.limit(a_limit(9))

    await api.report(ONE, {"user_key": "uk", "hits": "#5"}, ONE)
    assert await api.stored() == 6

    await api.report({"user_key": "uk", "hits": "#0"})
    assert await api.stored() == 0


async def test_flat_usage_leaves_the_parents_alone(api: Api) -> None:
    api.limit(a_limit(9), a_limit(9, metric="search"))

    await api.report({"user_key": "uk", "search": "2"}, options="flat_usage=1")

    assert (await api.stored(), await api.stored("search")) == (0, 2)


@pytest.mark.parametrize(
    "timestamp",
    [str(NOW_S - 3600), "2026-11-21 11:00:00", "2026-11-21 12:00:00 +0100"],
)
async def test_a_timestamp_chooses_the_windows(api: Api, timestamp: str) -> None:
    api.limit(a_limit(9), a_limit(9, Period.HOUR))
    application = api.directory.by_user_key[SERVICE_ID, "uk"]

    await api.report(ONE, ONE | {"timestamp": timestamp})

    readings = (await api.counters.read(application)).readings
    assert {each.limit.period: each.current for each in readings} == {"day": 2, "hour": 1}


@pytest.mark.parametrize(
    ("timestamp", "now", "later"),
    [
        (str(NOW_S + 3_600), {"minute": 1, "hour": 1, "day": 3}, {"minute": 2, "hour": 2}),
        ("Sat, 21 Nov 2026 13:00:30 GMT", {"minute": 1, "hour": 1}, {"minute": 2, "hour": 2}),
        ("2026/11/21 08:30:00 EST", None, None),  # an hour and a half ahead
    ],
)
async def test_what_is_to_come_is_counted_in_the_hour_that_it_names(
    api: Api, timestamp: str, now: dict[str, int] | None, later: dict[str, int] | None
) -> None:
    periods = (Period.MINUTE, Period.HOUR, Period.DAY)
    api.limit(*[a_limit(9, period) for period in periods])
    application = api.directory.by_user_key[SERVICE_ID, "uk"]
    ahead = {"user_key": "uk", "hits": "2", "timestamp": timestamp}

    async def counts(wanted: dict[str, int] | None) -> dict[str, int]:
        readings = (await api.counters.read(application)).readings
        found = {str(each.limit.period): each.current for each in readings}
        return {name: found[name] for name in wanted or found}

    await api.report(ONE)
    await api.report(ahead)

    assert await counts(now) == (now or {"minute": 1, "hour": 1, "day": 1})
    api.time.now_s += 3_600
    assert await counts(later) == (later or {"minute": 0, "hour": 0, "day": 1})
    api.time.now_s += 7_200
    assert (await counts(None))["hour"] == 0


async def test_what_is_to_come_outlives_a_restart(api: Api) -> None:
    api.limit(a_limit(9, Period.HOUR))
    application = api.directory.by_user_key[SERVICE_ID, "uk"]
    await api.report(ONE | {"timestamp": str(NOW_S + 3_600)})
    await api.counters.fold()
    api.time.now_s += 3_600

    again = Tally(Windows.at(api.time.now_s), (await api.sink.counts_of([1], START))[1])

    assert [each.current for each in again.readings(application.limits)] == [1]


async def test_sets_of_one_minute_are_played_in_turn(api: Api) -> None:
    api.limit(a_limit(99), a_limit(99, metric="search"))

    await api.report(
        {"user_key": "uk", "hits": "7"},
        {"user_key": "uk", "search": "#3", "hits": "5"},
        {"user_key": "uk", "hits": "1"},
    )

    assert (await api.stored(), await api.stored("search")) == (4, 3)


async def test_app_ids_and_user_keys_both_do_on_services_of_app_ids(api: Api) -> None:
    api.serve(backend_version="2")
    api.limit(a_limit(9))

    await api.report(ONE, {"app_id": "app1", "hits": "1"})
    await api.report({"hits": "1"})

    assert (await api.stored(), logged(api)) == (2, ["application_not_found"])


async def test_a_report_may_name_a_provider_key_and_no_service(api: Api) -> None:
    api.limit(a_limit(9))
    form = {
        "provider_key": "pk",
        "transactions[x][user_key]": "uk",
        "transactions[x][usage][hits]": 3,
    }

    reply = await api.post(urlencode(form).encode(), {})

    assert (reply.status, await api.stored()) == (202, 3)


async def test_a_store_that_cannot_count_is_answered_with_503(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unavailable(*_: object, **__: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(api.counters, "report", unavailable)

    assert (await api.report(ONE)).code == "counter_store_unavailable"


async def test_usage_of_one_minute_is_counted_in_one_step(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []

    async def report(reports: Sequence[Report]) -> None:
        steps.extend(each.application.id for each in reports)

    monkeypatch.setattr(api.counters, "report", report)

    await api.report(*[ONE | {"timestamp": str(NOW_S - second)} for second in range(30)], ONE)

    assert steps == [1, 1]


async def test_a_large_report_is_counted_as_a_whole(api: Api) -> None:
    api.limit(a_limit(9))

    await api.report(*[ONE] * 2000)

    assert await api.stored() == 2000


async def test_response_codes_are_noted_with_usage_and_without(api: Api) -> None:
    api.limit(a_limit(9))

    await api.report(
        ONE | {"log[code]": "200"},
        ONE | {"log[code]": "200", "timestamp": str(NOW_S - 7_200)},
        {"user_key": "uk", "log[code]": "404"},
        ONE | {"log[request]": "GET /"},
        ONE | {"log[code]": "many"},
    )

    assert await api.stored() == 4
    assert await api.noted() == {200: 2, 404: 1}
    assert {minute for _, _, minute, _ in api.sink.codes} == {NOW_S // 60, NOW_S // 60 - 120}


async def test_codes_of_a_discarded_batch_are_not_noted(api: Api) -> None:
    await api.report(ONE | {"log[code]": "200"}, {"user_key": "no", "hits": "1"})

    assert await api.noted() == {}
