"""File descriptors: as many as the machine gives, and how many of them connections may have."""

import os
import resource
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

LEAST = 256
RESERVE = 128  # database, journal, logs, mails, jobs
MOST_CONNECTIONS = 16_384  # of a process: some 10 kB each
LEAST_SHARE = 16


class TooFewDescriptors(Exception):
    """The machine gives this process too few descriptors; the message says how to get more."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How many connections a process takes at once, and of them one address."""

    total: int
    per_address: int

    @classmethod
    def of(cls, descriptors: int) -> Self:
        """Share descriptors out; half of them are for what connections need of upstreams."""
        total = max(1, min((descriptors - RESERVE) // 2, MOST_CONNECTIONS))
        return cls(total, min(total, max(LEAST_SHARE, total // 4)))

    @classmethod
    def of_this_process(cls) -> Self:
        """Share out what this process may have."""
        return cls.of(most_descriptors())


def most_descriptors() -> int:
    """Tell how many descriptors this process may open."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if soft == resource.RLIM_INFINITY else soft


def raise_descriptors() -> None:
    """Take as many descriptors as the machine gives; child processes inherit them.

    Raises: TooFewDescriptors.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # a kernel may allow less than it tells
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    most = most_descriptors()
    if most < LEAST:
        raise TooFewDescriptors(
            f"A process may open {most} files and connections here, and {LEAST} are needed: "
            "raise `ulimit -n` (LimitNOFILE of systemd, --ulimit nofile of Docker)."
        )


def count_descriptors() -> int:
    """Count what this process has open; cheap where Linux tells it as a size (6.2 and later)."""
    with suppress(OSError):
        if size := os.stat("/proc/self/fd").st_size:
            return size
    return len(os.listdir("/dev/fd"))
