"""The journal: what was written comes back, a torn end is nothing, damage stops the start."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.counters.base import Delta, UsageEntry
from gateway.counters.journal import Journal, line_of, parse_line
from gateway.errors import JournalDamaged, JournalLocked, StoreUnavailable

ENTRY = UsageEntry(7, 1, 100.0, (Delta(1, 1), Delta(2, 5, True)))
LINE = b"7 1 100.000 1+1 2=5\n"
amounts = st.integers(min_value=-(2**53), max_value=2**53)
deltas = st.builds(Delta, st.integers(1, 2**31), amounts, st.booleans())
entries = st.builds(
    UsageEntry,
    st.integers(1, 2**31),
    st.integers(1, 2**31),
    st.integers(0, 10**11).map(lambda ms: ms / 1000),
    st.lists(deltas, min_size=1, max_size=5).map(tuple),
)


@given(entries)
def test_a_line_says_all_of_an_entry(entry: UsageEntry) -> None:
    line = line_of(entry)

    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert parse_line(line.decode().rstrip("\n")) == entry


def test_segments_come_back_in_order_with_what_was_appended(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "made")
    journal.open()
    assert journal.rotate() is None

    names = []
    for number in range(12):
        journal.append(UsageEntry(7, number, 100.0, (Delta(1, 1),)))
        journal.append(ENTRY)
        names.append(journal.rotate())
    journal.close()

    again = Journal(tmp_path / "made")
    again.open()
    assert again.segments() == names
    assert [again.read_entries(name)[0].application_id for name in again.segments()] == list(
        range(12)
    )
    again.append(ENTRY)
    again.close()
    assert again.segments()[:-1] == names, "a later run's names come later"
    assert (tmp_path / "made").stat().st_mode & 0o077 == 0


def test_a_deleted_segment_may_be_deleted_twice(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.open()
    journal.append(ENTRY)
    name = journal.rotate() or ""

    journal.delete(name)
    journal.delete(name)

    assert journal.segments() == []
    journal.close()


@pytest.mark.parametrize("cut", range(len(LINE)))
def test_a_torn_last_line_was_never_counted(tmp_path: Path, cut: int) -> None:
    (tmp_path / "1.journal").write_bytes(LINE + LINE[:cut])

    assert Journal(tmp_path).read_entries("1.journal") == [ENTRY]


@pytest.mark.parametrize("content", [b"", b"7 1 1", b"\x00\xff" * 100])
def test_what_has_no_whole_line_holds_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "1.journal").write_bytes(content)

    assert Journal(tmp_path).read_entries("1.journal") == []


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"rubbish",
        b"7",
        b"7 1",
        b"7 1 100.000",
        b"7 1 100.000 ",
        b"7 1 100.000 1",
        b"7 1 100.000 1+",
        b"7 1 100.000 +1",
        b"7 1 100.000 1+1  2+1",
        b"7 1 100.000 1+1.5",
        b"7 1 nan 1+1",
        b"7 1 inf 1+1",
        b"7 1 1e300 1+1",
        b"x 1 100.000 1+1",
        b"7 1 100.000 1+1\r",
        b"7 1 100.000 1_0+1",
        b"\xd9\xa7 1 100.000 1+1",
        b"\x00" * 20,
    ],
)
def test_any_other_line_that_cannot_be_read_is_damage_and_named(
    tmp_path: Path, line: bytes
) -> None:
    (tmp_path / "1.journal").write_bytes(LINE + line + b"\n" + LINE)

    with pytest.raises(JournalDamaged, match=r"1\.journal, line 2 "):
        Journal(tmp_path).read_entries("1.journal")


def test_one_process_writes_until_it_closes(tmp_path: Path) -> None:
    first, second = Journal(tmp_path), Journal(tmp_path)
    first.open()

    with pytest.raises(JournalLocked, match="in use"):
        second.open()
    first.close()
    second.open()

    second.append(ENTRY)
    second.close()


def test_nothing_is_written_before_opening_or_after_closing(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with pytest.raises(StoreUnavailable):
        journal.append(ENTRY)
    journal.open()
    journal.close()
    journal.close()

    with pytest.raises(StoreUnavailable):
        journal.append(ENTRY)
    assert journal.segments() == []


def test_half_a_line_that_stays_ends_its_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, write = Journal(tmp_path), os.write
    journal.open()
    journal.append(ENTRY)

    def no_truncate(fd: int, length: int) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr("gateway.counters.journal.os.write", lambda fd, data: write(fd, data[:9]))
        patch.setattr("gateway.counters.journal.os.ftruncate", no_truncate)
        with pytest.raises(StoreUnavailable):
            journal.append(ENTRY)
    with pytest.raises(StoreUnavailable):
        journal.append(ENTRY)

    name = journal.rotate() or ""
    journal.append(ENTRY)
    assert journal.read_entries(name) == [ENTRY]
    assert journal.read_entries(journal.rotate() or "") == [ENTRY]
    journal.close()
