"""Memory and descriptors of a process and all below it, as the kernel tells them."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.kit.process import descendants

PROC = Path("/proc")


@dataclass(frozen=True)
class Sample:
    """What one process holds."""

    pid: int
    rss_mb: float
    pss_mb: float  # shared pages counted in parts, so that processes can be added up
    descriptors: int


def look(parent: int) -> list[Sample]:
    """Look at a process and its descendants; one that ends meanwhile is left out."""
    samples = []
    for pid in [parent, *sorted(descendants(parent))]:
        with suppress(OSError, ValueError):
            samples.append(_look_at(pid))
    return samples


def _look_at(pid: int) -> Sample:
    folder = PROC / str(pid)
    rss_mb = _megabytes((folder / "status").read_text(), "VmRSS:")
    pss_mb = rss_mb
    with suppress(OSError):
        pss_mb = _megabytes((folder / "smaps_rollup").read_text(), "Pss:")
    return Sample(pid, rss_mb, pss_mb, sum(1 for _ in (folder / "fd").iterdir()))


def _megabytes(text: str, name: str) -> float:
    return int(text.partition(name)[2].split()[0]) / 1024
