"""Two versions in one run: `python bench/beside.py /path/of/another/tree` loads both in turn.

Each tree runs its own server on its own data; both must have `bench.world` and the names below.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve()
ROUNDS = 5
SECONDS = 3
START_S = 120


def serve(told: Path) -> None:
    """Run the world of the tree that is first on the path, until its file is gone."""
    import bench.__main__ as table  # here: this half of the file runs in either tree
    from bench.world import running_world

    with running_world() as world:
        folder, url = world.gatehouse.data_dir, world.gatehouse.url
        token = world.gatehouse.first_start["access_token"]
        query, cookie = folder / "query.lua", folder / "cookie.lua"
        query.write_text(table.POST.format(token=token, body=json.dumps({"query": table.QUERY})))
        cookie.write_text(f'wrk.headers["Cookie"] = "{table._portal_cookie(world)}"\n')
        rows = {
            "Mounted proxy, c=32": [world.call, 32, None],
            "Mounted proxy, c=1": [world.call, 1, None],
            "authrep, c=64": [world.authrep, 64, None],
            "Admin GraphQL, c=8": [f"{url}/admin/api/graphql", 8, str(query)],
            "Portal home page, c=8": [f"{url}/", 8, None],
            "Logged-in dashboard, c=8": [f"{url}/admin", 8, str(cookie)],
        }
        told.write_text(json.dumps(rows))
        while told.exists():
            time.sleep(0.2)


@contextmanager
def serving(tree: Path, told: Path) -> Iterator[dict[str, Any]]:
    """Run a tree's world in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    command = [sys.executable, str(HERE), "--serve", str(told)]
    with subprocess.Popen(command, cwd=tree, env=environment) as process:
        try:
            give_up_at = time.monotonic() + START_S
            while not (told.exists() and told.read_text()):
                if process.poll() is not None or time.monotonic() > give_up_at:
                    raise SystemExit(f"{tree} does not serve.")
                time.sleep(0.2)
            yield json.loads(told.read_text())
        finally:
            told.unlink(missing_ok=True)


def compare(other: Path) -> None:
    """Load both trees in turn, row by row, and print a Markdown table."""
    from bench.load import wrk  # here: the path is set by now

    print("| What | Other | This | Ratio | p99 |\n|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        before, after = Path(folder, "other.json"), Path(folder, "this.json")
        with serving(other, before) as old, serving(HERE.parents[1], after) as new:
            for what in new:
                runs: dict[int, list[Any]] = {0: [], 1: []}
                for number in range(2 * ROUNDS):
                    side = number % 2 if number // 2 % 2 else 1 - number % 2
                    url, connections, script = (old, new)[side][what]
                    path = Path(script) if script else None
                    load = wrk(url, connections=connections, seconds=SECONDS, script=path)
                    runs[side].append(load)
                speeds = [median(load.per_s for load in runs[side]) for side in (0, 1)]
                p99_ms = [median(load.p99_ms for load in runs[side]) for side in (0, 1)]
                print(
                    f"| {what} | {speeds[0]:,.0f}/s | {speeds[1]:,.0f}/s "
                    f"| {speeds[1] / speeds[0]:.2f} | {p99_ms[0]:.1f} → {p99_ms[1]:.1f} ms |",
                    flush=True,
                )


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        serve(Path(sys.argv[2]))
    else:
        sys.path.insert(0, str(HERE.parents[1]))
        compare(Path(sys.argv[1]).resolve())
