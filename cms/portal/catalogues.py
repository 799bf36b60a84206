"""Whose portal it is, and what of it is the same for all who look, read once while it stays so."""

from sqlmodel import Session, select

from cms.content.changes import LIFETIME_S, Catalogue, Catalogues, Mark
from server.auth.dependencies import Dependencies, get_provider_by_host
from server.domain.errors import NotFound
from server.domain.provider.providers import Provider
from server.kit.db import READS
from server.kit.lru import LRU

CATALOGUE = "gatehouse.catalogue"  # in the info of a session
MOST_HOSTS = 1_000
GONE = "There is no portal at this address."
Whose = tuple[int, Mark, int]  # a provider's id, his history then, and the turn of the clock


class Providers:
    """The providers of one process's portals. Thread-safe.

    A transaction that writes reads everything by itself.
    """

    def __init__(self) -> None:
        self._catalogues: Catalogues | None = None  # of the first database that is asked
        self._hosts: LRU[Whose] = LRU(most_entries=MOST_HOSTS, most_bytes=MOST_HOSTS)

    def get(self, db: Session, deps: Dependencies, host: str) -> Provider:
        """Find whose portal is at a host. Raises: NotFound. Cost: on SQLite mostly no query."""
        if not db.info.get(READS):
            return get_provider_by_host(db, deps.installation, host)
        catalogue = self._catalogue(db, deps, host)
        db.info[CATALOGUE] = catalogue
        number = catalogue.provider_id
        provider = catalogue.once("provider", lambda: _read(db, number))
        if provider.state != "approved":
            raise NotFound(GONE)
        return provider

    def _catalogue(self, db: Session, deps: Dependencies, host: str) -> Catalogue:
        now_s = deps.installation.clock.now().timestamp()
        turn = int(now_s) // LIFETIME_S
        catalogues = self._catalogues = self._catalogues or Catalogues(deps.database)
        known = self._hosts.find(host)
        if known is not None and known[2] == turn:
            catalogue = catalogues.open(db, known[0], turn)
            if catalogue.mark == known[1]:
                return catalogue
        number = get_provider_by_host(db, deps.installation, host).id
        catalogue = catalogues.open(db, number, turn)
        self._hosts.keep(host, (number, catalogue.mark, turn), 1)
        return catalogue


def catalogue_of(db: Session) -> Catalogue | None:
    """Give what a transaction shares with others; None for one that writes."""
    found: Catalogue | None = db.info.get(CATALOGUE)
    return found


def _read(db: Session, provider_id: int) -> Provider:
    """Read a provider anew: what was read before the history was may be older than that."""
    query = select(Provider).where(Provider.id == provider_id)
    return db.exec(query.execution_options(populate_existing=True)).one()
