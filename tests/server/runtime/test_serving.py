"""The port that a data directory was served on last."""

from pathlib import Path

import pytest

from server.runtime.serving import FILE, find_port, note_port


def test_the_last_port_is_known(tmp_path: Path) -> None:
    assert find_port(tmp_path) is None
    for port in (8000, 9123):
        note_port(tmp_path, port)
        assert find_port(tmp_path) == port


@pytest.mark.parametrize("content", [b"", b"x", b"0", b"65536", b"\xff", b"9" * 99, b"80 80"])
def test_what_is_no_port_is_nobodys(content: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(content)

    assert find_port(tmp_path) is None
