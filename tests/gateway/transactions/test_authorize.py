"""What authorize and authrep show and test: limits, values, extensions."""

from urllib.parse import urlencode

import pytest

from gateway.directory import Application
from gateway.windows import Period
from tests.gateway.transactions.conftest import (
    AUTHORIZE,
    AUTHREP,
    CALLER,
    FORM,
    TOKEN,
    Api,
    Reply,
    a_limit,
)
from tests.kit.gateway import SERVICE_ID

OAUTH_AUTHORIZE = "/transactions/oauth_authorize.xml"
OAUTH_AUTHREP = "/transactions/oauth_authrep.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
TOLD = ("3scale-limit-remaining", "3scale-limit-reset", "3scale-limit-max-value")
TRANSACTION = {"transactions[0][user_key]": "uk", "transactions[0][usage][hits]": "2"}


async def test_authorize_shows_what_is_stored_and_counts_nothing(api: Api) -> None:
    api.limit(a_limit(4))
    await api.authrep(hits="1")

    replies = [await api.authorize(hits="3"), await api.authorize(hits="4")]

    assert [each.status for each in replies] == [200, 409]
    assert [each.value("current_value") for each in replies] == ["1", "1"]
    assert await api.stored() == 1


async def test_a_limit_of_another_metric_denies_only_without_usage(api: Api) -> None:
    api.limit(a_limit(1, metric="search"), a_limit(100))
    await api.report({"user_key": "uk", "search": "2"})

    with_usage, without = await api.authrep(hits="1"), await api.authrep()

    assert (with_usage.status, without.status) == (200, 409)
    assert await api.stored() == 3


@pytest.mark.parametrize("options", ["", "flat_usage=1"])
async def test_usage_of_a_child_is_tested_against_its_parents_limit(api: Api, options: str) -> None:
    api.limit(a_limit(4))
    await api.report({"user_key": "uk", "hits": "5"})

    assert (await api.authrep(options, deep="1")).status == 409
    assert (await api.authorize(options, deep="1")).status == 409
    assert await api.stored() == 5


async def test_zero_usage_is_tested_and_not_counted(api: Api) -> None:
    api.limit(a_limit(0))
    assert (await api.authrep(hits="0")).status == 200
    await api.report({"user_key": "uk", "hits": "1"})

    refused = await api.authrep(hits="0")

    assert refused.status == 409
    assert await api.stored() == 1


async def test_setting_to_zero_empties_the_counter(api: Api) -> None:
    api.limit(a_limit(4))
    await api.authrep(hits="3")

    reply = await api.authrep(hits="#0")

    assert (reply.status, reply.value("current_value")) == (200, "0")


async def test_a_metric_with_a_limit_of_zero_is_disabled(api: Api) -> None:
    api.limit(a_limit(0))

    reply = await api.authorize("limit_headers=1", hits="1")

    assert reply.status == 409
    assert reply.headers["3scale-limit-max-value"] == "0"


async def test_reports_go_by_metric_and_then_from_eternity_down_to_minute(api: Api) -> None:
    api.limit(
        a_limit(9, Period.MINUTE),
        a_limit(9, Period.MONTH, "search"),
        a_limit(9, Period.ETERNITY),
        a_limit(9, Period.WEEK),
    )

    text = (await api.authorize()).text

    assert text.endswith(
        "<usage_reports>"
        '<usage_report metric="hits" period="eternity">'
        "<max_value>9</max_value><current_value>0</current_value></usage_report>"
        '<usage_report metric="hits" period="week">'
        "<period_start>2026-11-16 00:00:00 +0000</period_start>"
        "<period_end>2026-11-23 00:00:00 +0000</period_end>"
        "<max_value>9</max_value><current_value>0</current_value></usage_report>"
        '<usage_report metric="hits" period="minute">'
        "<period_start>2026-11-21 12:00:00 +0000</period_start>"
        "<period_end>2026-11-21 12:01:00 +0000</period_end>"
        "<max_value>9</max_value><current_value>0</current_value></usage_report>"
        '<usage_report metric="search" period="month">'
        "<period_start>2026-11-01 00:00:00 +0000</period_start>"
        "<period_end>2026-12-01 00:00:00 +0000</period_end>"
        "<max_value>9</max_value><current_value>0</current_value></usage_report>"
        "</usage_reports></status>"
    )


