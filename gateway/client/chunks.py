"""Bodies in chunks, decoded as they come. Source: RFC 9112, 7.1."""

import re

from gateway.client.errors import Broken

MOST_LINE = 4_096  # bytes of a chunk's size and its extensions, or of one trailer
MOST_TRAILERS = 65_536

_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?")
_AT_SIZE, _IN_DATA, _BEHIND_DATA, _IN_TRAILERS = range(4)


class Chunks:
    """Takes a body in chunks apart; trailers are dropped."""

    __slots__ = ("_at", "_left", "_trailers", "is_done")

    def __init__(self) -> None:
        self.is_done = False
        self._at = _AT_SIZE
        self._left = 0
        self._trailers = 0

    def feed(self, buffer: bytearray) -> bytes:
        """Take from a buffer what is whole, and give the data in it. Raises: Broken."""
        parts: list[bytes] = []
        begin = 0
        while not self.is_done:
            if self._at == _IN_DATA:
                part = bytes(buffer[begin : begin + self._left])
                if not part:
                    break
                parts.append(part)
                begin += len(part)
                self._left -= len(part)
                if not self._left:
                    self._at = _BEHIND_DATA
                continue
            end = buffer.find(b"\n", begin)
            if end < 0:
                if len(buffer) - begin > MOST_LINE:
                    raise Broken("a chunk's size that never ends")
                break
            self._take(bytes(buffer[begin:end]).removesuffix(b"\r"))
            begin = end + 1
        del buffer[:begin]
        return b"".join(parts)

    def _take(self, line: bytes) -> None:
        if self._at == _AT_SIZE:
            size = _SIZE.fullmatch(line)
            if size is None:
                raise Broken("a chunk without a size")
            self._left = int(size[1], 16)
            self._at = _IN_DATA if self._left else _IN_TRAILERS
        elif self._at == _BEHIND_DATA:
            if line:
                raise Broken("a chunk that is longer than its size")
            self._at = _AT_SIZE
        else:
            self._trailers += len(line)
            if self._trailers > MOST_TRAILERS:
                raise Broken("trailers that never end")
            self.is_done = not line
