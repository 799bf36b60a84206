"""Seals the audit log a moment after each commit, whichever process made it."""

import structlog

from server.actions.provider.audit_chain import (
    CHUNK,
    has_unsealed,
    seal_events,
    sealed_from,
    settled_below,
)
from server.auth.dependencies import Dependencies
from server.kit.beside import Beside

AFTER_S = 0.5  # commits that follow one another are sealed together
EVERY_S = 30.0  # what other processes commit is sealed by then, if they don't themselves
STOP_S = 5.0
log = structlog.get_logger("gatehouse.audit")


class ChainKeeper:
    """Seals what is new, in a thread of its own; several may run at once."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._above: int | None = None  # None: look at all, once: an upgrade may have left some
        self._thread = Beside("audit", self._seal_what_is_new)

    def start(self) -> None:
        """Begin, with all that was never sealed."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; what it leaves unsealed the next process seals."""
        self._thread.stop(STOP_S)

    def wake(self) -> None:
        """Have it seal soon. Thread-safe; costs next to nothing."""
        self._thread.wake()

    def seal(self) -> int:
        """Seal all that is committed; tell how many entries that were."""
        database, now = self._deps.database, self._deps.installation.clock.now()
        with database.read() as db:
            above = 0 if self._above is None else max(settled_below(db, now), self._above)
            waits = has_unsealed(db, above)
        sealed, count = 0, CHUNK if waits else 0
        while count == CHUNK and not self._thread.is_stopping:
            with database.write() as db:
                count = seal_events(db, self._deps.installation.vault, now, above)
            sealed += count
        with database.read() as db:
            self._above = sealed_from(db, max(above, settled_below(db, now)))
        return sealed

    def _seal_what_is_new(self) -> None:
        self._thread.take_wakes()
        try:
            self.seal()
        except Exception:
            log.exception("sealing the audit log failed, it is tried again")
        self._thread.wait_for_wake(EVERY_S)
        self._thread.pause(AFTER_S)