async def test_a_new_window_starts_at_zero(api: Api) -> None:
    api.limit(a_limit(1, Period.MINUTE))
    await api.authrep(hits="1")
    assert (await api.authrep(hits="1")).status == 409

    api.time.now_s += 30

    assert (await api.authrep(hits="1")).value("current_value") == "1"


async def test_no_body_empties_the_answer_and_keeps_the_headers(api: Api) -> None:
    api.limit(a_limit(1))

    replies = [await api.authrep("no_body=1&limit_headers=1", hits="1") for _ in range(2)]

    assert [(each.status, each.body) for each in replies] == [(200, b""), (409, b"")]
    assert [each.headers["3scale-limit-remaining"] for each in replies] == ["0", "0"]


async def test_extensions_need_exactly_1(api: Api) -> None:
    api.limit(a_limit(0))

    reply = await api.authrep("rejection_reason_header=yes&limit_headers=true", hits="1")

    assert not [name for name in reply.headers if name.startswith("3scale")]


async def test_the_hierarchy_has_a_row_for_each_usage_report(api: Api) -> None:
    api.limit(a_limit(1), a_limit(1, Period.HOUR), a_limit(1, metric="search"))

    text = (await api.authorize("hierarchy=1")).text

    row = '<metric name="hits" children="search"/>'
    assert text.endswith(
        f'<hierarchy>{row}{row}<metric name="search" children="deep"/></hierarchy></status>'
    )


async def test_keys_are_listed_between_reports_and_hierarchy(api: Api) -> None:
    api.limit(a_limit(1), keys=("first", 'a"<'))

    text = (await api.authorize("list_app_keys=1&hierarchy=1")).text

    assert (
        '</usage_reports><app_keys app="app1" svc="7"><key id="first"/>'
        '<key id="a&quot;&lt;"/></app_keys><hierarchy>'
    ) in text


async def test_no_keys_are_listed_as_an_empty_element(api: Api) -> None:
    text = (await api.authorize("list_app_keys=1")).text

    assert '<app_keys app="app1" svc="7"></app_keys>' in text


async def test_at_most_256_keys_are_listed(api: Api) -> None:
    api.limit(keys=[f"k{number}" for number in range(300)])

    text = (await api.authorize("list_app_keys=1")).text

    assert text.count("<key ") == 256


@pytest.mark.parametrize("name", ["redirect_url", "redirect_uri"])
async def test_oauth_answers_tell_about_the_application(api: Api, name: str) -> None:
    api.serve(backend_version="oauth")
    api.limit(keys=("first", "second"), redirect_url="http://a.test/?b&c")

    params = TOKEN | {"app_id": "app1", name: "http://a.test/?b&c"}
    reply = await api.get(OAUTH_AUTHORIZE, params)

    assert reply.text.endswith(
        "<status><authorized>true</authorized><application><id>app1</id><key>first</key>"
        f"<{name}>http://a.test/?b&amp;c</{name}></application><plan>Basic</plan></status>"
    )


async def test_oauth_authrep_counts(api: Api) -> None:
    api.serve(backend_version="oauth")
    api.limit(a_limit(5))

    params = TOKEN | {"app_id": "app1", "usage[hits]": "2"}
    reply = await api.get("/transactions/oauth_authrep.xml", params)

    assert (reply.status, await api.stored()) == (200, 2)


async def test_a_plan_name_is_escaped_and_may_be_empty(api: Api) -> None:
    api.limit(plan_name="<A&B>")
    assert "<plan>&lt;A&amp;B&gt;</plan>" in (await api.authorize()).text

    api.limit(plan_name="")
    assert "<plan></plan>" in (await api.authorize()).text


