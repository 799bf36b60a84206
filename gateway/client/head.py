"""The head of an upstream's answer, taken apart; values keep their bytes. Source: RFC 9112."""

import re
from dataclasses import dataclass

from gateway.client.errors import Broken
from gateway.exchange import Header

MOST_HEAD = 65_536  # bytes
END = re.compile(rb"\r?\n\r?\n")
SWITCHING = 101
BODILESS = frozenset({204, 304})
MOST_DIGITS = 18  # of a length

_STATUS_LINE = re.compile(rb"HTTP/1\.([01]) ([1-9][0-9]{2})(?: .*)?")
_NAME = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_BAD = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_FRAMING = frozenset({b"connection", b"content-length", b"transfer-encoding"})
_names: dict[bytes, bytes] = {}  # as sent → in lower case
_MOST_NAMES = 2_000


@dataclass(slots=True)
class Head:
    """Status and headers of an answer, and where its body ends."""

    status: int
    headers: list[Header]  # names in lower case
    length: int | None  # of the body; None when only its end tells
    is_chunked: bool
    keeps: bool  # whether the connection may be used again

    @property
    def is_interim(self) -> bool:
        """Return whether the answer itself is still to come."""
        return self.status < 200 and self.status != SWITCHING


def parse_head(raw: bytes, method: str) -> Head:
    """Take apart what stands before the empty line. Raises: Broken."""
    if _BAD.search(raw):
        raise Broken("control characters in the head")
    lines = raw.split(b"\n")
    first = _STATUS_LINE.fullmatch(lines[0].rstrip(b"\r"))
    if first is None:
        raise Broken("no status line of HTTP/1")
    headers: list[Header] = []
    framing: dict[bytes, list[bytes]] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(b":")
        lower = _names.get(name) or _learn(name)
        if not colon:
            raise Broken("a line of the head that is no header")
        value = value.strip(b" \t\r")
        headers.append((lower, value))
        if lower in _FRAMING:
            framing.setdefault(lower, []).append(value)
    return _framed(int(first[2]), headers, framing, method, is_old=first[1] == b"0")


def _framed(
    status: int,
    headers: list[Header],
    framing: dict[bytes, list[bytes]],
    method: str,
    *,
    is_old: bool,
) -> Head:
    """Tell where the body ends. Raises: Broken."""
    connection = b",".join(framing.get(b"connection", ())).lower()
    named = {part.strip() for part in connection.split(b",")}
    keeps = b"keep-alive" in named if is_old else b"close" not in named
    if method == "HEAD" or status in BODILESS or status < 200:
        keeps = keeps and status != SWITCHING  # whatever is spoken there now
        return Head(status, headers, 0, is_chunked=False, keeps=keeps)
    lengths = framing.get(b"content-length", ())
    length = _length(b",".join(lengths)) if lengths else None
    coding = b",".join(framing.get(b"transfer-encoding", ())).lower()
    if not coding:
        return Head(status, headers, length, is_chunked=False, keeps=keeps and length is not None)
    if coding != b"chunked" or is_old:
        raise Broken("a transfer coding that is not chunked")
    if lengths:  # somebody on the way may have meant this one
        keeps = False
        headers = [each for each in headers if each[0] != b"content-length"]
    return Head(status, headers, None, is_chunked=True, keeps=keeps)


def _learn(name: bytes) -> bytes:
    if not _NAME.fullmatch(name):
        raise Broken("a line of the head that is no header")
    lower = name.lower()
    if len(_names) < _MOST_NAMES:
        _names[name] = lower
    return lower


def _length(value: bytes) -> int:
    """Read a length, which may be told more than once if it is the same each time."""
    parts = {part.strip() for part in value.split(b",")}
    digits = parts.pop()
    if parts or not digits.isdigit() or len(digits) > MOST_DIGITS:
        raise Broken("a Content-Length that is no number, or two")
    return int(digits)
