"""What a picture is, by its bytes: type, size and whether it moves. Nothing of it is decoded."""

from dataclasses import dataclass
from struct import error, unpack_from

PNG = b"\x89PNG\r\n\x1a\n"
# Frames of all codings, without the tables (C4, CC) and the reserved C8 between them.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # marks of JPEG without a length


@dataclass(frozen=True, slots=True)
class Picture:
    """What the head of a picture says."""

    media_type: str
    width: int
    height: int
    is_animated: bool = False


def read_picture(content: bytes) -> Picture | None:
    """Read the head of a PNG, JPEG or WebP; None for anything else. Cost: linear."""
    try:
        if content.startswith(PNG):
            return _png(content)
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
        if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            return _webp(content)
    except (error, IndexError):  # it ends too early
        return None
    return None


def _png(content: bytes) -> Picture | None:
    length, kind, width, height = unpack_from(">I4sII", content, len(PNG))
    if length != 13 or kind != b"IHDR" or b"IEND" not in content[-12:]:
        return None
    at, is_animated = len(PNG), False
    while at < len(content):  # APNG says before the first data that there are frames
        length, kind = unpack_from(">I4s", content, at)
        is_animated = is_animated or kind == b"acTL"
        if kind == b"IDAT":
            break
        at += length + 12
    return Picture("image/png", width, height, is_animated)


def _jpeg(content: bytes) -> Picture | None:
    at = 2
    while content[at] == 0xFF:
        kind = content[at + 1]
        if kind == 0xFF:  # filling
            at += 1
        elif kind in ALONE:
            at += 2
        elif kind in FRAMES:
            height, width = unpack_from(">HH", content, at + 5)
            return Picture("image/jpeg", width, height)
        else:
            at += 2 + unpack_from(">H", content, at + 2)[0]
    return None


def _webp(content: bytes) -> Picture | None:
    kind = content[12:16]
    if kind == b"VP8X":
        width, height = (1 + int.from_bytes(content[at : at + 3], "little") for at in (24, 27))
        is_whole = len(content) >= 30
        return Picture("image/webp", width, height, bool(content[20] & 2)) if is_whole else None
    if kind == b"VP8L":
        bits = unpack_from("<I", content, 21)[0]
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        return Picture("image/webp", width, height) if content[20] == 0x2F else None
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = unpack_from("<HH", content, 26)
        return Picture("image/webp", width & 0x3FFF, height & 0x3FFF)
    return None
