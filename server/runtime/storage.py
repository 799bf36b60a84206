"""Opening what a process stands on: data directory, keys, database."""

from dataclasses import dataclass
from pathlib import Path

from cms.portal.shipped import PortalShipped
from server.domain.errors import changed_meanwhile
from server.domain.installation import Addresses, Installation
from server.kit.crypto import Vault
from server.kit.db import Database
from server.kit.files import close, make_private
from server.migrations.version import newest, refuse_foreign, refuse_unknown, version_of
from server.settings import Settings

MASTER_KEY = "secret.key"
# What a data directory holds; another one's files beside it are none of our business.
OURS = (
    "*.db",
    "*.db-*",
    MASTER_KEY,
    "first-start.json",
    "port",
    "journal",
    "journal/*",
    "metrics",
    "metrics/*",
)


@dataclass(frozen=True, slots=True)
class Storage:
    """The open database and what the installation is."""

    database: Database
    installation: Installation


def open_storage(settings: Settings) -> Storage:
    """Make the data directory if need be, open the keys and the migrated database.

    Raises: OSError, DamagedKey, UnknownVersion, ForeignDatabase, BrokenReference, and what the
    database raises.
    """
    make_private(settings.data_dir, OURS)
    vault = Vault.open(settings.data_dir / MASTER_KEY)
    database = Database(settings.database_url, changed_meanwhile)
    try:
        _make_ready(database, vault)
    except BaseException:
        database.close()
        raise
    addresses = Addresses(settings.public_url, settings.domain)
    return Storage(database, Installation(vault, addresses, shipped=PortalShipped()))


def _make_ready(database: Database, vault: Vault) -> None:
    """Bring a database to the newest step, unless it is a later version's or another program's."""
    if database.is_sqlite:
        _close_file(Path(database.engine.url.database or ""))
    version = version_of(database.engine)
    refuse_unknown(version)
    if not version:
        refuse_foreign(database.engine)
    if version != newest():
        # Here and not above: loading it takes a sixth of a start that has nothing to migrate.
        from server.migrations.run import migrate

        migrate(database.engine, vault)


def _close_file(file: Path) -> None:
    """Keep others out of a database file, wherever it is, and of what SQLite puts beside it."""
    for path in (file, *file.parent.glob(f"{file.name}-*")):
        close(path)
