"""Ready-made objects for tests: dependencies on a fresh database, a provider with sample data."""

import tempfile
from functools import cache
from pathlib import Path

from server.actions.provider.providers import NewProvider, create_provider
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.installation import Addresses, Installation
from server.domain.services.proxies import ProbeResult
from server.kit.clock import Clock, SystemClock
from server.kit.crypto import Vault
from server.kit.db import Database
from server.migrations.run import migrate

TEST_VAULT = Vault(b"a key of 32 bytes for tests only")


def make_deps(
    directory: Path, *, url: str | None = None, clock: Clock | None = None
) -> Dependencies:
    """Make dependencies on the migrated database of `url`, or a fresh one; its probe says yes."""
    if url is None:
        copy_of_migrated(directory / "test.db")
    database = Database(url or f"sqlite:///{directory / 'test.db'}")
    installation = Installation(
        TEST_VAULT, Addresses("http://localhost:8000", "localhost"), clock or SystemClock()
    )
    return Dependencies(
        database, installation, lambda _service_id: ProbeResult(True, 200, "Reached.")
    )


def make_provider(deps: Dependencies, name: str = "Acme") -> NewProvider:
    """Make a provider with its sample data; all secrets are in the answer."""
    with deps.database.write() as db:
        return create_provider(db, deps.installation, name, f"admin@{name.lower()}.example")


def staff(provider: NewProvider) -> Actor:
    """Make the actor of the provider's system, who may do everything."""
    return Actor.system(provider.provider.id)


@cache
def _migrated() -> bytes:
    """Migrate one SQLite database, for all tests to start from."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "migrated.db"
        database = Database(f"sqlite:///{file}")
        migrate(database.engine)
        database.close()
        return file.read_bytes()


def copy_of_migrated(file: Path) -> None:
    """Put a migrated SQLite database at a path where there is none yet."""
    if not file.exists():
        file.write_bytes(_migrated())
