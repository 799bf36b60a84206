"""The bodies of reports: forms of both kinds, bounded."""

import pytest

from gateway.transactions.app import TransactionsApp
from gateway.transactions.body import MOST_BYTES
from tests.gateway.transactions.conftest import FORM, REPORT, Api, a_limit

FIELDS = {
    "service_token": b"token",
    "service_id": b"7",
    "transactions[0][user_key]": b"uk",
    "transactions[0][usage][hits]": b"2",
}
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
