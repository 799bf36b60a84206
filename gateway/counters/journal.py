"""The append-only record of what was counted: one line a call, written before it is let in."""

import fcntl
import os
import re
import secrets
import time
from collections.abc import Sequence
from pathlib import Path

from gateway.counters.base import Delta, UsageEntry
from gateway.errors import JournalDamaged, JournalLocked, StoreUnavailable

SUFFIX = ".journal"
LINE = re.compile(r"\d+ \d+ -?\d{1,11}\.\d{3}( \d+[+=]-?\d+)+", re.ASCII)
OPEN_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND


def line_of(entry: UsageEntry) -> bytes:
    """Write an entry as one line: service, application, time, then `metric+amount` or `=`."""
    moves = " ".join(
        f"{delta.metric_id}{'=' if delta.is_set else '+'}{delta.amount}" for delta in entry.deltas
    )
    at_s = entry.at_s
    return f"{entry.service_id} {entry.application_id} {at_s:.3f} {moves}\n".encode("ascii")


def parse_line(line: str) -> UsageEntry:
    """Read a line back. Raises: ValueError."""
    if not LINE.fullmatch(line):
        raise ValueError(line)
    service_id, application_id, at_s, *moves = line.split(" ")
    return UsageEntry(
        int(service_id),
        int(application_id),
        float(at_s),
        tuple(_parse_delta(move) for move in moves),
    )


def _parse_delta(move: str) -> Delta:
    metric_id, sign, amount = move.partition("=" if "=" in move else "+")
    return Delta(int(metric_id), int(amount), sign == "=")


class Journal:
    """Segments in one directory, of which one process at a time may be the writer."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.size_bytes = 0  # of the open segment
        self._fd: int | None = None
        self._lock_fd: int | None = None
        self._torn = False  # half a line could not be cut off; only the next segment takes more
        self._segment = ""
        self._number = 0
        self._run = ""

    def open(self) -> None:
        """Become the writer. Raises: JournalLocked, OSError."""
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock_fd = os.open(self.directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock_fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(lock_fd)
            raise JournalLocked(f"{self.directory} is in use by another process.") from error
        self._lock_fd = lock_fd
        # Names sort by time and never come again, not even when the clock is set back.
        self._run = f"{time.time_ns():020d}-{secrets.token_hex(4)}"

    def close(self) -> None:
        """Stop being the writer; what was not deleted waits for the next start."""
        self.rotate()
        if self._lock_fd is not None:
            os.close(self._lock_fd)
            self._lock_fd = None

    def append(self, *entries: UsageEntry) -> None:
        """Write entries, all of them or none. Raises: StoreUnavailable."""
        if self._torn:
            raise StoreUnavailable("The journal cannot be written.")
        lines = b"".join([line_of(entry) for entry in entries])
        try:
            if self._fd is None:
                self._fd = self._next_segment()
            written = os.write(self._fd, lines)
        except OSError as error:
            raise StoreUnavailable("The journal cannot be written.") from error
        if written != len(lines):
            self._take_back(self._fd)
            raise StoreUnavailable("The journal's disk is full.")
        self.size_bytes += written

    def rotate(self) -> str | None:
        """End the open segment; answers its name, None when nothing was written to it."""
        if self._fd is None:
            return None
        os.close(self._fd)
        self._fd = None
        self._torn = False
        return self._segment

    def segments(self) -> list[str]:
        """List the segments on disk, oldest first."""
        return sorted(path.name for path in self.directory.glob(f"*{SUFFIX}"))

    def read_entries(self, segment: str) -> Sequence[UsageEntry]:
        """Read a segment; a torn last line was never counted and is left out.

        Raises: JournalDamaged when another line cannot be read; OSError.
        """
        path = self.directory / segment
        *lines, _torn = path.read_bytes().split(b"\n")
        entries: list[UsageEntry] = []
        for number, line in enumerate(lines, 1):
            try:
                entries.append(parse_line(line.decode("ascii")))
            except ValueError as error:
                raise JournalDamaged(
                    f"{path}, line {number} cannot be read. Move the file away to start without "
                    "the calls it holds."
                ) from error
        return entries

    def delete(self, segment: str) -> None:
        """Delete a segment that the statistics hold. Raises: OSError."""
        (self.directory / segment).unlink(missing_ok=True)

    def _next_segment(self) -> int:
        if self._lock_fd is None:
            raise StoreUnavailable("The counter store is not running.")
        self._number += 1
        self._segment = f"{self._run}-{self._number:010d}{SUFFIX}"
        fd = os.open(self.directory / self._segment, OPEN_FLAGS, 0o600)
        self.size_bytes = 0
        return fd

    def _take_back(self, fd: int) -> None:
        """Cut off half a line; where that fails too, it stays the torn end of its segment."""
        try:
            os.ftruncate(fd, self.size_bytes)
        except OSError:
            self._torn = True
