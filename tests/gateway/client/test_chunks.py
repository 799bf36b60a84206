"""Bodies in chunks: the same data however they are cut, and no end that was not sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.client.chunks import MOST_LINE, MOST_TRAILERS, Chunks
from gateway.client.errors import Broken

BODY = b'3\r\nabc\r\n0A;name="v"\r\n0123456789\r\n1 \r\nx\r\n0\r\nTrailer: 1\r\n\r\n'


def fed(*pieces: bytes) -> tuple[bytes, Chunks, bytes]:
    """Feed pieces; gives the data, the decoder and what it left."""
    chunks, buffer, data = Chunks(), bytearray(), b""
    for piece in pieces:
        buffer += piece
        data += chunks.feed(buffer)
    return data, chunks, bytes(buffer)


@given(st.lists(st.integers(0, len(BODY)), max_size=8).map(sorted))
def test_a_body_may_be_cut_anywhere(cuts: list[int]) -> None:
    bounds = [0, *cuts, len(BODY)]
    pieces = [BODY[begin:end] for begin, end in zip(bounds, bounds[1:], strict=False)]

    data, chunks, left = fed(*pieces)

    assert (data, chunks.is_done, left) == (b"abc0123456789x", True, b"")


@pytest.mark.parametrize("end", range(len(BODY)))
def test_a_body_ends_only_with_its_end(end: int) -> None:
    assert not fed(BODY[:end])[1].is_done


def test_what_follows_is_left_alone() -> None:
    assert fed(b"0\r\n\r\nHTTP/1.1")[2] == b"HTTP/1.1"


def test_lines_may_end_without_a_return() -> None:
    assert fed(b"2\nab\n0\n\n")[0] == b"ab"


@pytest.mark.parametrize(
    "body",
    [
        *(b"\r\n", b"x\r\n", b"-1\r\n", b"+1\r\n", b"0x1\r\n", b" 1\r\n", b"1 2\r\n", b"\xb2\r\n"),
        *(b"1\r\nab\r\n", b"1\r\na0\r\n", b"f" * 16 + b"\r\n"),
        b"1" * (MOST_LINE + 1),
        b"1;" + b"x" * (MOST_LINE + 1),
        b"0\r\n" + b"X: 1234567890\r\n" * (MOST_TRAILERS // 10),
    ],
)
def test_what_is_no_chunk_is_refused(body: bytes) -> None:
    with pytest.raises(Broken):
        fed(body)
