"""Bodies: forms of both kinds, bounded, and merged with the query."""

from urllib.parse import urlencode

import pytest

from gateway.transactions.app import TransactionsApp
from gateway.transactions.body import MOST_BYTES
from tests.gateway.transactions.conftest import AUTHREP, CALLER, FORM, REPORT, TOKEN, Api, a_limit
from tests.kit.gateway import SERVICE_ID

FIELDS = {
    "service_token": b"token",
    "service_id": b"7",
    "transactions[0][user_key]": b"uk",
    "transactions[0][usage][hits]": b"2",
}
TRANSACTION = {"transactions[0][user_key]": "uk", "transactions[0][usage][hits]": "2"}
MULTIPART = {"content-type": "Multipart/Form-Data; boundary=xyz"}


def multipart(fields: dict[str, bytes], end: bytes = b"--xyz--\r\n") -> bytes:
    """Write a multipart body."""
    parts = [
        b'--xyz\r\ncontent-disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in fields.items()
    ]
    return b"".join(parts) + end


async def test_a_multipart_report_is_counted(api: Api) -> None:
    api.limit(a_limit(9))

    reply = await api.post(multipart(FIELDS), MULTIPART)

    assert (reply.status, await api.stored()) == (202, 2)


async def test_a_large_multipart_report_is_counted(api: Api) -> None:
    api.limit(a_limit(9))

    reply = await api.post(multipart(FIELDS | {"x": b"y" * 200_000}), MULTIPART)

    assert (reply.status, await api.stored()) == (202, 2)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (multipart(FIELDS), "multipart/form-data"),
        (multipart(FIELDS, end=b""), MULTIPART["content-type"]),
        (b"nonsense", MULTIPART["content-type"]),
        (b"", MULTIPART["content-type"]),
    ],
)
async def test_a_broken_multipart_body_counts_nothing(
    api: Api, body: bytes, content_type: str
) -> None:
    api.limit(a_limit(9))

    reply = await api.post(body, {"content-type": content_type})

    assert (reply.status, reply.code) == (400, "bad_request")
    assert await api.stored() == 0


async def test_multipart_text_must_be_utf8(api: Api) -> None:
    reply = await api.post(multipart(FIELDS | {"x": b"\xff"}), MULTIPART)

    assert (reply.status, reply.code) == (422, "not_valid_data")


@pytest.mark.parametrize(
    "headers",
    [FORM, FORM | {"content-length": str(MOST_BYTES + 1)}, FORM | {"content-length": "9" * 5000}],
)
async def test_a_body_above_the_bound_is_refused(api: Api, headers: dict[str, str]) -> None:
    body = b"a" * (MOST_BYTES + 1) if "content-length" not in headers else b""

    reply = await api.post(body, headers)

    assert (reply.status, reply.code) == (413, "content_too_large")


async def test_a_client_that_hangs_up_gets_no_answer(api: Api) -> None:
    app: TransactionsApp = api.app
    scope = {"type": "http", "method": "POST", "path": REPORT, "query_string": b"", "headers": []}

    async def receive() -> object:
        return {"type": "http.disconnect"}

    async def send(_: object) -> None:
        raise AssertionError

    await app(scope, receive, send)


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

    assert (reply.status, reply.value("authorized")) == (200, "true")