async def test_an_encoded_query_means_the_same(api: Api) -> None:
    api.limit(a_limit(5))

    await api.get(AUTHREP, "service%5Ftoken=token&service_id=7&user_key=uk&usage%5Bhits%5D=+%31")

    assert await api.stored() == 1


async def test_metric_names_are_stripped(api: Api) -> None:
    api.limit(a_limit(5))

    await api.get(AUTHREP, CALLER | {"usage[ hits ]": "1", "usage[hits]": "2"})

    assert await api.stored() == 3


async def test_unknown_parameters_and_a_bare_hits_mean_nothing(api: Api) -> None:
    api.limit(a_limit(5))

    reply = await api.get(AUTHREP, CALLER | {"x": "1", "y[]": "2", "hits_": "1", "log[code]": "2"})

    assert (reply.status, await api.stored()) == (200, 0)


async def test_a_refusal_without_body_reads_no_counters(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.limit(a_limit(5), active=False)

    async def unexpected(_: Application) -> None:
        raise AssertionError

    monkeypatch.setattr(api.counters, "read", unexpected)

    assert (await api.get(AUTHORIZE, CALLER, "no_body=1")).status == 409


async def test_authrep_notes_the_response_code_of_a_call_that_got_in(api: Api) -> None:
    api.limit(a_limit(1))
    log = {"log[code]": "404"}

    await api.authrep(**log)
    await api.authrep(hits="1", **log)
    await api.authrep(hits="1", **log)  # refused
    await api.authorize(hits="0", **log)

    assert await api.noted() == {404: 2}


@pytest.mark.parametrize("log", ["log=404", "log[status]=404", "log[code]=x", "log[code][]=404"])
async def test_a_log_without_a_status_is_dropped(api: Api, log: str) -> None:
    query = "&".join([*(f"{name}={value}" for name, value in CALLER.items()), log])

    assert (await api.get(AUTHREP, query)).status == 200
    assert await api.noted() == {}


def error(code: str, message: str) -> str:
    """Write an error as the wire has it."""
    return f'{HEAD}<error code="{code}">{message}</error>'


def limits(reply: Reply) -> list[str | None]:
    """Read what is told about limits."""
    return [reply.headers.get(name) for name in TOLD]


@pytest.mark.parametrize("version", ["1", "2", "oauth"])
@pytest.mark.parametrize("given", [{}, {"user_key": "uk"}, {"app_id": " "}, {"usage[nope]": "x"}])
@pytest.mark.parametrize("path", [OAUTH_AUTHORIZE, OAUTH_AUTHREP])
async def test_oauth_addresses_want_an_app_id_before_all_else(
    api: Api, path: str, given: dict[str, str], version: str
) -> None:
    api.serve(backend_version=version)

    reply = await api.get(path, TOKEN | given)

    assert reply.status == 404
    assert reply.text == error("application_not_found", "application id is missing")


@pytest.mark.parametrize("usage", [{}, {"hits": "0"}, {"search": "0"}, {"hits": "#0"}])
async def test_what_nothing_bounds_has_no_limit_headers(api: Api, usage: dict[str, str]) -> None:
    api.limit(a_limit(4), a_limit(9, Period.ETERNITY, "search"))

    replies = [await api.authrep("limit_headers=1", **usage)]
    replies += [await api.authorize("limit_headers=1", **usage)]

    assert [each.status for each in replies] == [200, 200]
    assert [limits(each) for each in replies] == [["-1", "-1", None]] * 2


async def test_what_is_used_up_is_told_even_without_usage(api: Api) -> None:
    api.limit(a_limit(4), a_limit(9, metric="search"))
    await api.report({"user_key": "uk", "hits": "5"})

    reply = await api.authorize("limit_headers=1")

    assert (reply.status, limits(reply)) == (409, ["0", "43170", "4"])


async def test_a_quadrillion_is_counted_to_the_last_one(api: Api) -> None:
    api.limit(a_limit(5 * 10**15))

    replies = [await api.authrep(hits="1000000000000000") for _ in range(6)]

    assert [each.status for each in replies] == [200] * 5 + [409]
    assert replies[4].value("current_value") == "5000000000000000"
    assert await api.stored() == 5 * 10**15


async def test_a_number_that_no_counter_holds_is_over_every_limit(api: Api) -> None:
    assert (await api.authrep(hits="9" * 5000)).status == 200
    api.limit(a_limit(5))

    assert (await api.authorize(hits="9" * 5000)).status == 409


@pytest.mark.parametrize(
    ("usage", "status", "text"),
    [
        ("usage[hits=1", 404, error("metric_invalid", 'metric "[hits" is invalid')),
        ("usage[[hits]]=1", 404, error("metric_invalid", 'metric "[hits" is invalid')),
        (
            "usage[hits]x=1",
            403,
            error(
                "usage_value_invalid",
                'usage value "{"x"=&gt;"1"}" for metric "hits" is invalid',
            ),
        ),
        (
            "usage[hits][]=1&usage[hits][]",
            403,
            error("usage_value_invalid", 'usage value "["1", nil]" for metric "hits" is invalid'),
        ),
    ],
)
@pytest.mark.parametrize("path", [AUTHREP, AUTHORIZE])
async def test_odd_brackets_are_never_let_in_uncounted(
    api: Api, path: str, usage: str, status: int, text: str
) -> None:
    reply = await api.get(path, f"{urlencode(CALLER)}&{usage}")

    assert (reply.status, reply.text) == (status, text)


@pytest.mark.parametrize("usage", ["usage[hits=1", "usage[[hits]]=1", "usage[hits]x=1"])
async def test_a_report_with_odd_brackets_discards_the_batch(api: Api, usage: str) -> None:
    api.limit(a_limit(9))
    form = urlencode(TOKEN | TRANSACTION)
    odd = usage.replace("usage", "transactions[1][usage]")

    reply = await api.post(f"{form}&transactions[1][user_key]=uk&{odd}".encode(), FORM)

    assert (reply.status, await api.stored()) == (202, 0)
    assert len(api.app.errors.newest(SERVICE_ID)) == 1


async def test_a_childs_set_takes_the_place_of_its_parents_usage(api: Api) -> None:
    api.limit(a_limit(99), a_limit(99, metric="search"))
    await api.authrep(hits="7")

    reply = await api.authrep(search="#3", hits="5")

    assert (reply.status, await api.stored(), await api.stored("search")) == (200, 3, 3)


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ({"hits": "#90"}, ["0", "43170", "100"]),
        ({"hits": "#30"}, ["2", "43170", "100"]),
        ({"search": "#20"}, ["4", "43170", "100"]),
    ],
)
async def test_a_set_counts_down_like_an_addition(
    api: Api, usage: dict[str, str], expected: list[str]
) -> None:
    api.limit(a_limit(100))

    assert limits(await api.authrep("limit_headers=1", **usage)) == expected


