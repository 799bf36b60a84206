"""Bodies and forms are read within bounds."""

import pytest
from starlette.requests import Request
from starlette.types import Message

from server.web.requests import (
    MAX_FORM_BYTES,
    BadRequest,
    address_of,
    host_of,
    read_body,
    read_form,
)

PART = 5_000
FORM = "application/x-www-form-urlencoded"


def _request(body: bytes = b"", **headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    parts = [body[at : at + PART] for at in range(0, len(body), PART)] or [b""]

    async def receive() -> Message:
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    scope = {"type": "http", "method": "POST", "headers": raw, "client": ("10.0.0.1", 5)}
    return Request(scope, receive)


async def test_a_body_is_read_up_to_its_bound() -> None:
    assert await read_body(_request(b"0123456789"), 10, "body") == b"0123456789"


@pytest.mark.parametrize(
    ("body", "length"),
    [(b"", "11"), (b"", "9" * 30), (b"", "-1"), (b"", "x"), (b"01234567890", "3")],
)
async def test_a_body_beyond_its_bound_is_refused(body: bytes, length: str) -> None:
    with pytest.raises(BadRequest, match="A body holds at most 10 bytes") as refused:
        await read_body(_request(body, content_length=length), 10, "body")

    assert refused.value.status == 413


async def test_the_last_value_of_a_repeated_field_wins() -> None:
    body = b"a=1&a=2&b=%C3%A4"
    form = await read_form(_request(body, content_type=FORM, content_length=str(len(body))))

    assert form == {"a": "2", "b": "ä"}


async def test_no_body_is_an_empty_form() -> None:
    assert await read_form(_request()) == {}


@pytest.mark.parametrize(
    ("content_type", "length", "status"),
    [
        ("application/json", "2", 415),
        ("text/plain", "2", 415),
        (FORM, str(MAX_FORM_BYTES + 1), 413),
        (FORM, "9" * 30, 413),
        (FORM, "x", 413),
    ],
)
async def test_what_is_no_bounded_form_is_refused(
    content_type: str, length: str, status: int
) -> None:
    request = _request(b"{}", content_type=content_type, content_length=length)

    with pytest.raises(BadRequest) as refused:
        await read_form(request)

    assert refused.value.status == status


async def test_a_form_that_hides_its_length_is_bounded_too() -> None:
    request = _request(b"a=" + b"x" * MAX_FORM_BYTES, content_type=FORM)

    with pytest.raises(BadRequest, match="A form holds at most") as refused:
        await read_form(request)

    assert refused.value.status == 413


def test_a_request_tells_address_and_host() -> None:
    request = _request(host="Acme.Example:8000")

    assert (address_of(request), host_of(request)) == ("10.0.0.1", "acme.example")
