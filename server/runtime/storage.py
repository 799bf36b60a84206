"""Opening what a process stands on: data directory, keys, database."""

from dataclasses import dataclass

from server.domain.errors import changed_meanwhile
from server.domain.installation import Addresses, Installation
from server.kit.crypto import Vault
from server.kit.db import Database
from server.migrations.version import newest, refuse_unknown, version_of
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class Storage:
    """The open database and what the installation is."""

    database: Database
    installation: Installation


def open_storage(settings: Settings) -> Storage:
    """Make the data directory if need be, open the keys and the migrated database.

    Raises: OSError, DamagedKey, UnknownVersion, and what the database raises.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url, changed_meanwhile)
    version = version_of(database.engine)
    refuse_unknown(version)
    if version != newest():
        # Here and not above: loading it takes a sixth of a start that has nothing to migrate.
        from server.migrations.run import migrate

        migrate(database.engine)
    vault = Vault.open(settings.data_dir / "secret.key")
    addresses = Addresses(settings.public_url, settings.domain)
    return Storage(database, Installation(vault, addresses))