@pytest.mark.parametrize(
    ("usage", "shown", "stored", "remaining"),
    [
        ({"search": "5"}, "35", 30, "13"),
        ({"search": "5", "hits": "5"}, "40", 35, "6"),
        ({"deep": "10"}, "40", 30, "6"),
        ({"hits": "10"}, "40", 40, "6"),
        ({"search": "#7"}, "7", 30, "13"),
    ],
)
async def test_flat_usage_is_shown_as_if_children_moved_their_parents(
    api: Api, usage: dict[str, str], shown: str, stored: int, remaining: str
) -> None:
    api.limit(a_limit(100))
    await api.authrep(hits="30")

    reply = await api.authrep("flat_usage=1&limit_headers=1", **usage)

    assert (reply.status, reply.value("current_value")) == (200, shown)
    assert (await api.stored(), limits(reply)[0]) == (stored, remaining)


async def test_flat_usage_exceeds_nothing_by_what_is_only_shown(api: Api) -> None:
    api.limit(a_limit(10))
    await api.authrep(hits="9")

    reply = await api.authrep("flat_usage=1&limit_headers=1", search="5", hits="1")

    assert (reply.status, reply.value("current_value")) == (200, "15")
    assert 'exceeded="true"' not in reply.text
    assert limits(reply) == ["0", "43170", "10"]
