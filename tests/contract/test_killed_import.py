"""A process that is killed amid an import: another one goes on, line by line where it was."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from server.actions.provider.bulk import start_import
from server.actions.provider.providers import NewProvider
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.provider.bulk import LEASE, BulkOperation
from server.graphql.bulk.runner import BulkRunner
from server.kit.clock import FixedClock
from tests.kit.make import make_deps, make_provider
from tests.kit.work import by

ROOT = Path(__file__).parents[2]
LINES = 40  # fewer than are noted together
RUN = """
import sys
from pathlib import Path
from server.graphql.bulk.runner import BulkRunner
from tests.kit.make import make_deps
BulkRunner(make_deps(Path(sys.argv[1]))).run()
"""
IMPORT = """mutation($input: SignupInput!) { accountCreate(input: $input) {
  userErrors { code field } account { orgName } } }"""


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Make dependencies on the file that the other process works on."""
    deps = make_deps(tmp_path)
    yield deps
    deps.database.close()


@pytest.fixture
def acme(deps: Dependencies) -> NewProvider:
    """Make a provider with its sample data."""
    return make_provider(deps, "Acme")


def line_of(name: str) -> str:
    given = {"orgName": name, "username": name, "email": f"{name}@acme.example"}
    return json.dumps({"input": given})


def test_after_a_kill_no_line_is_done_twice_and_none_is_lost(
    tmp_path: Path, deps: Dependencies, acme: NewProvider
) -> None:
    names = [f"org{n:02}" for n in range(LINES)]
    with deps.database.write() as db:
        work = by(db, actor_of_user(acme.admin), deps.installation)
        number = start_import(work, IMPORT, "\n".join(map(line_of, names))).id

    def made() -> int:
        with deps.database.read() as db:
            of_lines = select(func.count()).where(col(Account.org_name).in_(names))
            return db.exec(of_lines).one()

    with subprocess.Popen([sys.executable, "-c", RUN, tmp_path], cwd=ROOT) as process:
        while made() < 5:
            assert process.poll() is None, "it ended before it was killed"
            time.sleep(0.002)
        process.kill()
    with deps.database.read() as db:
        left = db.get_one(BulkOperation, number)
    before = made()
    too_early = BulkRunner(deps).run()
    later = make_deps(tmp_path, clock=FixedClock(deps.installation.clock.now() + 2 * LEASE))
    bulk = BulkRunner(later)
    while bulk.run():
        pass
    later.database.close()

    with deps.database.read() as db:
        done = db.get_one(BulkOperation, number)
    assert (left.state, left.object_count, before < LINES) == ("running", 0, True)
    assert not too_early, "whoever is at it may still live"
    assert (done.state, done.object_count, done.error_count) == ("completed", LINES, 0)
    assert (made(), done.position) == (LINES, str(LINES))
