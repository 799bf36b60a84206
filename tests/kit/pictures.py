"""Small pictures for tests: whole where it matters to browsers, heads where it does not."""

from struct import pack
from zlib import compress, crc32

PNG = b"\x89PNG\r\n\x1a\n"


def a_png(width: int, height: int, frames: int = 1) -> bytes:
    """Make a white PNG; with more frames it says that it moves."""
    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = compress((b"\0" + b"\xff" * width) * height)
    moves = _chunk(b"acTL", pack(">II", frames, 0)) if frames > 1 else b""
    return PNG + _chunk(b"IHDR", head) + moves + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))


def a_jpeg(width: int, height: int) -> bytes:
    """Make the head of a JPEG."""
    jfif = b"\xff\xe0" + pack(">H", 16) + b"JFIF\0" + b"\0" * 9
    frame = b"\xff\xc2" + pack(">HBHHB", 8, 8, height, width, 0)
    return b"\xff\xd8" + jfif + frame + b"\xff\xd9"


def a_webp(kind: str, width: int, height: int, *, moves: bool = False) -> bytes:
    """Make the head of a WebP of one of its three kinds."""
    if kind == "VP8X":
        sides = b"".join((each - 1).to_bytes(3, "little") for each in (width, height))
        data = bytes([2 if moves else 0, 0, 0, 0]) + sides
    elif kind == "VP8L":
        data = b"\x2f" + pack("<I", (width - 1) | (height - 1) << 14)
    else:
        data = b"\0\0\0\x9d\x01\x2a" + pack("<HH", width, height)
    body = b"WEBP" + kind.encode() + pack("<I", len(data)) + data
    return b"RIFF" + pack("<I", len(body)) + body
