"""A mutation with an idempotency key: key, change and answer are one transaction.

So a process that ends midway has changed nothing, or has kept the answer; and of two that come at
once, the second finds what the first one was told.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from sqlmodel import Session

from server.actions.provider.idempotency import Beaten, Once
from server.domain.errors import StillAtWork
from server.domain.events import savepoint
from server.domain.provider.idempotency import IdempotencyKey
from server.kit.db import Database


class Answered(Exception):
    """The request was answered before: nothing is carried out."""


class _Undone(Exception):
    """Ends the transaction without a commit."""


@dataclass(slots=True)
class Keyed:
    """What one request knows of its key; without one, it does nothing."""

    database: Database
    once: Once | None = None
    answer: str | None = None  # what was told before
    passes: bool = False  # what was refused may be granted in a moment: no answer is kept
    _stack: ExitStack = field(default_factory=ExitStack)
    _db: Session | None = None
    _row: IdempotencyKey | None = None

    @property
    def db(self) -> Session | None:
        """The open transaction; what is read now shows what it has changed."""
        return self._db

    def begin(self, once: Once, db: Session) -> None:
        """Take a key. Raises: Answered, KeyReused, StillAtWork."""
        self.answer = once.find_answer(db)
        if self.answer is not None:
            raise Answered
        self.once = once

    @contextmanager
    def part(self, once: Once) -> Iterator[Session]:
        """Open a part of the transaction, which is kept whole or not at all. Raises: Answered."""
        db = self._open(once)
        with self.database.told_of_clashes(), savepoint(db):
            yield db
            db.flush()
        db.expunge_all()  # what follows reads what is stored

    def release(self) -> None:
        """Commit what there is, because others have to see it; the answer follows later.

        When the process ends before that, the same request is carried out once more in a minute.
        """
        if self._db is not None:
            self._stack.close()
            self._db = None

    def keep(self, answer: str) -> None:
        """Commit, with the answer. Raises: Answered, Conflict."""
        if self.once is not None:
            db = self._open(self.once)
            if self._row is not None:
                self.once.keep(self._row, answer)
                db.merge(self._row)
            self._stack.close()
            self._db = self.once = None

    def undo(self) -> None:
        """Leave nothing behind: the key is free again."""
        if self._db is None and self._row is not None and self.once is not None:
            self._open(self.once)
            self._drop_row()  # it was released
            self._stack.close()
        elif self._db is not None:
            self._stack.__exit__(_Undone, _Undone(), None)  # as if it had gone wrong
        self._db = self.once = self._row = None

    def _open(self, once: Once) -> Session:
        if self._db is None:
            self._db = self._stack.enter_context(self.database.write())
            try:
                self._take(once, self._db)
            except Beaten as error:
                self.undo()
                self._find_again(once)
                raise Answered from error
        return self._db

    def _take(self, once: Once, db: Session) -> None:
        if self._row is None:
            self._row = once.claim(db)

    def _drop_row(self) -> None:
        if self._db is not None and self._row is not None:
            self._db.delete(self._db.merge(self._row))

    def _find_again(self, once: Once) -> None:
        with self.database.read() as db:
            self.answer = once.find_answer(db)
        if self.answer is None:
            raise StillAtWork
