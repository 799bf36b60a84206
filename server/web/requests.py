"""Reading requests: bounded bodies and forms, the caller's address, our host's name."""

from collections.abc import Mapping

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.types import Message, Receive

from gateway.hosts import host_name

MAX_FORM_BYTES = 1_048_576
MAX_LARGE_FORM_BYTES = 110_000_000  # a document of 25 million characters, in UTF-8
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class BadRequest(ValueError):
    """A request that can't be read: the status of its answer, why, and headers that go with it."""

    code = ""  # in GraphQL, where the status does not say enough

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})


def address_of(request: Request) -> str:
    """Return where a request comes from, to count attempts."""
    return request.client.host if request.client else ""


def port_of(request: Request) -> int | None:
    """Return the port of ours that was asked, where that is known."""
    server = request.scope.get("server") or ("", None)
    port: int | None = server[1]
    return port


def host_of(request: Request) -> str:
    """Return the host name that was asked for."""
    return host_name(request.headers.get("host", ""))


async def read_body(request: Request, most_bytes: int, noun: str) -> bytes:
    """Read a bounded body. Raises: BadRequest 413."""
    refusal = BadRequest(413, f"A {noun} holds at most {most_bytes} bytes.")
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length[:18]) > most_bytes:
        raise refusal
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise refusal
    return bytes(body)


def is_large(request: Request) -> bool:
    """Return whether a form is larger than everybody's, or does not tell how large it is."""
    length = request.headers.get("content-length", "")
    return not length.isdecimal() or int(length[:18]) > MAX_FORM_BYTES


async def read_form(request: Request, most_bytes: int = MAX_FORM_BYTES) -> dict[str, str]:
    """Read a bounded form; the last value of a repeated field wins.

    Of files only those are read that were chosen, as text, and only into a large form.
    Raises: BadRequest 413 or 415; HTTPException 400 for a multipart body that is none.
    """
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    length = request.headers.get("content-length", "0")
    if content_type not in FORM_TYPES:
        if length in {"0", ""}:
            return {}
        raise BadRequest(415, "Send a form.")
    if not length.isdecimal() or int(length[:18]) > most_bytes:
        raise BadRequest(413, f"A form holds at most {most_bytes} bytes.")
    bounded = Request(request.scope, _bounded(request.receive, most_bytes))
    form: FormData = await bounded.form(max_files=10, max_fields=500, max_part_size=most_bytes)
    values = {key: value for key, value in form.items() if isinstance(value, str)}
    if most_bytes > MAX_FORM_BYTES:
        files = [(key, file) for key, file in form.items() if isinstance(file, UploadFile)]
        for key, file in files:
            if file.filename:
                values[key] = (await file.read()).decode("utf-8-sig", "surrogateescape")
    await form.close()
    return values


def _bounded(receive: Receive, most_bytes: int) -> Receive:
    """Bound a body that does not tell its length. Raises: BadRequest 413."""
    left = most_bytes

    async def counted() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise BadRequest(413, f"A form holds at most {most_bytes} bytes.")
        return message

    return counted
