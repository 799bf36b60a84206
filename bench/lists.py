"""Every list, narrowed by every filter, at its begin, middle and end: `python -m bench.lists`.

Requests and answers count, with page and totals, as the time that this process and the database's
had a processor: what else the machine does makes no difference. `--few` is for a try, `--keep` for
several: a folder with the filled SQLite database.
"""

import argparse
import json
import pickle
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event, text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bench.filled import Filled, Size, fill
from bench.walks import Walk, walks_of
from server.admin import routes as admin
from server.auth.dependencies import Dependencies
from server.graphql import routes as graphql
from server.rest import routes as rest
from server.rest.shapes import PREFIX
from tests.kit.browser import PROVIDERS, Browser
from tests.kit.make import make_deps
from tests.kit.services import running_postgres

MOST_MS = 50
TRIES = 3
SHOWN = 12  # the slowest
FEW = Size(accounts=2_000, applications=4_000, events=4_000)


@dataclass(slots=True)
class Noted:
    """What the statements of one request took."""

    statements: list[tuple[float, str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Measured:
    """One address, and what it took."""

    walk: Walk
    ms: float
    slowest: tuple[float, str, Any]
    count: int  # of statements


class Asker:
    """Asks the faces, in this process, and notes the statements."""

    def __init__(self, deps: Dependencies, filled: Filled, stack: ExitStack) -> None:
        self._deps, self._token = deps, filled.provider.access_token
        routes = [*admin.routes(deps), *rest.routes(deps), *graphql.routes(deps)]
        client = TestClient(
            Starlette(routes=routes), base_url="http://localhost:8000", follow_redirects=False
        )
        self._client = stack.enter_context(client)
        self._browser = Browser(self._client, PROVIDERS)
        self._browser.log_in(filled.provider.admin.username, filled.provider.admin_password)

    def measure(self, walk: Walk) -> Measured:
        """Ask a few times; the median counts."""
        took: list[float] = []
        for _ in range(TRIES):
            with self._noting() as noted:
                began_ms = self._worked_ms()
                self._ask(walk)
                took.append(self._worked_ms() - began_ms)
        slowest = max(noted.statements, key=lambda each: each[0])
        return Measured(walk, median(took), slowest, len(noted.statements))

    def _worked_ms(self) -> float:
        """Tell how long this process and the database's ones had a processor."""
        return time.process_time() * 1000 + sum(map(_ran_ms, self._servers()))

    def _servers(self) -> list[int]:
        """List the processes of PostgreSQL that answer us."""
        if self._deps.database.is_sqlite:
            return []
        with self._deps.database.read() as db:
            found = db.execute(text("SELECT pid FROM pg_stat_activity WHERE pid IS NOT NULL"))
            return [row[0] for row in found]

    def _ask(self, walk: Walk) -> None:
        if walk.face == "admin":
            answer = self._client.get(f"/p/admin{walk.path}", params=walk.params)
        elif walk.face == "rest":
            bearer = {"authorization": f"Bearer {self._token}"}
            path = f"{PREFIX}{walk.path}.json"
            answer = self._client.get(path, params=walk.params, headers=bearer)
        else:
            answer = self._client.post(
                "/admin/api/graphql",
                content=json.dumps({"query": walk.path}),
                headers={
                    "content-type": "application/json",
                    "authorization": f"Bearer {self._token}",
                },
            )
        if answer.status_code != 200 or '"errors"' in answer.text[:200]:
            raise RuntimeError(f"{walk.told}: {answer.status_code} {answer.text[:300]}")

    @contextmanager
    def _noting(self) -> Iterator[Noted]:
        noted, began = Noted(), [0.0]

        def before(*_: Any) -> None:
            began[0] = time.perf_counter()

        def after(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            took = (time.perf_counter() - began[0]) * 1000
            noted.statements.append((took, statement, parameters))

        engine = self._deps.database.engine
        event.listen(engine, "before_cursor_execute", before)
        event.listen(engine, "after_cursor_execute", after)
        try:
            yield noted
        finally:
            event.remove(engine, "before_cursor_execute", before)
            event.remove(engine, "after_cursor_execute", after)


def _ran_ms(pid: int) -> float:
    """Tell how long a process had a processor, in nanoseconds' steps; nothing once it is gone."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1_000_000
    except OSError:
        return 0.0


def main() -> None:
    """Fill both databases, or the one that is named, and print what each list took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", action="store_true", help="a small world, to try it")
    parser.add_argument("--only", choices=("SQLite", "PostgreSQL"), help="one database")
    parser.add_argument("--keep", type=Path, help="a folder for SQLite's database, for more runs")
    parser.add_argument("--list", help="one list, as the table names it")
    given = parser.parse_args()
    size = FEW if given.few else Size()
    print("| Database | List | Addresses | Median | p99 | Slowest | Slower than 50 ms |")
    print("|---|---|---|---|---|---|---|")
    if given.only != "PostgreSQL":
        with TemporaryDirectory() as folder:
            deps, filled = _kept(given.keep, size) if given.keep else _filled(Path(folder), size)
            report("SQLite", deps, filled, given.list)
    if given.only != "SQLite":
        with running_postgres() as server, TemporaryDirectory() as folder:
            url = server.url(server.create_database())
            deps = _migrated(Path(folder), url)
            report("PostgreSQL", deps, fill(deps, size), given.list)
            deps.database.close()


def _migrated(folder: Path, url: str) -> Dependencies:
    from server.migrations.run import migrate

    deps = make_deps(folder, url=url)
    migrate(deps.database.engine)
    return deps


def _filled(folder: Path, size: Size) -> tuple[Dependencies, Filled]:
    deps = make_deps(folder)
    return deps, fill(deps, size)


def _kept(folder: Path, size: Size) -> tuple[Dependencies, Filled]:
    """Take the database of a former run, or fill one for the next."""
    told = folder / "filled.pickle"
    if not told.exists():
        folder.mkdir(parents=True, exist_ok=True)
        deps, filled = _filled(folder, size)
        told.write_bytes(pickle.dumps(filled))
        return deps, filled
    filled = pickle.loads(told.read_bytes())  # noqa: S301 - our own
    return _migrated(folder, f"sqlite:///{folder / 'test.db'}"), filled


def report(name: str, deps: Dependencies, filled: Filled, only: str | None = None) -> None:
    """Measure all walks, and print a line for each list and what was slowest."""
    with ExitStack() as stack:
        asker = Asker(deps, filled, stack)
        found: dict[str, list[Measured]] = {}
        for walk in walks_of(deps, filled):
            if only not in (None, walk.name):
                continue
            found.setdefault(walk.name, []).append(asker.measure(walk))
    for list_name, rows in found.items():
        print(_line(name, list_name, [row.ms for row in rows]))
    every = sorted((row for rows in found.values() for row in rows), key=lambda row: -row.ms)
    print(f"\nSlowest on {name}:\n")
    for row in every[:SHOWN]:
        took, statement, parameters = row.slowest
        print(f"* {row.ms:.0f} ms, {row.count} statements: {row.walk.told}")
        if row.ms > MOST_MS:
            print(f"  {took:.0f} ms: {' '.join(statement.split())[:600]}")
            for line in _plan(deps, statement, parameters):
                print(f"      {line}")
    print()


def _line(name: str, list_name: str, took: list[float]) -> str:
    p99 = quantiles(took, n=100)[98] if len(took) > 1 else took[0]
    slow = sum(ms > MOST_MS for ms in took)
    numbers = f"{median(took):.1f} ms | {p99:.1f} ms | {max(took):.1f} ms | {slow or 'none'}"
    return f"| {name} | {list_name} | {len(took)} | {numbers} |"


def _plan(deps: Dependencies, statement: str, parameters: Any) -> list[str]:
    explain = "EXPLAIN QUERY PLAN " if deps.database.is_sqlite else "EXPLAIN (ANALYZE, BUFFERS) "
    with deps.database.read() as db:
        found = db.connection().exec_driver_sql(explain + statement, parameters)
        return [str(row[-1])[:200] for row in found][:14]


Params = Mapping[str, str]

if __name__ == "__main__":
    main()
