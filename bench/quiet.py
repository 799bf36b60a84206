"""How quiet the machine is: what others take of it while we do nothing."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ENOUGH = 0.05  # of all cores
LOOK_S = 1.0
MOST_WAITING_S = 90.0  # in all: a machine that is never quiet is measured all the same


@dataclass
class Quiet:
    """Waits before measurements, and remembers what others took then."""

    left_s: float = MOST_WAITING_S
    seen: list[float] = field(default_factory=list)

    def wait(self) -> None:
        """Wait until others take next to nothing, or for as long as is left."""
        while (busy := busy_share()) > ENOUGH and self.left_s > 0:
            self.left_s -= LOOK_S
        self.seen.append(busy)

    def told(self) -> str:
        """Say how quiet it was."""
        if not self.seen:
            return "Nothing was measured."
        waited_s = MOST_WAITING_S - self.left_s
        return (
            f"Before each of {len(self.seen)} measurements others took of the machine "
            f"{median(self.seen):.0%} (at most {max(self.seen):.0%}); {waited_s:.0f} s were waited."
        )


def busy_share() -> float:
    """Look for a second which share of all cores is at work."""
    idle, total = _ticks()
    time.sleep(LOOK_S)
    idle_then, total_then = _ticks()
    passed = total_then - total
    return 1 - (idle_then - idle) / passed if passed else 0.0


def _ticks() -> tuple[int, int]:
    """Read the kernel's ticks of all cores: those of idling, and all of them."""
    line = Path("/proc/stat").read_text().partition("\n")[0]
    ticks = [int(word) for word in line.split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)
