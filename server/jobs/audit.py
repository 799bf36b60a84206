"""Seals the audit log a moment after each commit, whichever process made it."""

import threading

import structlog

from server.actions.provider.audit_chain import (
    CHUNK,
    has_unsealed,
    seal_events,
    sealed_from,
    settled_below,
)
from server.auth.dependencies import Dependencies

AFTER_S = 0.5  # commits that follow one another are sealed together
EVERY_S = 30.0  # what other processes commit is sealed by then, if they don't themselves
STOP_S = 5.0
log = structlog.get_logger("gatehouse.audit")


class ChainKeeper:
    """Seals what is new, in a thread of its own; several may run at once."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._above: int | None = None  # None: look at all, once: an upgrade may have left some
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep_sealing, name="audit", daemon=True)

    def start(self) -> None:
        """Begin, with all that was never sealed."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; what it leaves unsealed the next process seals."""
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(STOP_S)

    def wake(self) -> None:
        """Have it seal soon. Thread-safe; costs next to nothing."""
        self._woken.set()

    def seal(self) -> int:
        """Seal all that is committed; tell how many entries that were."""
        database, now = self._deps.database, self._deps.installation.clock.now()
        with database.read() as db:
            above = 0 if self._above is None else max(settled_below(db, now), self._above)
            waits = has_unsealed(db, above)
        sealed, count = 0, CHUNK if waits else 0
        while count == CHUNK and not self._stopping.is_set():
            with database.write() as db:
                count = seal_events(db, self._deps.installation.vault, now, above)
            sealed += count
        with database.read() as db:
            self._above = sealed_from(db, max(above, settled_below(db, now)))
        return sealed

    def _keep_sealing(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                self.seal()
            except Exception:
                log.exception("sealing the audit log failed, it is tried again")
            self._woken.wait(EVERY_S)
            self._stopping.wait(AFTER_S)
