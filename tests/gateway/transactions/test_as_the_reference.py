"""What clients of the reference send, and its answers to the letter. Source: the contract's [P]."""

from urllib.parse import urlencode

import pytest

from gateway.windows import Period
from tests.gateway.transactions.conftest import (
    AUTHORIZE,
    AUTHREP,
    CALLER,
    FORM,
    REPORT,
    TOKEN,
    Api,
    Reply,
    a_limit,
)
from tests.kit.gateway import SERVICE_ID

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
AUTHORIZED = f"{HEAD}<status><authorized>true</authorized><plan>Basic</plan></status>"
OAUTH_AUTHORIZE = "/transactions/oauth_authorize.xml"
OAUTH_AUTHREP = "/transactions/oauth_authrep.xml"
TOLD = ("3scale-limit-remaining", "3scale-limit-reset", "3scale-limit-max-value")
MULTIPART = {"content-type": "multipart/form-data; boundary=xyz"}
TRANSACTION = {"transactions[0][user_key]": "uk", "transactions[0][usage][hits]": "2"}


def error(code: str, message: str) -> str:
    """Write an error as the wire has it."""
    return f'{HEAD}<error code="{code}">{message}</error>'


def limits(reply: Reply) -> list[str | None]:
    """Read what is told about limits."""
    return [reply.headers.get(name) for name in TOLD]


@pytest.mark.parametrize(
    ("query", "body"),
    [
        (TOKEN, TRANSACTION),
        ({}, TOKEN | TRANSACTION),
        (TOKEN | TRANSACTION, {}),
        (TOKEN | {"service_id": "99"}, TRANSACTION | {"service_id": str(SERVICE_ID)}),
        ({"provider_key": "pk"}, TRANSACTION),
    ],
)
async def test_query_and_body_of_a_report_are_one(
    api: Api, query: dict[str, str], body: dict[str, str]
) -> None:
    api.limit(a_limit(9))

    reply = await api.send(
        "POST", REPORT, urlencode(query).encode(), FORM, urlencode(body).encode()
    )

    assert (reply.status, reply.body, await api.stored()) == (202, b"", 2)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        (b"service_token=token&service_id=7&user_id=", 400, "end_users_no_longer_supported"),
        (b"service_token=token&service_id=7&a=%ff", 422, "not_valid_data"),
        (b"service_token=token&service_id=7&a=%", 400, "bad_request"),
        (b"service_token=bad&service_id=7", 403, "service_token_invalid"),
    ],
)
async def test_the_query_of_a_report_is_checked_too(
    api: Api, query: bytes, status: int, code: str
) -> None:
    api.limit(a_limit(9))

    reply = await api.send("POST", REPORT, query, FORM, urlencode(TRANSACTION).encode())

    assert (reply.status, reply.code, await api.stored()) == (status, code, 0)


@pytest.mark.parametrize(
    "headers", [FORM | {"content-length": "9"}, FORM | {"transfer-encoding": "chunked"}]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_form_beside_a_get_is_read(api: Api, method: str, headers: dict[str, str]) -> None:
    api.limit(a_limit(9))

    reply = await api.send(
        method, AUTHREP, urlencode(TOKEN).encode(), headers, b"user_key=uk&usage[hits]=2"
    )

    assert (reply.status, await api.stored()) == (200, 2)


async def test_a_multipart_form_beside_a_get_is_read(api: Api) -> None:
    api.limit(a_limit(9))
    part = '--xyz\r\ncontent-disposition: form-data; name="usage[hits]"\r\n\r\n3\r\n--xyz--\r\n'

    reply = await api.send(
        "GET",
        AUTHREP,
        urlencode(CALLER).encode(),
        MULTIPART | {"content-length": str(len(part))},
        part.encode(),
    )

    assert (reply.status, await api.stored()) == (200, 3)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"content-type": "application/json"}, b'{"user_key": "no"}'),
        ({}, b"user_key=no"),
        (FORM | {"content-length": "0"}, b""),
    ],
)
async def test_a_body_beside_a_get_that_is_no_form_is_not_looked_at(
    api: Api, headers: dict[str, str], body: bytes
) -> None:
    length = {"content-length": str(len(body))}

    reply = await api.send("GET", AUTHREP, urlencode(CALLER).encode(), length | headers, body)

    assert (reply.status, reply.text) == (200, AUTHORIZED)


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


@pytest.mark.parametrize("path", [AUTHREP, OAUTH_AUTHREP])
async def test_an_error_for_head_is_logged_and_has_no_body(api: Api, path: str) -> None:
    reply = await api.get(path, TOKEN, method="HEAD")

    assert (reply.status, reply.body) == (404 if "oauth" in path else 403, b"")
    assert len(api.app.errors.newest(SERVICE_ID)) == 1


async def test_head_of_a_report_is_not_found(api: Api) -> None:
    assert (await api.get(REPORT, TOKEN, method="HEAD")).status == 404


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


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("user_key=%C3%A9", error("user_key_invalid", 'user key "é" is invalid')),
        ("user_key=é", error("user_key_invalid", 'user key "é" is invalid')),
    ],
)
async def test_raw_utf8_in_a_query_is_read(api: Api, query: str, text: str) -> None:
    reply = await api.send("GET", AUTHREP, f"{urlencode(TOKEN)}&{query}".encode(), {})

    assert (reply.status, reply.text) == (403, text)
