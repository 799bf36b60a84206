"""The mounted proxy over real sockets."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from structlog.testing import capture_logs

from gateway.directory import Limit, Provider
from gateway.errors import BadDocument
from gateway.windows import Period
from tests.gateway.conftest import HOST, Place
from tests.kit.gateway import HITS, PROVIDER_ID, SEARCH, a_service, an_application

RULE = {"http_method": "GET", "pattern": "/", "metric_system_name": "hits", "delta": 1}
FOREVER = Limit("hits", HITS.id, Period.ETERNITY, 2)


async def raw(place: Place, request: bytes) -> bytes:
    """Send bytes and read all that comes back until the connection closes."""
    port = urlsplit(place.url).port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        async with asyncio.timeout(5):
            return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


async def test_a_call_with_a_key_reaches_the_upstream_and_its_answer_the_caller(
    place: Place,
) -> None:
    place.upstream.status = 201
    place.upstream.headers = [(b"x-mine", b"1"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]

    answer = await place.call("/things/1?user_key=k1&q=a%20b")

    assert (answer.status, await answer.text()) == (201, "hello")
    assert answer.get_header_all("set-cookie") == ["a=1", "b=2"]
    call = place.upstream.calls[0]
    assert (call["raw_path"], call["query_string"]) == (b"/things/1", b"user_key=k1&q=a%20b")


async def test_a_call_by_path_loses_its_mount(place: Place) -> None:
    url = f"{place.url}/gateway/staging/api/a/b?user_key=k1"

    answer = await place.client.get(url).build().send()

    assert answer.status == 200
    assert place.upstream.calls[0]["raw_path"] == b"/a/b"


@pytest.mark.parametrize("path", ["/gateway/staging/none/", "/gateway/live/api/", "/gateway/x"])
async def test_an_unknown_mount_is_not_found(place: Place, path: str) -> None:
    answer = await place.client.get(f"{place.url}{path}?user_key=k1").build().send()

    assert (answer.status, answer.get_header("x-gatehouse-error")) == (404, "not_deployed")
    assert "promoted" in await answer.text()


async def test_an_unknown_host_is_not_found(place: Place) -> None:
    answer = await place.call(headers={"host": "other.example.test"})

    assert (answer.status, answer.get_header("x-gatehouse-error")) == (404, "unknown_host")
    assert "No API answers here" in await answer.text()


async def test_health_is_answered_on_any_host(place: Place) -> None:
    answer = await place.call("/_threescale/healthz", headers={"host": "other"})

    assert (answer.status, await answer.text()) == (200, "")


@pytest.mark.parametrize(
    ("path", "status", "text", "code"),
    [
        ("/", 403, "Authentication parameters missing", "auth_missing"),
        ("/?user_key=wrong", 403, "Authentication failed", "application_not_found"),
        ("/?user_key=", 403, "Authentication failed", "application_not_found"),
        ("/?user_key=k1", 404, "No Mapping Rule matched", "no_match"),
    ],
)
async def test_a_refusal_has_the_words_of_the_document_and_a_code(
    place: Place, path: str, status: int, text: str, code: str
) -> None:
    place.deploy(proxy_rules=[] if code == "no_match" else [RULE])

    answer = await place.call(path)

    assert (answer.status, await answer.text()) == (status, text)
    assert answer.get_header("x-gatehouse-error") == code
    assert answer.get_header("content-type") == "text/plain; charset=us-ascii"
    assert not place.upstream.calls


async def test_missing_credentials_come_before_missing_rules(place: Place) -> None:
    place.deploy(proxy_rules=[])

    answer = await place.call("/")

    assert answer.get_header("x-gatehouse-error") == "auth_missing"


async def test_the_third_call_of_two_is_refused(place: Place) -> None:
    hourly = Limit("hits", HITS.id, Period.HOUR, 2)
    place.directory.add(an_application(1, hourly), "k1")

    answers = [await place.call() for _ in range(3)]

    assert [answer.status for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2].get_header("retry-after") or "0") <= 3600
    assert answers[0].get_header("ratelimit-policy") == '"hits-hour";q=2;w=3600'
    assert (answers[0].get_header("ratelimit") or "").startswith('"hits-hour";r=1;t=')
    assert (answers[2].get_header("ratelimit") or "").startswith('"hits-hour";r=0;t=')
    assert len(place.upstream.calls) == 2


async def test_a_limit_for_ever_names_no_time_to_retry(place: Place) -> None:
    place.directory.add(an_application(1, FOREVER), "k1")

    answers = [await place.call() for _ in range(3)]

    assert answers[2].status == 429
    assert answers[2].get_header("retry-after") is None
    assert answers[2].get_header("ratelimit") == '"hits-eternity";r=0'


async def test_a_limit_of_nought_is_an_authentication_failure(place: Place) -> None:
    place.directory.add(an_application(1, Limit("hits", 1, Period.DAY, 0)), "k1")

    answer = await place.call()

    assert (answer.status, await answer.text()) == (403, "Authentication failed")


async def test_a_call_counts_for_the_parents_of_its_metric(place: Place) -> None:
    place.deploy(proxy_rules=[{**RULE, "metric_system_name": "deep", "delta": 2}])

    await place.call()
    await place.counters.fold()

    counted = {key[1]: value for key, value in place.sink.totals.items()}
    assert counted == {1: 2, SEARCH.id: 2, 3: 2}


async def test_hits_of_a_call_that_the_upstream_failed_still_count(place: Place) -> None:
    place.directory.add(an_application(1, FOREVER), "k1")
    place.deploy(api_backend="http://127.0.0.1:1")

    answers = [await place.call() for _ in range(3)]

    assert [answer.status for answer in answers] == [502, 502, 429]
    assert answers[0].get_header("x-gatehouse-error") == "upstream_unreachable"


@pytest.mark.parametrize(
    ("over", "service", "code"),
    [
        ({"active": False}, {}, "application_not_active"),
        ({}, {"active": False}, "service_not_active"),
        (
            {"referrer_filters": ("*.ok.test",)},
            {"referrer_filters_required": True},
            "referrer_not_allowed",
        ),
    ],
)
async def test_what_is_switched_off_is_refused(
    place: Place, over: dict[str, Any], service: dict[str, Any], code: str
) -> None:
    place.directory.add(an_application(1, **over), "k1")
    place.directory.services[7] = a_service(**service)

    answer = await place.call(headers={"referer": "xok.test"})

    assert (answer.status, answer.get_header("x-gatehouse-error")) == (403, code)


async def test_an_application_key_must_be_right_when_there_are_any(place: Place) -> None:
    place.deploy(backend_version="2")
    place.directory.add(an_application(), "k1", "right")

    answers = [
        await place.call(f"/?app_id=app1{key}")
        for key in ("&app_key=right", "&app_key=wrong", "", "&app_key=")
    ]

    codes = [answer.get_header("x-gatehouse-error") for answer in answers]
    wrong = "application_key_invalid"
    assert codes == [None, wrong, "auth_missing", wrong]


async def test_a_form_may_hold_the_key_and_reaches_the_upstream_whole(place: Place) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}

    answer = await place.call("/", "POST", form, b"a=1&user_key=k1")

    assert answer.status == 200
    assert place.upstream.bodies == [b"a=1&user_key=k1"]


async def test_a_large_body_streams_to_the_upstream(place: Place) -> None:
    async def chunks() -> Any:
        for _ in range(64):
            yield b"x" * 65_536

    request = place.client.post(f"{place.url}/?user_key=k1").header("host", HOST)
    answer = await request.body_stream(chunks()).build().send()

    assert answer.status == 200
    assert [len(body) for body in place.upstream.bodies] == [64 * 65_536]


async def test_compressed_bytes_pass_untouched(place: Place) -> None:
    place.upstream.headers = [(b"content-encoding", b"gzip"), (b"content-length", b"5")]

    answer = await place.call()

    assert answer.get_header("content-encoding") == "gzip"
    assert (await answer.bytes()).to_bytes() == b"hello"


async def test_redirects_are_passed_on(place: Place) -> None:
    place.upstream.status = 302
    place.upstream.headers = [(b"location", b"/elsewhere")]

    answer = await place.call()

    assert (answer.status, answer.get_header("location")) == (302, "/elsewhere")


@pytest.mark.parametrize("status", [204, 304])
async def test_answers_without_body_end(place: Place, status: int) -> None:
    place.upstream.status, place.upstream.chunks = status, []

    answer = await place.call()

    assert (answer.status, await answer.text()) == (status, "")


async def test_a_head_call_gives_the_length_and_no_body(place: Place) -> None:
    place.deploy(proxy_rules=[{**RULE, "http_method": "HEAD"}])
    place.upstream.headers, place.upstream.chunks = [(b"content-length", b"5")], [b"hello"]

    answer = await place.call(method="HEAD")

    assert (answer.status, answer.get_header("content-length")) == (200, "5")


async def test_what_only_the_gateway_may_say_is_overwritten(place: Place) -> None:
    await place.call(
        headers={
            "x-3scale-proxy-secret-token": "mine",
            "x_3scale_proxy_secret_token": "mine",
            "x-3scale-debug": "guess",
            "x-forwarded-for": "6.6.6.6",
            "x-real-ip": "6.6.6.6",
            "forwarded": "for=6.6.6.6",
            "connection": "keep-alive, x-hop",
            "x-hop": "1",
            "te": "trailers",
            "x-mine": "stays",
        }
    )

    header = place.upstream.header
    assert header(b"x-3scale-proxy-secret-token") == [b"shared"]
    assert header(b"x-forwarded-for") == header(b"x-real-ip") == [b"127.0.0.1"]
    assert header(b"x-forwarded-host") == [HOST.encode()]
    assert header(b"x-forwarded-proto") == [b"http"]
    assert header(b"x-mine") == [b"stays"]
    gone = (b"x_3scale_proxy_secret_token", b"x-3scale-debug", b"forwarded", b"x-hop", b"te")
    assert not any(header(name) for name in gone)


async def test_hop_by_hop_headers_of_the_answer_stay_behind(place: Place) -> None:
    place.upstream.headers = [(b"connection", b"x-hop"), (b"x-hop", b"1"), (b"x-end", b"1")]

    answer = await place.call()

    assert answer.get_header("x-hop") is None
    assert answer.get_header("x-end") == "1"


async def test_the_host_of_the_upstream_can_be_rewritten(place: Place) -> None:
    await place.call()
    plain = place.upstream.header(b"host")
    place.deploy(hostname_rewrite="inner.example.test")
    await place.call()

    assert plain == [urlsplit(place.upstream_url).netloc.encode()]
    assert place.upstream.header(b"host") == [b"inner.example.test"]


@pytest.mark.parametrize(
    ("path", "upstream_path", "upstream_query"),
    [
        ("/", b"/base", b"user_key=k1"),
        ("/a//b", b"/base/a/b", b"user_key=k1"),
        ("/a%2Fb", b"/base/a/b", b"user_key=k1"),
        ("/a%252e", b"/base/a%252e", b"user_key=k1"),
    ],
)
async def test_the_upstream_sees_prefix_and_normalised_path(
    place: Place, path: str, upstream_path: bytes, upstream_query: bytes
) -> None:
    place.deploy(api_backend=f"{place.upstream_url}/base/")

    await place.call(f"{path}?user_key=k1")

    call = place.upstream.calls[0]
    assert (call["raw_path"], call["query_string"]) == (upstream_path, upstream_query)


async def test_a_query_of_the_upstream_replaces_the_callers(place: Place) -> None:
    place.deploy(api_backend=f"{place.upstream_url}/base?fixed=1")

    await place.call("/x?user_key=k1")

    assert place.upstream.calls[0]["query_string"] == b"fixed=1"


async def test_the_debug_headers_need_the_services_secret_or_the_provider_key(
    place: Place,
) -> None:
    place.directory.providers["pk"] = Provider(PROVIDER_ID, frozenset({7}), 7)
    place.directory.providers["other"] = Provider(9, frozenset({8}), 8)

    answers = [
        await place.call(headers={"x-3scale-debug": secret})
        for secret in ("token", "pk", "other", "wrong")
    ]

    shown = [answer.get_header("x-3scale-usage") for answer in answers]
    assert shown == ["usage%5Bhits%5D=1", "usage%5Bhits%5D=1", None, None]
    assert answers[0].get_header("x-3scale-matched-rules") == "/"
    assert answers[0].get_header("x-3scale-credentials") == "user_key=k1"
    assert answers[0].get_header("x-3scale-service-id") == "7"


async def test_a_silent_upstream_is_a_timeout(place: Place) -> None:
    async def silent(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(2)

    place.upstream.app = silent

    answer = await place.call(headers={"accept": "application/json"})

    assert answer.status == 504
    assert json.loads(await answer.text())["error"]["code"] == "upstream_timeout"


async def test_an_answer_that_breaks_off_breaks_off_for_the_caller_too(place: Place) -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        await asyncio.sleep(0.05)

    place.upstream.app = broken

    request = b"GET /?user_key=k1 HTTP/1.1\r\nHost: %b\r\n\r\n" % HOST.encode()
    answer = await raw(place, request)

    assert b"half" in answer
    assert not answer.endswith(b"0\r\n\r\n")


async def test_a_directory_that_is_down_closes_the_gateway(place: Place) -> None:
    place.directory.down = True

    answer = await place.call()

    assert (answer.status, answer.get_header("x-gatehouse-error")) == (
        503,
        "directory_unavailable",
    )


async def test_counts_that_cannot_be_read_close_the_gateway(place: Place) -> None:
    place.sink.down = True

    answer = await place.call()
    place.sink.down = False
    after = await place.call()

    assert answer.get_header("x-gatehouse-error") == "counter_store_unavailable"
    assert (answer.status, after.status) == (503, 200)


async def test_a_bug_is_answered_with_an_id_that_the_log_has_too(place: Place) -> None:
    place.directory.documents[HOST] = "not a document"  # type: ignore[assignment]  # a bug

    with capture_logs() as logs:
        answer = await place.call(headers={"accept": "application/json"})

    error = json.loads(await answer.text())["error"]
    assert (answer.status, error["code"]) == (503, "gateway_fault")
    assert [each["error_id"] for each in logs if each["event"] == "gateway_fault"] == [error["id"]]


async def test_a_service_without_upstream_is_not_found(place: Place) -> None:
    place.deploy(api_backend=None)

    answer = await place.call()

    assert (answer.status, answer.get_header("x-gatehouse-error")) == (404, "no_upstream")
    assert "no address" in await answer.text()


@pytest.mark.parametrize(
    "request_head",
    [
        b"GET /?user_key=k1 HTTP/1.1\r\nHost: api.example.test\r\nHost: evil\r\n\r\n",
        b"GET /a/../../b?user_key=k1 HTTP/1.1\r\nHost: api.example.test\r\n\r\n",
        b"GET /a%00b?user_key=k1 HTTP/1.1\r\nHost: api.example.test\r\n\r\n",
        b"GET /%c0%ae?user_key=k1 HTTP/1.1\r\nHost: api.example.test\r\n\r\n",
        b"POST /?user_key=k1 HTTP/1.1\r\nHost: api.example.test\r\nContent-Length: 3\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /?user_key=k1 HTTP/1.1\r\nHost: api.example.test\r\nContent-Length: -1\r\n\r\n",
        b"POST /?user_key=k1 HTTP/1.1\r\nHost: api.example.test\r\nContent-Length: 1\r\n"
        b"Content-Length: 2\r\n\r\nab",
    ],
)
async def test_an_ambiguous_request_is_bad(place: Place, request_head: bytes) -> None:
    answer = await raw(
        place, request_head.replace(b"HTTP/1.1\r\n", b"HTTP/1.1\r\nConnection: close\r\n", 1)
    )

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert not place.upstream.calls


async def test_a_document_that_cannot_be_used_is_told_apart_from_a_bug(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def document_by_host(host: str) -> Any:
        raise BadDocument(f"proxy.api_backend = {host!r}: must be a URL")

    monkeypatch.setattr(place.directory, "document_by_host", document_by_host)

    answer = await place.call()

    assert (answer.status, answer.headers["x-gatehouse-error"]) == (503, "bad_configuration")
    assert "api_backend" not in await answer.text()
