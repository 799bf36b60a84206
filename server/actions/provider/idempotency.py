"""Mutations that are carried out once: the key is written in the transaction that changes things.

Two that come at once with the same key: the second waits for the first one's commit, by the
uniqueness of the key. A process that ends before the commit leaves nothing; after it, the answer.
"""

from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.domain.errors import KeyReused, StillAtWork
from server.domain.installation import Installation
from server.domain.provider.idempotency import (
    AT_WORK,
    LIFETIME,
    IdempotencyKey,
)
from server.kit.db import is_taken


class Beaten(Exception):
    """Another request with the same key has been carried out meanwhile."""


@dataclass(frozen=True, slots=True)
class Once:
    """A request that is carried out once: whose it is, its key, and what it asks, as text."""

    installation: Installation
    provider_id: int
    caller: str
    key: str
    asked: str

    def find_answer(self, db: Session) -> str | None:
        """Give what was answered before. Raises: KeyReused, StillAtWork. Cost: one query."""
        row = db.exec(self._query).first()
        if row is None or not self._holds(row):
            return None
        if row.request_digest != self._digest(self.asked):
            raise KeyReused
        if row.answer_sealed is None:
            raise StillAtWork
        return self.installation.vault.unseal(row.answer_sealed)

    def claim(self, db: Session) -> IdempotencyKey:
        """Take the key in a transaction that changes something. Raises: Beaten."""
        held = db.exec(self._query).first()
        if held is not None and self._holds(held):
            raise Beaten
        if held is not None:
            db.execute(delete(IdempotencyKey).where(col(IdempotencyKey.id) == held.id))
        row = IdempotencyKey(
            provider_id=self.provider_id,
            caller=self.caller,
            key_digest=self._digest(self.key),
            request_digest=self._digest(self.asked),
            created_at=self.installation.clock.now(),
        )
        try:
            with db.begin_nested():
                db.add(row)
                db.flush()  # waits for who came first with it
        except IntegrityError as error:
            if not is_taken(error):
                raise
            raise Beaten from error
        return row

    def keep(self, row: IdempotencyKey, answer: str) -> None:
        """Put the answer beside the key, sealed: there may be secrets in it."""
        row.answer_sealed = self.installation.vault.seal(answer)

    @property
    def _query(self) -> SelectOfScalar[IdempotencyKey]:
        return select(IdempotencyKey).where(
            IdempotencyKey.provider_id == self.provider_id,
            IdempotencyKey.caller == self.caller,
            IdempotencyKey.key_digest == self._digest(self.key),
        )

    def _holds(self, row: IdempotencyKey) -> bool:
        lifetime = AT_WORK if row.answer_sealed is None else LIFETIME
        return self.installation.clock.now() - row.created_at < lifetime

    def _digest(self, text: str) -> bytes:
        return self.installation.vault.digest(text)
