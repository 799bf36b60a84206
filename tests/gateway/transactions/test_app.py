"""Addresses, headers, faults, and the golden sequence of the contract."""

import asyncio
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.errors import StoreUnavailable
from gateway.transactions.app import ACTIONS
from tests.gateway.transactions.conftest import (
    AUTHORIZE,
    AUTHREP,
    CALLER,
    FORM,
    TOKEN,
    Api,
    a_limit,
)
from tests.kit.gateway import HITS, SEARCH, SERVICE_ID, a_service

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
XML = "application/vnd.3scale-v2.0+xml"
BOTH_HEADERS = "rejection_reason_header=1&limit_headers=1"
PIECES = st.sampled_from(
    ["usage", "[", "]", "hits", "=", "&", "%", "%5B", "%ff", "+", "1", "#", "%23", "\u00e9", "-"]
    + ["service_token=token", "service_id=7", "user_key=uk", "provider_key=pk", "app_id", "%00"]
    + ["transactions", "[0]", "[]", "timestamp", "no_body", "redirect_url", "0", "9" * 20]
)
QUERIES = st.lists(PIECES, max_size=25).map("".join)


async def test_limits_count_down_and_refuse_as_the_golden_sequence_says(api: Api) -> None:
    api.limit(a_limit(4))

    let_in = [await api.authrep(BOTH_HEADERS, hits="1") for _ in range(4)]
    refused = await api.authrep(BOTH_HEADERS, hits="1")

    assert [each.status for each in let_in] == [200] * 4
    assert [each.value("current_value") for each in let_in] == ["1", "2", "3", "4"]
    remaining = [each.headers["3scale-limit-remaining"] for each in let_in]
    assert remaining == ["3", "2", "1", "0"]
    assert let_in[0].headers["3scale-limit-max-value"] == "4"
    assert refused.status == 409
    assert refused.headers["3scale-rejection-reason"] == "limits_exceeded"
    assert refused.headers["3scale-limit-remaining"] == "0"
    assert refused.value("current_value") == "4"
    assert "exceeded=" not in refused.text


async def test_a_full_limit_is_authorized_until_a_report_exceeds_it(api: Api) -> None:
    api.limit(a_limit(4))
    await api.authrep(hits="4")

    full = [await api.authorize(), await api.authorize(hits="0")]
    report = await api.report({"user_key": "uk", "hits": "50"})
    over = await api.authorize()

    assert [each.status for each in full] == [200, 200]
    assert (report.status, report.body) == (202, b"")
    assert over.status == 409
    assert 'exceeded="true"' in over.text
    assert over.value("current_value") == "54"


async def test_children_and_sets_move_their_parent_as_the_golden_sequence_says(api: Api) -> None:
    api.limit(a_limit(100))

    await api.authrep(search="30")
    assert await api.stored() == 30
    await api.authrep("flat_usage=1", search="5", hits="5")
    assert await api.stored() == 35
    await api.authrep(hits="#90")
    assert await api.stored() == 90
    refused = await api.authrep(hits="11")
    assert (refused.status, refused.value("current_value")) == (409, "90")
    full = await api.authrep(hits="#100")
    assert (full.status, full.value("current_value")) == (200, "100")
    await api.report({"user_key": "uk", "search": "1"})
    over = await api.authorize()
    assert (over.status, over.value("current_value")) == (409, "101")


async def test_parallel_calls_never_exceed_a_limit(api: Api) -> None:
    api.limit(a_limit(10))

    replies = await asyncio.gather(*[api.authrep(hits="1") for _ in range(50)])

    assert sorted(each.status for each in replies) == [200] * 10 + [409] * 40
    assert await api.stored() == 10


async def test_an_application_without_limits_gets_the_exact_body(api: Api) -> None:
    reply = await api.authrep(hits="1")

    assert reply.text == (
        '<?xml version="1.0" encoding="UTF-8"?>'
        "<status><authorized>true</authorized><plan>Basic</plan></status>"
    )
    assert reply.headers == {
        "content-type": XML,
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "ETag, Link, 3scale-rejection-reason",
        "content-security-policy": "default-src 'self'",
        "content-length": str(len(reply.body)),
    }


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/transactions/authorize"),
        ("POST", "/transactions/authorize.xml"),
        ("POST", "/transactions"),
        ("GET", "/transactions.xml"),
        ("GET", "/transactions/errors.xml"),
        ("DELETE", "/transactions/authrep.xml"),
        ("GET", "/available"),
    ],
)
async def test_every_other_address_is_not_found_without_a_body(
    api: Api, method: str, path: str
) -> None:
    reply = await api.get(path, CALLER, method=method)

    assert (reply.status, reply.body) == (404, b"")
    assert reply.headers["content-type"] == XML
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "content-security-policy" not in reply.headers


@pytest.mark.parametrize(
    ("method", "path", "kind", "body"),
    [
        ("HEAD", "/available", XML, b""),
        ("GET", "/check.txt", "text/plain", b"ok"),
        (
            "GET",
            "/status",
            "application/json",
            b'{"status":"ok","version":{"backend":"3.4.3"}}',
        ),
    ],
)
async def test_checks_of_load_balancers_succeed(
    api: Api, method: str, path: str, kind: str, body: bytes
) -> None:
    reply = await api.get(path, method=method)

    assert (reply.status, reply.headers["content-type"], reply.body) == (200, kind, body)


