"""Whether a folder can be written to."""

import os
from contextlib import suppress
from pathlib import Path

LEAST_FREE_BYTES = 16_777_216  # what a busy second writes: a segment of the journal
PROBE_BYTES = 65_536


def has_room(folder: Path, least_bytes: int = LEAST_FREE_BYTES) -> bool:
    """Write a little to a folder and look at what is free. Cost: some system calls, no sync."""
    probe = folder / f".room-{os.getpid()}"
    try:
        disk = os.statvfs(folder)
        probe.write_bytes(b"\0" * PROBE_BYTES)
    except OSError:
        return False
    finally:
        with suppress(OSError):
            probe.unlink()
    return disk.f_bavail * disk.f_frsize >= least_bytes
