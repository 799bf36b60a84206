"""Which hosts are portals, and of which kind: a copy in memory, kept in step with the table."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select

from server.domain.events import EventKind, EventRecord
from server.domain.provider.domains import Domain
from server.domain.provider.hosts import Host, HostKind
from server.kit.db import Database

CHANGES = frozenset(
    {
        EventKind.PROVIDER_CREATED,
        EventKind.PROVIDER_MOVED,
        EventKind.DOMAIN_VERIFIED,
        EventKind.DOMAIN_LOST,
        EventKind.DOMAIN_DELETED,
    }
)


class Subdomains:
    """Answers from memory, since every call on a tenant's host asks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kinds: Mapping[str, HostKind] = {}
        self._tokens: Mapping[str, str] = {}

    def load(self) -> None:
        """Read the table anew."""
        portals = select(Host.name, Host.kind).where(col(Host.service_id).is_(None))
        proved = select(Host.name, Domain.token).where(Host.domain_id == Domain.id)
        with self._database.read() as db:
            self._kinds = {name: _kind_of(kind) for name, kind in db.exec(portals)}
            self._tokens = dict(db.exec(proved).all())

    def find_kind(self, name: str) -> HostKind | None:
        """Find which portal answers at a name of the table; None for gateways and for nobody's."""
        return self._kinds.get(name)

    def find_token(self, name: str) -> str:
        """Find what proves a custom domain that serves; empty for all other names."""
        return self._tokens.get(name, "")

    def note(self, events: Sequence[EventRecord]) -> None:
        """Read again when hosts came or went."""
        if any(event.kind in CHANGES for event in events):
            self.load()


def _kind_of(kind: str) -> HostKind:
    return HostKind.ADMIN if kind == HostKind.ADMIN else HostKind.PORTAL
