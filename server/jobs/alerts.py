"""Looks every few seconds who has come near a limit, and has it told."""

from collections import defaultdict
from datetime import datetime, timedelta

import structlog

from server.actions.messages.limits_reached import (
    Reached,
    find_reached,
    note_reached,
    untold,
)
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.kit.beside import Beside

EVERY_S = 5.0
SLACK = timedelta(minutes=3)  # calls are counted in the statistics a moment after they were made
LONG = timedelta(minutes=55)  # how far the numbers of minutes go back for sure
MOST_AT_ONCE = 200  # alerts a transaction
log = structlog.get_logger("gatehouse.alerts")


class AlertWatch:
    """Tells each level of a limit once, whichever process looks, and however often."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._last: datetime | None = None
        self._long_ago: datetime | None = None
        self._thread = Beside("alerts", self._look_again)

    def start(self) -> None:
        """Begin to look, first at the whole last hour: another process may have missed some."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._thread.stop(EVERY_S)

    def look(self) -> int:
        """Look once; tell how many alerts there are more by now."""
        now = self._deps.installation.clock.now()
        is_long = self._last is None or self._long_ago is None or now - self._long_ago > LONG / 2
        since = now - LONG if is_long or self._last is None else min(self._last, now) - SLACK
        with self._deps.database.read() as db:
            reached = untold(db, list(find_reached(db, since)))
        made = sum(self._note(*group) for group in _groups(reached))
        self._last = now
        if is_long:
            self._long_ago = now
        return made

    def _note(self, provider_id: int, reached: list[Reached]) -> int:
        actor = Actor.system(provider_id, "alerts")
        with self._deps.database.write() as db:
            return len(note_reached(Work(db, actor, self._deps.installation), reached))

    def _look_again(self) -> None:
        if self._thread.pause(EVERY_S):
            return
        try:
            self.look()
        except Exception:
            log.exception("looking for used limits failed, it is tried again")


def _groups(reached: list[Reached]) -> list[tuple[int, list[Reached]]]:
    """Part what was found by provider, so that no transaction writes much."""
    by_provider: dict[int, list[Reached]] = defaultdict(list)
    for one in reached:
        by_provider[one.provider_id].append(one)
    return [
        (provider_id, rows[at : at + MOST_AT_ONCE])
        for provider_id, rows in by_provider.items()
        for at in range(0, len(rows), MOST_AT_ONCE)
    ]
