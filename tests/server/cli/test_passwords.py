"""`gatehouse provider reset-password`: the way in for who has lost the admin's password."""

from pathlib import Path

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner, Result

from server.actions.provider.providers import NewProvider, create_provider
from server.auth.sessions import open_session
from server.cli.main import app
from server.domain.accounts.users import User, UserSession
from server.domain.provider.tokens import AccessToken
from server.kit.passwords import password_matches
from server.runtime.storage import Storage, open_storage
from server.settings import Settings


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"GATEHOUSE_DATA_DIR": str(tmp_path)}


@pytest.fixture
def storage(env: dict[str, str]) -> Storage:
    return open_storage(Settings.from_env(env))


@pytest.fixture
def acme(storage: Storage) -> NewProvider:
    with storage.database.write() as db:
        return create_provider(db, storage.installation, "Acme", "admin@acme.example")


def reset(env: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(app, ["provider", "reset-password", *words], env=env)


def rows(db: Session, kind: type[UserSession] | type[AccessToken], user: User) -> int:
    return len(db.exec(select(kind).where(kind.user_id == user.id)).all())


@pytest.mark.parametrize("words", [[], ["--provider", "Acme", "--user", "admin@acme.example"]])
def test_it_prints_a_password_that_opens_the_portal_and_ends_what_was_open(
    words: list[str], env: dict[str, str], storage: Storage, acme: NewProvider
) -> None:
    with storage.database.write() as db:
        open_session(db, storage.installation, db.get_one(User, acme.admin.id))

    result = reset(env, *words)

    assert result.exit_code == 0
    assert result.stdout.startswith("Log in at http://localhost:8000/p/admin as admin / ")
    password = result.stdout.split()[-1]
    with storage.database.read() as db:
        admin = db.get_one(User, acme.admin.id)
        assert password_matches(password, admin.password_hash)
        assert not password_matches(acme.admin_password, admin.password_hash)
        assert rows(db, UserSession, admin) == rows(db, AccessToken, admin) == 0


def test_who_is_not_of_the_staff_is_not_found(
    env: dict[str, str], storage: Storage, acme: NewProvider
) -> None:
    for words, said in (
        (["--user", acme.sample.user.username], "Choose from: admin."),
        (["--provider", "Initech"], "no provider is called 'Initech'"),
    ):
        result = reset(env, *words)
        assert result.exit_code == 2
        assert said in result.stderr
    with storage.database.write() as db:
        db.get_one(User, acme.admin.id).state = "suspended"
    refused = reset(env)
    assert refused.exit_code == 1
    assert "admin is suspended" in refused.stderr
