"""`gatehouse import 3scale` as an operator runs it: dry, real, and against what is no tenant."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from server.domain.accounts.accounts import Account
from server.domain.moving.moved_objects import MovedObject
from server.domain.services.services import Service
from tests.kit.moving import environment_of, opened
from tests.kit.reference import TOKEN, Answer, Reference, served, small_tenant
from tests.server.cli.test_as_code import gatehouse


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Make an installation whose first provider has no API yet."""
    env = environment_of(tmp_path / "data", "http://127.0.0.1:8000")
    words = ("--name", "Acme", "--admin-email", "admin@acme.example", "--empty", "--json")
    made = gatehouse(env, "provider", "create", *words)
    assert set(json.loads(made.stdout)) == {"provider", "admin", "provider_key", "access_token"}
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    return env


@pytest.fixture
def reference() -> Iterator[Reference]:
    """Serve a small tenant."""
    with served(small_tenant()) as told:
        yield told


def rows(env: dict[str, str], model: type) -> int:
    """Count the rows of a table."""
    storage = opened(env)
    with storage.database.read() as db:
        found = len(db.exec(select(model)).all())
    storage.database.close()
    return found


def test_a_dry_run_says_all_and_stores_nothing_and_then_it_is_done(
    env: dict[str, str], reference: Reference, tmp_path: Path
) -> None:
    words = ("--url", reference.url, "--token-file", tmp_path / "token", "--rate", "1000")
    dry = gatehouse(env, "import", "3scale", *words, "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert [rows(env, model) for model in (Service, Account, MovedObject)] == [0, 0, 0]

    done = gatehouse(env, "import", "3scale", *words)

    assert done.exit_code == 0, done.output
    assert [line for line in dry.output.splitlines() if line.startswith("+")] == [
        line for line in done.output.splitlines() if line.startswith("+")
    ]
    assert [rows(env, model) for model in (Service, Account)] == [1, 1]
    report = json.loads((tmp_path / "data" / "import-3scale.json").read_text())
    assert report["dry_run"] is False
    missed = {each["what"]: each for each in report["not_taken_over"]}
    assert missed["user x of Farm"]["way_out"]
    assert TOKEN not in done.output + json.dumps(report)


def test_what_can_not_be_read_ends_it_with_the_way_out(
    env: dict[str, str], reference: Reference, tmp_path: Path
) -> None:
    token, wrong = tmp_path / "token", tmp_path / "wrong"
    wrong.write_text("nothing")
    cases = [
        (reference.url, wrong, "refuses the token (403)"),
        (reference.url, tmp_path / "none", "No such file"),
        ("https://x.example/p/admin", token, "without a path"),
        (reference.url, token, "is no admin portal"),
    ]
    for url, file, words in cases:
        if words == "is no admin portal":
            reference.moods = [Answer(200, b"<!doctype html>")]
        told = gatehouse(env, "import", "3scale", "--url", url, "--token-file", file)
        assert told.exit_code == 1
        assert words in told.output
        assert "Traceback" not in told.output
    assert rows(env, Service) == 0
