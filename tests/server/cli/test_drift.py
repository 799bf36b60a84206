"""The recipe for pipelines of docs/portal-as-code.md, carried out."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from server.actions.provider.providers import create_empty_provider
from tests.house.tree import text_of
from tests.kit.moving import environment_of, opened
from tests.server.cli.test_as_code import gatehouse

PAGE = "docs/portal-as-code.md"
SHELL = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m server.cli "$@"\n'


def steps() -> dict[str, dict[str, Any]]:
    """Read the steps of the page's recipe, by name."""
    found = re.search(r"```yaml\n(name: configuration\n.*?)```", text_of(PAGE), re.DOTALL)
    assert found is not None
    document = yaml.safe_load(found[1])
    return {each["name"]: each for each in document["jobs"]["configuration"]["steps"][1:]}


def test_the_recipe_fails_on_drift_and_applies_the_folder(tmp_path: Path, monkeypatch: Any) -> None:
    env = environment_of(tmp_path / "data", "http://127.0.0.1:8000")
    storage = opened(env)
    with storage.database.write() as db:
        create_empty_provider(db, storage.installation, "Acme", "admin@acme.example")
    storage.database.close()
    monkeypatch.chdir(tmp_path)
    assert gatehouse(env, "export", "acme").exit_code == 0
    file = tmp_path / "acme" / "provider.yaml"
    file.write_text(file.read_text().replace("name: Acme", "name: Another"))
    drift, apply = steps()["Drift"], steps()["Apply"]

    (tmp_path / "gatehouse").write_text(SHELL)
    (tmp_path / "gatehouse").chmod(0o700)
    (tmp_path / "step.sh").write_text(drift["run"])
    command = shlex.split(drift["shell"].replace("{0}", "step.sh"))
    paths = {"PATH": f"{tmp_path}:/usr/bin:/bin", "PYTHONPATH": ":".join(filter(None, sys.path))}
    ended = subprocess.run(command, env={**env, **paths}, check=False, capture_output=True)
    assert ended.returncode == 2, ended.stderr
    assert json.loads((tmp_path / "drift.json").read_text())["drift"] is True

    for line in apply["run"].splitlines():
        done = gatehouse(env, *shlex.split(line)[1:])
        assert done.exit_code == 0, done.output
    assert 'name: "Acme" -> "Another"' in done.output
    assert gatehouse(env, *shlex.split(drift["run"].partition("|")[0])[1:]).exit_code == 0
