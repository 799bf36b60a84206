"""A thread that works beside the requests, turn by turn, until it is stopped."""

import threading
from collections.abc import Callable


class Beside:
    """One such thread; what it does in a turn, it tells itself when to do."""

    def __init__(self, name: str, turn: Callable[[], object]) -> None:
        self._turn = turn
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    @property
    def is_stopping(self) -> bool:
        """Whether it is to end: a turn that began before may be its last."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, most_s: float) -> None:
        """End it, and wait so long for its last turn."""
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(most_s)

    def wake(self) -> None:
        """Have it work soon. Thread-safe; costs next to nothing."""
        self._woken.set()

    def wait_for_wake(self, most_s: float | None = None) -> None:
        """Wait, in a turn, until somebody wakes it."""
        self._woken.wait(most_s)

    def take_wakes(self) -> None:
        """Take, in a turn, all wakes until now as done: later ones are for the next turn."""
        self._woken.clear()

    def pause(self, seconds: float) -> bool:
        """Wait, in a turn; tell whether it is stopped meanwhile."""
        return self._stopping.wait(seconds)

    def _work(self) -> None:
        while not self.is_stopping:
            self._turn()
