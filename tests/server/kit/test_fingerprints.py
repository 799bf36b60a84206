"""Fingerprints: another one for every change of a folder, and the same for none."""

from pathlib import Path

from server.kit.fingerprints import fingerprint


def test_each_change_makes_another_fingerprint(tmp_path: Path) -> None:
    def seen(more: str = "") -> str:
        fingerprint.cache_clear()
        return fingerprint(tmp_path, more)

    (tmp_path / "a.css").write_text("a")
    found = [seen(), seen("more")]
    (tmp_path / "a.css").write_text("b")
    found.append(seen())
    (tmp_path / "b.css").write_text("")
    found.append(seen())
    (tmp_path / "b.css").rename(tmp_path / "c.css")
    found.append(seen())

    assert len(set(found)) == len(found)
    assert seen() == found[-1]


def test_a_folder_that_is_not_there_has_one_too(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "nothing")
