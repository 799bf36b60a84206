"""Which first labels are providers' portals: a set kept in step with the table."""

from collections.abc import Sequence

from sqlmodel import select

from server.domain.events import EventKind, EventRecord
from server.domain.provider.providers import Provider
from server.kit.db import Database


class Subdomains:
    """Answers from memory, since every call on a tenant's host asks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: frozenset[str] = frozenset()

    def load(self) -> None:
        with self._database.read() as db:
            self._names = frozenset(db.exec(select(Provider.subdomain)))

    def is_known(self, label: str) -> bool:
        return label in self._names

    def note(self, events: Sequence[EventRecord]) -> None:
        """Read again when a provider came."""
        if any(event.kind == EventKind.PROVIDER_CREATED for event in events):
            self.load()
