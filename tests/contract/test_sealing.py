"""What versions before kept in clear is sealed by the upgrade, and left nowhere in the file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, literal_column, select, table, text
from sqlmodel import select as select_rows

from server.actions.services.documents import document_of
from server.domain.messages.mails import Mail
from server.domain.services.configs import ProxyConfig
from server.kit.crypto import token_digest
from server.kit.db import Database
from server.migrations.run import migrate
from tests.kit.make import TEST_VAULT, make_deps
from tests.server.migrations.test_versions import BEFORE_SEALING, load_old

CODE = "0123456789abcdef" * 3
IN_CHAIN = "secret-of-a-chain-0123456789"  # of 0.2: what a policy sets as a header
MAIL = f"Go to http://localhost/activate/{CODE} now."


@pytest.fixture(params=BEFORE_SEALING)
def old(database_url: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """Load what an old version wrote, and put a secret into its mails too."""
    database = load_old(database_url, request.param)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE mails SET body = :body, state = 'kept'"), {"body": MAIL})
    yield database
    database.close()


def clear_secrets(database: Database) -> list[str]:
    """Read the secrets that stand in clear."""
    with database.engine.connect() as connection:
        tokens = connection.execute(text("SELECT secret_token FROM proxies")).scalars().all()
        contents = connection.execute(text("SELECT CAST(content AS TEXT) FROM proxy_configs"))
        services = [each.split('"backend_authentication_value": "')[1].split('"')[0]
                    for each in contents.scalars()]  # fmt: skip
        events = connection.execute(text("SELECT CAST(payload AS TEXT) FROM events"))
        chains = [IN_CHAIN] if any(IN_CHAIN in each for each in events.scalars()) else []
    return [*tokens, *services, *chains, CODE]


def everything_in(database: Database, file: Path) -> bytes:
    """Read all rows of all tables, and for SQLite the bytes of its files."""
    with database.engine.connect() as connection:
        rows: list[Any] = []
        for name in inspect(connection).get_table_names():
            query: Any = select(literal_column("*")).select_from(table(name))
            rows += [[_plain(value) for value in row] for row in connection.execute(query)]
    files = [each.read_bytes() for each in file.parent.glob(f"{file.name}*") if database.is_sqlite]
    return str(rows).encode() + b"".join(files)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def test_an_upgrade_leaves_no_secret_in_clear(old: Database, tmp_path: Path) -> None:
    secrets = clear_secrets(old)
    file = Path(old.engine.url.database or tmp_path)
    assert all(secret.encode() in everything_in(old, file) for secret in secrets)

    migrate(old.engine, TEST_VAULT)

    found = everything_in(old, file)
    assert len(secrets) > 3
    assert not [secret for secret in secrets if secret.encode() in found]


def test_what_was_sealed_is_read_as_before(
    old: Database, database_url: str, tmp_path: Path
) -> None:
    secrets = clear_secrets(old)
    migrate(old.engine, TEST_VAULT)
    deps = make_deps(tmp_path, url=database_url)

    with deps.database.read() as db:
        mails = db.exec(select_rows(Mail)).all()
        configs = db.exec(select_rows(ProxyConfig))
        documents = [document_of(deps.installation, each) for each in configs]

    deps.database.close()
    assert {each["proxy"]["secret_token"] for each in documents} <= set(secrets)
    assert {each["backend_authentication_value"] for each in documents} <= set(secrets)
    assert {deps.installation.vault.unseal(mail.body_sealed) for mail in mails} == {MAIL}
    assert {mail.link_digest for mail in mails} == {token_digest(CODE)}


def test_an_upgrade_without_keys_changes_nothing(old: Database) -> None:
    with pytest.raises(RuntimeError, match="keys of the data directory"):
        migrate(old.engine)

    assert clear_secrets(old)
