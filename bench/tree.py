"""A process and all that it has started: what they hold together."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def processes(process_id: int) -> Iterator[int]:
    """List a process and its descendants that live."""
    yield process_id
    with suppress(OSError):
        for task in Path(f"/proc/{process_id}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from processes(int(child))


def memory_mb(process_id: int) -> float:
    """Add up the memory of a tree; what several share counts once (PSS)."""
    return sum(_proportional_kb(each) for each in processes(process_id)) / 1024


def descriptors(process_id: int) -> int:
    """Count the open descriptors of a tree."""
    count = 0
    for each in processes(process_id):
        with suppress(OSError):
            count += sum(1 for _ in Path(f"/proc/{each}/fd").iterdir())
    return count


def _proportional_kb(process_id: int) -> int:
    with suppress(OSError):
        text = Path(f"/proc/{process_id}/smaps_rollup").read_text()
        return int(text.partition("\nPss:")[2].split()[0])
    return 0
