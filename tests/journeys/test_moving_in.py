"""docs/moving-in.md, carried out: a tenant moves while its APIs are called, and nobody notices."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import httpx2 as httpx
import pytest
from typer.testing import CliRunner, Result

from server.cli.main import app
from tests.house.tree import text_of
from tests.kit.front import Front, running_front
from tests.kit.moving import OWN_KEY, USER_KEY, OldTenant, environment_of, opened, seed
from tests.kit.process import Gatehouse, nursery_of_run, until

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
    asked: dict[str, str]  # service id and token
    statuses: list[tuple[str, int]] = field(default_factory=list)
    _stop: Event = field(default_factory=Event)

    def ask(self, user_key: str) -> int:
        """Ask and count one call."""
        params = {**self.asked, "user_key": user_key, "usage[hits]": "1"}
        address = self.address
        answer = httpx.get(f"{address}/transactions/authrep.xml", params=params, timeout=30)
        self.statuses.append((address, answer.status_code))
        return answer.status_code

    def used(self, user_key: str) -> int:
        """Read what an application has used this month; counts nothing."""
        params = {**self.asked, "user_key": user_key}
        answer = httpx.get(f"{self.address}/transactions/authorize.xml", params=params, timeout=30)
        told = re.search(r'period="month">.*?<current_value>(\d+)<', answer.text, re.DOTALL)
        return int(told[1]) if told else 0

    def keep_asking(self, front: Front) -> Thread:
        """Ask all the while, as one application, and call through a gateway, too."""

        def run() -> None:
            while not self._stop.wait(0.05):
                self.ask(OWN_KEY)
                self.statuses.append((THERE, front.call(OWN_KEY)))

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
    old, new = (Gatehouse(tmp_path / name, nursery=nursery_of_run()) for name in ("old", "new"))
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


@pytest.fixture
def front(world: World, tmp_path: Path) -> Iterator[Front]:
    """Run a gateway before the APIs, which asks where they are managed."""
    with running_front(tmp_path / "front", world.old.url, asked_of(world)) as running:
        yield running


def asked_of(world: World) -> dict[str, str]:
    """Tell what gateways send beside what they are called with."""
    service_id = world.tenant.service_ids["pets"]
    return {"service_token": world.tenant.service_token, "service_id": str(service_id)}


@pytest.mark.nginx
def test_a_tenant_moves_while_its_apis_are_called_and_no_call_is_refused(
    world: World, front: Front, tmp_path: Path
) -> None:
    create, dry, first, serve, again, last = commands()
    there, here = (Caller(side.url, asked_of(world)) for side in (world.old, world.new))
    caller = Caller(there.address, there.asked)
    assert [there.ask(USER_KEY) for _ in range(6)] == [200] * 6
    assert front.call(USER_KEY) == 200
    asking = caller.keep_asking(front)
    world.run(create)
    told = world.run(dry).output
    assert "Dry run: nothing is stored." in told
    assert "+ service pets" in told

    world.run(first)
    assert serve[:1] == ["serve"]
    world.new.start()
    assert [here.ask(USER_KEY), there.ask(USER_KEY)] == [200, 200]  # from now on both count
    lines = world.run(again).output.splitlines()
    until(lambda: here.used(USER_KEY) == 9, seconds=30)  # those of both sides, while it runs
    caller.address = here.address  # the switch
    front.turn(here.address)
    switched = len(caller.statuses)
    until(lambda: len(caller.statuses) > switched + 10, seconds=30)
    mailed = world.run(last).output
    caller.stop(asking)

    assert {status for _, status in caller.statuses} == {200}
    assert {address for address, _ in caller.statuses} == {there.address, here.address, THERE}
    assert [line for line in lines if line[:2] in {"+ ", "~ ", "- "}] == []
    calls = len(caller.statuses)
    until(lambda: here.used(OWN_KEY) == calls, seconds=30)  # each once, wherever it was
    assert [front.call(USER_KEY), front.call(USER_KEY), here.ask(USER_KEY)] == [200, 403, 409]
    both_are_alike(world, tmp_path)
    assert "jane@farm.example: a link to a new password" in mailed


def both_are_alike(world: World, folder: Path) -> None:
    """Compare what both sides export."""
    old = exported(world, environment_of(world.old.data_dir, world.old.url), folder / "x")
    assert exported(world, world.env, folder / "y") == old
