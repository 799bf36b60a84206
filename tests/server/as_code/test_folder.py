"""A folder on disk: written whole, read whole, nothing of others touched."""

from pathlib import Path

import pytest

from server.as_code import folder as disk
from server.as_code.entries import BadFolder
from server.as_code.folder import read_folder, write_folder
from tests.server.as_code.conftest import FOLDER


def test_what_is_written_is_read_to_the_byte(tmp_path: Path) -> None:
    write_folder(tmp_path / "deep" / "export", FOLDER)

    assert read_folder(tmp_path / "deep" / "export") == FOLDER


def test_stale_files_go_and_others_stay(tmp_path: Path) -> None:
    write_folder(tmp_path, FOLDER)
    others = ("README.md", "services/notes.txt", "portal/logo.png", ".git/x.yaml", "ci/x.yaml")
    for name in others:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine")
    before = (tmp_path / "services/petstore.yaml").stat().st_mtime_ns

    write_folder(tmp_path, {name: FOLDER[name] for name in list(FOLDER)[:2]})

    assert set(read_folder(tmp_path)) == set(list(FOLDER)[:2])
    assert all((tmp_path / name).read_text() == "mine" for name in others)
    assert not (tmp_path / "portal/pages").exists()
    assert (tmp_path / "services/petstore.yaml").stat().st_mtime_ns == before


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years")

    with pytest.raises(BadFolder, match="not empty and no export"):
        write_folder(tmp_path, FOLDER)

    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]
    with pytest.raises(BadFolder):
        write_folder(tmp_path / "thesis.txt", FOLDER)


def test_links_are_not_followed(tmp_path: Path) -> None:
    write_folder(tmp_path / "a", FOLDER)
    (tmp_path / "a/portal/b.liquid").symlink_to("/etc/passwd")
    (tmp_path / "b").mkdir()
    (tmp_path / "b/provider.yaml").write_text("")
    (tmp_path / "b/services").symlink_to(tmp_path / "a/services")

    for name in "ab":
        with pytest.raises(BadFolder, match="must not be a link"):
            read_folder(tmp_path / name)
        with pytest.raises(BadFolder, match="must not be a link"):
            write_folder(tmp_path / name, {"provider.yaml": ""})

    assert (tmp_path / "a/services/petstore.yaml").exists()


def test_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path, {**FOLDER, "portal/a.liquid": "x" * disk.MOST_BYTES})
    assert len(read_folder(tmp_path)) == len(FOLDER)

    (tmp_path / "portal/a.liquid").write_text("x" * (disk.MOST_BYTES + 1))
    with pytest.raises(BadFolder, match=r"portal/a\.liquid: is larger than 32 MiB"):
        read_folder(tmp_path)
    (tmp_path / "portal/a.liquid").unlink()
    monkeypatch.setattr(disk, "MOST_FILES", 2)
    with pytest.raises(BadFolder, match="more than 2 files"):
        read_folder(tmp_path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    write_folder(tmp_path, FOLDER)
    (tmp_path / "portal/a.liquid").write_bytes(b"\xff")

    with pytest.raises(BadFolder, match=r"portal/a\.liquid: is not UTF-8"):
        read_folder(tmp_path)
    with pytest.raises(BadFolder, match="is not a folder"):
        read_folder(tmp_path / "nowhere")
