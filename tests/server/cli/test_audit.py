"""`gatehouse audit` as an operator runs it: whether the log is as it was sealed, and as a file."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from sqlmodel import col
from typer.testing import CliRunner, Result

from server.auth.dependencies import Dependencies
from server.cli.main import app
from server.domain.events import EventRecord
from server.domain.provider.audit import AuditLink
from server.jobs.audit import ChainKeeper
from server.runtime.storage import Storage, open_storage
from server.settings import Settings
from tests.kit.make import copy_of_migrated, make_deps, make_provider


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Make the environment of an installation."""
    file = tmp_path / "gatehouse.db"
    copy_of_migrated(file)
    return {
        "GATEHOUSE_DATA_DIR": str(tmp_path / "data"),
        "GATEHOUSE_DATABASE_URL": f"sqlite:///{file}",
    }


@pytest.fixture
def storage(env: dict[str, str]) -> Iterator[Storage]:
    """Open what the commands stand on."""
    storage = open_storage(Settings.from_env(env))
    yield storage
    storage.database.close()


@pytest.fixture
def deps(tmp_path: Path, env: dict[str, str], storage: Storage) -> Iterator[Dependencies]:
    """Make what a server would seal with: the same database and the same master key."""
    made = make_deps(tmp_path, url=env["GATEHOUSE_DATABASE_URL"])
    made = replace(made, installation=storage.installation)
    make_provider(made)
    ChainKeeper(made).seal()
    yield made
    made.database.close()


def audit(env: dict[str, str], *arguments: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, ["audit", *arguments], env=env)


def test_an_operator_sees_whether_the_log_was_changed(
    env: dict[str, str], deps: Dependencies
) -> None:
    whole = audit(env, "verify")
    assert whole.exit_code == 0, whole.output
    assert "entries are as they were sealed." in whole.output
    head = whole.output.partition("Head: ")[2].strip()
    count = int(head.partition(":")[0])
    assert len(audit(env, "export").output.splitlines()) == count
    assert audit(env, "verify", "--head", head).exit_code == 0

    with deps.database.write() as db:  # the end is cut off: only who kept the head can tell
        db.execute(delete(AuditLink).where(col(AuditLink.number) == count))
        db.execute(delete(EventRecord).where(col(EventRecord.id) == count))
    assert audit(env, "verify").exit_code == 0
    cut = audit(env, "verify", "--head", head)
    assert cut.exit_code == 3
    assert "does not have the entry" in cut.output

    with deps.database.write() as db:
        db.execute(update(EventRecord).where(col(EventRecord.id) == 3).values(actor="nobody"))
    changed = audit(env, "verify")
    assert changed.exit_code == 3
    assert "Entry 3, the event 3, is not what was sealed." in changed.output
    assert [json.loads(line)["actor"] for line in audit(env, "export").output.splitlines()][2] == (
        "nobody"
    )
