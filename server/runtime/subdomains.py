"""Which hosts are portals, and of which kind: a copy in memory, kept in step with the table."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select

from server.domain.events import EventKind, EventRecord
from server.domain.provider.hosts import Host, HostKind
from server.kit.db import Database


class Subdomains:
    """Answers from memory, since every call on a tenant's host asks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kinds: Mapping[str, HostKind] = {}

    def load(self) -> None:
        portals = select(Host.name, Host.kind).where(col(Host.service_id).is_(None))
        with self._database.read() as db:
            self._kinds = {name: _kind_of(kind) for name, kind in db.exec(portals)}

    def find_kind(self, name: str) -> HostKind | None:
        """Find which portal answers at a name of the table; None for gateways and for nobody's."""
        return self._kinds.get(name)

    def note(self, events: Sequence[EventRecord]) -> None:
        """Read again when a provider came."""
        if any(event.kind == EventKind.PROVIDER_CREATED for event in events):
            self.load()


def _kind_of(kind: str) -> HostKind:
    return HostKind.ADMIN if kind == HostKind.ADMIN else HostKind.PORTAL
