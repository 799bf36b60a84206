"""A database that is lived in holds no secret in clear, and its files are for their owner only."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, String, Text, inspect, literal_column, select, table
from sqlmodel import SQLModel

from server.actions.provider.providers import NewProvider
from server.actions.registry import EVERY
from server.auth.dependencies import Dependencies
from server.domain.fields import SHOWN_TO
from server.runtime.first_start import ensure_provider
from server.runtime.storage import open_storage
from server.settings import Settings
from tests.kit.canaries import furnish
from tests.kit.logins import logged_in
from tests.kit.make import make_deps, make_provider

NAMED = re.compile("token|key|secret|passw|code|seal|csrf|cookie", re.IGNORECASE)
NO_SECRETS = {
    "access_tokens.digest": "a digest",
    "api_docs.base_path": "public",
    "passkeys.public_key": "public",
    "providers.site_access_code": "nothing writes it yet",
    "proxies.auth_user_key": "the name of a parameter",
    "proxies.auth_app_key": "the name of a parameter",
    "users.password_hash": "a hash",
}


@pytest.fixture
def deps(tmp_path: Path, migrated_url: str) -> Iterator[Dependencies]:
    """Make dependencies on a fresh database, on SQLite and on PostgreSQL."""
    deps = make_deps(tmp_path, url=migrated_url)
    yield deps
    deps.database.close()


@pytest.fixture
def acme(deps: Dependencies) -> NewProvider:
    """Make a provider with its sample data."""
    return make_provider(deps, "Acme")


def test_no_table_of_a_database_that_is_lived_in_holds_a_secret_in_clear(
    deps: Dependencies, acme: NewProvider
) -> None:
    known = furnish(deps, acme)
    with deps.database.write() as db:
        side = acme.provider.id, "provider"
        login = logged_in(db, deps, side, acme.admin.username, acme.admin_password)
    known.secrets["session"] = login.token

    with deps.database.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        queries: dict[str, Any] = {
            name: select(literal_column("*")).select_from(table(name)) for name in names
        }
        rows = {
            name: [[_plain(each) for each in row] for row in connection.execute(query)]
            for name, query in queries.items()
        }

    found = {(name, kind) for name in rows for kind in known.found_in(str(rows[name]))}
    assert len(known.secrets) > 10
    assert not found
    if deps.database.is_sqlite:
        file = Path(deps.database.engine.url.database or "")
        content = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
        assert not [k for k, value in known.secrets.items() if value.encode() in content]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def test_each_column_that_sounds_like_a_secret_is_sealed_or_a_digest() -> None:
    kinds = (String, Text, LargeBinary)
    columns = [column for each in SQLModel.metadata.tables.values() for column in each.columns]
    open_ones = {
        f"{column.table.name}.{column.name}"
        for column in columns
        if NAMED.search(column.name) and isinstance(column.type, kinds)
        if SHOWN_TO not in column.info and not column.name.endswith("digest")
    }

    assert open_ones <= NO_SECRETS.keys()
    assert len([column for column in columns if SHOWN_TO in column.info]) >= 8


@pytest.mark.parametrize("resource", EVERY, ids=lambda each: each.name)
def test_a_secret_attribute_of_a_resource_is_kept_sealed(resource: Any) -> None:
    columns = resource.model.__table__.columns
    for attribute in resource.attributes:
        if attribute.is_secret:
            assert SHOWN_TO in columns[attribute.column].info
            assert attribute.name not in columns


def test_what_a_data_directory_holds_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "journal").mkdir(parents=True)
    for path in (folder, folder / "journal"):
        path.chmod(0o755)
    for name in ("gatehouse.db", "first-start.json", "journal/1.journal"):
        (folder / name).touch()
        (folder / name).chmod(0o644)
    (folder / "notes.txt").write_text("somebody else's")
    (folder / "notes.txt").chmod(0o644)

    storage = open_storage(Settings.from_env({"GATEHOUSE_DATA_DIR": str(folder)}))
    ensure_provider(storage, folder)
    modes = {p.relative_to(folder).as_posix(): stat.S_IMODE(p.stat().st_mode)
             for p in (folder, *folder.rglob("*"))}  # fmt: skip
    storage.database.close()

    assert modes.pop("notes.txt") == 0o644
    assert modes.pop(".") == modes.pop("journal") == 0o700
    assert {"gatehouse.db", "gatehouse.db-wal", "secret.key", "first-start.json"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def test_a_folder_that_others_share_keeps_its_mode(tmp_path: Path) -> None:
    shared = tmp_path / "tmp"
    shared.mkdir()
    shared.chmod(0o1777)

    open_storage(Settings.from_env({"GATEHOUSE_DATA_DIR": str(shared)})).database.close()

    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777
    assert stat.S_IMODE((shared / "secret.key").stat().st_mode) == 0o600
