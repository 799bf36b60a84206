"""How much processor time an order has left."""

import gc
import threading
from collections.abc import Mapping
from time import monotonic, thread_time

MOST_S = 0.4  # of processor time: page, Markdown and layout together


class _Collector(threading.local):
    """Tells the time that the garbage collector, which looks through everything, took a thread."""

    spent_s = 0.0
    _began_s = 0.0

    def note(self, phase: str, _info: Mapping[str, int]) -> None:
        """Add up; the interpreter calls it at the start and the end of each collection."""
        if phase == "start":
            self._began_s = thread_time()
        else:
            self.spent_s += thread_time() - self._began_s


collector = _Collector()
gc.callbacks.append(collector.note)


class Deadline:
    """Ends after some processor time of its own thread."""

    __slots__ = ("ends_at", "_most_own_s")

    def __init__(self) -> None:
        self.ends_at = monotonic() + MOST_S
        self._most_own_s = _own_time_s() + MOST_S

    def is_over(self) -> bool:
        """Leave out the time in which a busy machine, or the collector, did something else."""
        if monotonic() <= self.ends_at:
            return False
        left_s = self._most_own_s - _own_time_s()
        self.ends_at = monotonic() + left_s
        return left_s <= 0


def _own_time_s() -> float:
    return thread_time() - collector.spent_s
