"""The walk of docs/making-the-portal-your-own.md does what it says, step by step."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.actions.provider.providers import create_provider
from server.auth.dependencies import Dependencies
from server.cli.main import app
from server.domain.services.proxies import ProbeResult
from server.runtime.storage import Storage, open_storage
from server.settings import Settings
from tests.cms.browser import open_browser
from tests.house.tree import text_of
from tests.kit.browser import Browser

PAGE = "docs/making-the-portal-your-own.md"
STEP = re.compile(
    r"Save this as\s+`(?P<file>[^`]+)`:\n\n```\w*\n(?P<text>.*?)```"
    r"|\$ gatehouse (?P<command>[^\n]+)"
    r"|`(?P<path>/[^`]+)` shows `(?P<shown>[^`]+)`"
    r"|`(?P<gone>/[^`]+)` is not there for a visitor"
    r"|`(?P<moved>/[^`]+)` leads to `(?P<target>[^`]+)`",
    re.DOTALL,
)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Make the environment of an installation."""
    return {"GATEHOUSE_DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def storage(env: dict[str, str]) -> Iterator[Storage]:
    """Open a new installation with its first provider."""
    storage = open_storage(Settings.from_env(env))
    with storage.database.write() as db:
        create_provider(db, storage.installation, "Acme", "admin@acme.example")
    yield storage
    storage.database.close()


@pytest.fixture
def visitor(storage: Storage) -> Browser:
    """Open a visitor's browser."""
    probe = ProbeResult(True, 200, "Reached.")
    return open_browser(Dependencies(storage.database, storage.installation, lambda _: probe))


def _do(step: dict[str, str | None], env: dict[str, str], visitor: Browser) -> str:
    """Do one step, and tell of what kind it was."""
    if step["file"]:
        file = Path(step["file"])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(step["text"] or "", encoding="utf-8")
        return "file"
    if step["command"]:
        result = CliRunner().invoke(app, step["command"].split(), env=env)
        assert result.exit_code == 0, (step["command"], result.output)
        return "command"
    if step["path"]:
        assert (step["shown"] or "?") in visitor.page(step["path"])
        return "page"
    if step["gone"]:
        assert visitor.get(step["gone"]).status_code == 404
        return "gone"
    answer = visitor.get(step["moved"] or "")
    assert (answer.status_code, answer.headers["location"]) == (301, step["target"])
    return "redirect"


def test_the_walk_does_what_it_says(
    env: dict[str, str], visitor: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert os.listdir(tmp_path) == ["data"]
    walk = text_of(PAGE).partition("## A walk")[2].partition("## What there is")[0]

    kinds = [_do(match.groupdict(), env, visitor) for match in STEP.finditer(walk)]

    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "command": 5,
        "file": 7,
        "gone": 1,
        "page": 3,
        "redirect": 1,
    }
