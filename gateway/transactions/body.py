"""The body of a request: bounded, urlencoded or multipart, turned into parameters."""

from typing import Any

from anyio import to_thread
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from gateway.exchange import Receive
from gateway.transactions.errors import bad_syntax, body_too_large, content_type_invalid
from gateway.transactions.params import MOST_PARAMS, Params, parse_nested, parse_params
from gateway.transactions.request import Request

MOST_BYTES = 1_048_576  # about ten thousand transactions
MOST_BYTES_AT_ONCE = 65_536  # larger ones are parsed beside the event loop
URLENCODED = b"application/x-www-form-urlencoded"
MULTIPART = b"multipart/form-data"


class ClientGone(Exception):
    """The client hung up before its request was complete; nobody reads an answer."""


def check_content_type(request: Request) -> None:
    """Refuse what is no form; no type at all counts as urlencoded. Raises: WireError."""
    if _type_of(request) not in (b"", URLENCODED, MULTIPART):
        raise content_type_invalid(request.content_type.decode("latin-1"))


def has_form(request: Request) -> bool:
    """Return whether a request that needs no body brings a form; another body is not looked at."""
    return request.has_body and _type_of(request) in (URLENCODED, MULTIPART)


async def read_form(request: Request, receive: Receive) -> Params:
    """Read a form, of a checked type. Raises: WireError, ClientGone."""
    body = await _read(request, receive)
    parse = _multipart_params if _type_of(request) == MULTIPART else _urlencoded_params
    if len(body) <= MOST_BYTES_AT_ONCE:
        return parse(request, body)
    return await to_thread.run_sync(parse, request, body)


async def _read(request: Request, receive: Receive) -> bytes:
    if request.content_length.isdigit() and _is_too_large(request.content_length):
        raise body_too_large(MOST_BYTES)
    chunks: list[bytes] = []
    length_bytes = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk: bytes = message.get("body", b"")
        length_bytes += len(chunk)
        if length_bytes > MOST_BYTES:
            raise body_too_large(MOST_BYTES)
        chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)


def _is_too_large(content_length: bytes) -> bool:
    digits = content_length.lstrip(b"0")
    return len(digits) > len(str(MOST_BYTES)) or int(digits or b"0") > MOST_BYTES


def _type_of(request: Request) -> bytes:
    return request.content_type.partition(b";")[0].strip().lower()


def _urlencoded_params(_: Request, body: bytes) -> Params:
    return parse_params(body)


def _multipart_params(request: Request, body: bytes) -> Params:
    boundary = parse_options_header(request.content_type)[1].get(b"boundary", b"")
    if not boundary:
        raise bad_syntax()
    parts = _Parts()
    try:
        parser = MultipartParser(boundary, parts.callbacks())
        parser.write(body)
        parser.finalize()
    except FormParserError as error:
        raise bad_syntax() from error
    if not parts.is_complete:
        raise bad_syntax()
    return parse_nested(parts.pairs)


class _Parts:
    """Collects the named parts of a multipart body; a file's content counts as its value."""

    def __init__(self) -> None:
        self.pairs: list[tuple[bytes, bytes]] = []
        self._field = bytearray()
        self._header = bytearray()
        self._value = bytearray()
        self._name: bytes | None = None
        self.is_complete = False

    def callbacks(self) -> Any:
        """Name what the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._field.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._header.extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_part_data": lambda data, start, end: self._value.extend(data[start:end]),
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._name = None
        self._value.clear()

    def _end_header(self) -> None:
        if bytes(self._field).lower() == b"content-disposition":
            self._name = parse_options_header(bytes(self._header))[1].get(b"name")
        self._field.clear()
        self._header.clear()

    def _end(self) -> None:
        self.is_complete = True

    def _end_part(self) -> None:
        if self._name:
            self.pairs.append((self._name, bytes(self._value)))
            if len(self.pairs) > MOST_PARAMS:
                raise bad_syntax()
