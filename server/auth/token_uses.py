"""When access tokens were used last: gathered in memory, written beside the requests."""

import threading
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import bindparam, or_, update
from sqlalchemy.exc import SQLAlchemyError

from server.domain.provider.tokens import AccessToken
from server.kit.beside import Beside
from server.kit.clock import Clock
from server.kit.db import Database

EVERY = timedelta(minutes=1)  # between two writes of a token, in one process
GATHER_S = 5.0  # tokens that are used one after the other are written together
STOP_S = 5.0
TOKENS: Any = AccessToken.__table__  # type: ignore[attr-defined]  # SQLModel has it
WRITE = (
    update(TOKENS)
    .where(TOKENS.c.id == bindparam("token"))
    .where(or_(TOKENS.c.last_used_at.is_(None), TOKENS.c.last_used_at < bindparam("at")))
    .values(last_used_at=bindparam("at"))
)
log = structlog.get_logger("gatehouse.tokens")


class TokenUses:
    """Notes uses for the database, in a thread of its own; a request waits for nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._used: dict[int, datetime] = {}
        self._written: dict[int, datetime] = {}
        self._lock = threading.Lock()
        self._thread = Beside("tokens", self._write_what_is_noted)

    def start(self) -> None:
        """Begin; nothing is done while no token is used."""
        self._thread.start()

    def stop(self) -> None:
        """Write what is known, and end the thread."""
        self._thread.stop(STOP_S)

    def note(self, token_id: int) -> None:
        """Note that a token is used now. Thread-safe; costs a look-up."""
        now = self._clock.now()
        with self._lock:
            written = self._written.get(token_id)
            if written is None or now - written >= EVERY:
                self._used[token_id] = now
                self._thread.wake()

    def write(self) -> int:
        """Write what is noted; tell of how many tokens that was. Cost: one transaction."""
        with self._lock:
            used, self._used = self._used, {}
            now = self._clock.now()
            kept = {token: at for token, at in self._written.items() if now - at < EVERY}
            self._written = {**kept, **used}
        if used:
            rows = [{"token": token, "at": used[token]} for token in sorted(used)]
            with self._database.write() as db:
                db.connection().execute(WRITE, rows)
        return len(used)

    def _write_what_is_noted(self) -> None:
        self._thread.wait_for_wake()
        self._thread.pause(GATHER_S)
        self._thread.take_wakes()
        try:
            self.write()
        except SQLAlchemyError as error:  # the next use is noted again
            log.warning("the use of tokens could not be noted", error=str(error))