@pytest.mark.parametrize("path", [AUTHREP, "/transactions.xml", "/anything"])
async def test_a_preflight_is_answered_for_every_address(api: Api, path: str) -> None:
    reply = await api.get(path, method="OPTIONS")

    assert (reply.status, reply.body) == (204, b"")
    assert reply.headers["access-control-max-age"] == "86400"
    assert reply.headers["access-control-allow-methods"] == "GET, POST, PATCH, PUT, DELETE"
    assert "3scale-options" in reply.headers["access-control-allow-headers"]


async def test_a_silent_directory_is_answered_with_503_and_a_code(api: Api) -> None:
    api.directory.down = True

    reply = await api.authrep(hits="1")

    assert (reply.status, reply.code) == (503, "directory_unavailable")


@pytest.mark.parametrize("path", [AUTHREP, AUTHORIZE])
async def test_a_silent_store_is_answered_with_503_and_a_code(
    api: Api, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unavailable(*_: object, **__: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(api.counters, "add", unavailable)
    monkeypatch.setattr(api.counters, "read", unavailable)

    reply = await api.get(path, CALLER | {"usage[hits]": "1"})

    assert (reply.status, reply.code) == (503, "counter_store_unavailable")


async def test_a_fault_tells_nothing_about_itself(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(api.counters, "add", broken)

    reply = await api.authrep(hits="1")

    assert (reply.status, reply.body) == (500, b"Internal Server Error\n")


async def test_a_websocket_is_closed(api: Api) -> None:
    sent: list[object] = []

    async def send(message: object) -> None:
        sent.append(message)

    async def receive() -> object:
        return {"type": "websocket.connect"}

    await api.app({"type": "websocket"}, receive, send)

    assert sent == [{"type": "websocket.close", "code": 1000}]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(sorted(ACTIONS)), query=QUERIES, options=st.sampled_from(["", "a", "%"])
)
async def test_no_query_string_makes_it_fail(api: Api, path: str, query: str, options: str) -> None:
    api.serve(backend_version="2")

    reply = await api.get(path, f"service_token=token&service_id=7&{query}", options)

    assert reply.status < 500


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=QUERIES)
async def test_no_report_makes_it_fail(api: Api, body: str) -> None:
    reply = await api.post(f"service_token=token&service_id=7&{body}".encode("latin-1"), FORM)

    assert reply.status < 500


async def test_errors_are_kept_for_the_service_that_they_are_about(api: Api) -> None:
    await api.authrep(nope="1")
    await api.get(AUTHREP, CALLER | {"service_token": "wrong"})

    kept = api.app.errors.newest(SERVICE_ID)

    assert [(each.code, each.message) for each in kept] == [
        ("metric_invalid", 'metric "nope" is invalid')
    ]
    assert kept[0].at.timestamp() == api.time.now_s


async def test_a_limit_of_a_deleted_metric_is_neither_shown_nor_tested(api: Api) -> None:
    api.limit(a_limit(0, metric="search"))
    await api.report({"user_key": "uk", "search": "1"})
    assert (await api.authorize()).status == 409
    without = {"hits": HITS}
    api.directory.services[SERVICE_ID] = a_service(metrics=without)

    reply = await api.authorize()

    assert SEARCH.system_name not in reply.text
    assert reply.status == 200


@pytest.mark.parametrize(
    ("path", "stored"),
    [(AUTHREP, 1), (AUTHORIZE, 0), ("/check.txt", 0), ("/status", 0)],
)
async def test_head_is_get_without_a_body(api: Api, path: str, stored: int) -> None:
    api.limit(a_limit(9))
    query = CALLER | {"usage[hits]": "1"}

    head = await api.get(path, query, method="HEAD")
    counted = await api.stored()
    get = await api.get(path, query)

    assert (head.status, head.body, counted) == (200, b"", stored)
    assert head.headers == get.headers
    assert int(head.headers["content-length"]) == len(get.body) > 0


@pytest.mark.parametrize("path", [AUTHREP, "/transactions/oauth_authrep.xml"])
async def test_an_error_for_head_is_logged_and_has_no_body(api: Api, path: str) -> None:
    reply = await api.get(path, TOKEN, method="HEAD")

    assert (reply.status, reply.body) == (404 if "oauth" in path else 403, b"")
    assert len(api.app.errors.newest(SERVICE_ID)) == 1


async def test_head_of_a_report_is_not_found(api: Api) -> None:
    assert (await api.get("/transactions.xml", TOKEN, method="HEAD")).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "//transactions/authrep.xml",
        "/transactions//authrep.xml",
        "///transactions///authrep.xml",
        "/./transactions/./authrep.xml",
        "/x/../transactions/authrep.xml",
    ],
)
async def test_slashes_and_dots_are_read_as_one_path(api: Api, path: str) -> None:
    api.limit(a_limit(9))

    reply = await api.get(path, CALLER | {"usage[hits]": "1"})

    assert (reply.status, await api.stored()) == (200, 1)


@pytest.mark.parametrize("path", ["/../transactions/authrep.xml", "/transactions/authrep.xml/"])
async def test_another_path_stays_another_path(api: Api, path: str) -> None:
    assert (await api.get(path, CALLER)).status == 404


@pytest.mark.parametrize("query", ["user_key=%C3%A9", "user_key=é"])
async def test_raw_utf8_in_a_query_is_read(api: Api, query: str) -> None:
    reply = await api.send("GET", AUTHREP, f"{urlencode(TOKEN)}&{query}".encode(), {})

    text = f'{HEAD}<error code="user_key_invalid">user key "é" is invalid</error>'
    assert (reply.status, reply.text) == (403, text)
