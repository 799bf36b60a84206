"""docs/moving-in.md, carried out: a tenant moves while its APIs are called, and nobody notices."""

import re
import shlex
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import httpx2 as httpx
import pytest
from typer.testing import CliRunner, Result

from server.cli.main import app
from tests.house.tree import text_of
from tests.kit.moving import OWN_KEY, USER_KEY, OldTenant, environment_of, opened, seed
from tests.kit.process import Gatehouse

PAGE = "docs/moving-in.md"
THERE = "https://acme-admin.example.com"
NOBODY = "http://127.0.0.1:9"  # is never called: authrep alone decides


def commands() -> list[list[str]]:
    """List the commands of the page, in order."""
    blocks = re.findall(r"```sh\n(.*?)```", text_of(PAGE), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("gatehouse ")]


@dataclass
class Caller:
    """A plug-in that asks before each call, at an address that may change."""

    address: str
    service_id: int
    token: str
    statuses: list[tuple[str, int]] = field(default_factory=list)
    _stop: Event = field(default_factory=Event)

    def ask(self, user_key: str) -> int:
        """Ask and count one call."""
        params = {"service_token": self.token, "service_id": str(self.service_id)}
        params |= {"user_key": user_key, "usage[hits]": "1"}
        address = self.address
        answer = httpx.get(f"{address}/transactions/authrep.xml", params=params, timeout=30)
        self.statuses.append((address, answer.status_code))
        return answer.status_code

    def keep_asking(self) -> Thread:
        """Ask all the while, as one application."""

        def run() -> None:
            while not self._stop.wait(0.05):
                self.ask(OWN_KEY)

        thread = Thread(target=run, daemon=True)
        thread.start()
        return thread

    def stop(self, thread: Thread) -> None:
        """Ask no more."""
        self._stop.set()
        thread.join(30)


@dataclass
class World:
    """The tenant there, and the folder for the one here."""

    old: Gatehouse
    new: Gatehouse
    env: dict[str, str]  # of commands here
    tenant: OldTenant
    token_file: Path

    def run(self, words: list[str], env: dict[str, str] | None = None) -> Result:
        """Run a command of the page; its example's address and file are those of the test."""
        meant = {THERE: self.old.url, "token": str(self.token_file)}
        given = [meant.get(word, word) for word in words]
        if "import" in words:
            given += ["--rate", "1000"]
        result = CliRunner().invoke(app, given, env=env or self.env)
        assert result.exit_code == 0, result.output
        return result


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Serve a tenant that is going to move."""
    old, new = Gatehouse(tmp_path / "old"), Gatehouse(tmp_path / "new")
    storage = opened(environment_of(old.data_dir, old.url))
    tenant = seed(storage, NOBODY)
    storage.database.close()
    token_file = tmp_path / "token"
    token_file.write_text(f"{tenant.made.access_token}\n")
    old.start()
    try:
        yield World(old, new, environment_of(new.data_dir, new.url), tenant, token_file)
    finally:
        old.stop()
        new.stop()


def exported(world: World, env: dict[str, str], folder: Path) -> dict[str, str]:
    """Export a provider's configuration."""
    world.run(["export", str(folder), "--secrets"], env)
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text() for path in files}


def test_a_tenant_moves_while_its_apis_are_called_and_no_call_is_refused(
    world: World, tmp_path: Path
) -> None:
    create, dry, first, serve, again, last = commands()
    service_id = world.tenant.service_ids["pets"]
    caller = Caller(world.old.url, service_id, world.tenant.service_token)
    assert [caller.ask(USER_KEY) for _ in range(7)] == [200] * 7
    asking = caller.keep_asking()
    world.run(create)
    told = world.run(dry).output
    assert "Dry run: nothing is stored." in told
    assert "+ service pets" in told

    world.run(first)
    assert serve[:1] == ["serve"]
    world.new.start()
    lines = world.run(again).output.splitlines()
    world_there = len(caller.statuses)
    caller.address = world.new.url  # the switch
    deadline_s = time.monotonic() + 30
    while len(caller.statuses) < world_there + 5 and time.monotonic() < deadline_s:
        time.sleep(0.05)
    caller.stop(asking)

    assert {status for _, status in caller.statuses} == {200}
    assert {address for address, _ in caller.statuses} == {world.old.url, world.new.url}
    assert [line for line in lines if line[:2] in {"+ ", "~ ", "- "}] == []
    assert [caller.ask(USER_KEY) for _ in range(4)] == [200, 200, 200, 409]  # 10 a month
    old = exported(world, environment_of(world.old.data_dir, world.old.url), tmp_path / "x")
    new = exported(world, world.env, tmp_path / "y")
    assert new == old
    mailed = world.run(last).output
    assert "jane@farm.example: a link to a new password" in mailed
