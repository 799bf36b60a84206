"""Ready-made objects for tests: dependencies on a fresh database, a provider with sample data."""

import pickle
import tempfile
from functools import cache
from pathlib import Path
from typing import cast

from cms.portal.shipped import PortalShipped
from server.actions.provider.providers import NewProvider, create_provider
from server.as_code import wire
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.errors import changed_meanwhile
from server.domain.installation import Addresses, Installation
from server.domain.provider.domains import Proof, ProvedBy
from server.domain.provider.webhooks import HookAnswer
from server.domain.services.proxies import ProbeResult
from server.kit.clock import Clock, SystemClock
from server.kit.crypto import Vault
from server.kit.db import Database
from server.migrations.run import migrate
from server.rest.objects import RestObjects
from server.runtime.documents import document_reader
from tests.kit.emptied import furnish

DOCUMENT = '{"openapi": "3.1.0", "info": {"title": "Fetched"}, "paths": {}}'
TEST_VAULT = Vault(b"a key of 32 bytes for tests only")


def make_deps(
    directory: Path, *, url: str | None = None, clock: Clock | None = None
) -> Dependencies:
    """Make dependencies on the migrated database of `url`, or a fresh one; its probe says yes.

    What is fetched is always the same document, and every domain is proved.
    """
    if url is None:
        copy_of_migrated(directory / "test.db")
    database = Database(url or f"sqlite:///{directory / 'test.db'}", changed_meanwhile)
    installation = Installation(
        TEST_VAULT,
        Addresses("http://localhost:8000", "localhost"),
        clock or SystemClock(),
        PortalShipped(),
    )
    return Dependencies(
        database,
        installation,
        lambda _service_id: ProbeResult(True, 200, "Reached."),
        lambda _provider_id, _url, _listening: DOCUMENT,
        prove=lambda _claim: Proof(ProvedBy.DNS),
        call_hooks=lambda calls: [HookAnswer(status=204) for _ in calls],
        objects=RestObjects(),
        documents=document_reader,
        folders=wire,
    )


def make_provider(deps: Dependencies, name: str = "Acme") -> NewProvider:
    """Make a provider with its sample data; all secrets are in the answer.

    The first one of an untouched site is copied: nearly all tests start from the same.
    """
    if not deps.database.is_sqlite and _is_plain(deps):
        made = furnish(deps.database.url, name, lambda: _create_provider(deps, name))
        return cast("NewProvider", made)
    file = _untouched_file(deps)
    if file is None:
        return _create_provider(deps, name)
    content, pickled = _seeded(name)
    file.write_bytes(content)
    provider: NewProvider = pickle.loads(pickled)  # noqa: S301 - our own, of a moment ago
    return provider


def _create_provider(deps: Dependencies, name: str) -> NewProvider:
    with deps.database.write() as db:
        return create_provider(db, deps.installation, name, f"admin@{name.lower()}.example")


def _untouched_file(deps: Dependencies) -> Path | None:
    """Find the file of a SQLite database that nobody opened yet."""
    if not _is_plain(deps):
        return None
    file = Path(deps.database.engine.url.database or "")
    is_open = file.with_name(f"{file.name}-wal").exists()
    if is_open or not deps.database.is_sqlite or not file.is_file():
        return None
    return file if file.read_bytes() == _migrated() else None


def _is_plain(deps: Dependencies) -> bool:
    """Tell that nobody listens and no clock is set: what is copied is of before."""
    return not deps.database._listeners and isinstance(deps.installation.clock, SystemClock)


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


@cache
def _seeded(name: str) -> tuple[bytes, bytes]:
    """Make a provider on a database of its own: the file, and the provider pickled."""
    with tempfile.TemporaryDirectory() as folder:
        deps = make_deps(Path(folder))
        provider = _create_provider(deps, name)
        deps.database.close()
        return (Path(folder) / "test.db").read_bytes(), pickle.dumps(provider)


def copy_of_migrated(file: Path) -> None:
    """Put a migrated SQLite database at a path where there is none yet."""
    if not file.exists():
        file.write_bytes(_migrated())
