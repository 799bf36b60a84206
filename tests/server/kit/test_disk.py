"""A folder has room when it can be written to and much is free."""

import os
from pathlib import Path

from server.kit.disk import has_room


def test_a_folder_that_can_be_written_has_room(tmp_path: Path) -> None:
    assert has_room(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_nearly_full_has_none(tmp_path: Path) -> None:
    disk = os.statvfs(tmp_path)

    assert not has_room(tmp_path, disk.f_blocks * disk.f_frsize + 1)


def test_a_folder_that_is_gone_has_none(tmp_path: Path) -> None:
    assert not has_room(tmp_path / "gone")
    assert not has_room(Path("/proc/self"))
