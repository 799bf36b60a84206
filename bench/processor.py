"""What a page costs in processor time, of two versions in turn: `python bench/processor.py TREE`.

Each tree runs its own server on fresh data. Requests go one after the other, and what all
processes of the server spent is read before and after: a busy machine makes them later, not dearer.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

HERE = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
ROUNDS, REQUESTS, WARM = 5, 300, 30
NEVER_KEPT = "?n=1"  # what comes with a query is made anew each time
START_S = 90
VISITOR: Mapping[str, str] = {
    "Home page": "/",
    "Documentation": "/docs",
    "Plans": "/plans",
    "Login form": "/login",
}
DEVELOPER: Mapping[str, str] = {
    "Dashboard, logged in": "/admin",
    "Home page, logged in": "/",
    "Applications, logged in": "/admin/applications",
}


@dataclass
class Server:
    """One tree's server, and who is logged in on it."""

    port: int
    process: subprocess.Popen[bytes]
    cookie: str = ""
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, path: str, headers: Mapping[str, str]) -> bytes:
        """Ask for a page. Raises: RuntimeError when it is none."""
        self.connection.request("GET", path, headers=dict(headers))
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path} says {answer.status}")
        return body

    def spent_s(self) -> float:
        """Tell the processor time of all of its processes."""
        return sum(_spent_s(number) for number in {self.process.pid, *_below(self.process.pid)})

    def log_in(self, user: Mapping[str, str]) -> None:
        """Log in as the sample developer."""
        self.connection.request("GET", "/login")
        answer = self.connection.getresponse()
        page = answer.read().decode()
        token = page.partition('name="authenticity_token" value="')[2].partition('"')[0]
        seed = (answer.headers.get("set-cookie") or "").partition(";")[0]
        form = {**user, "authenticity_token": token}
        sent = {"Cookie": seed, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", "/session", urlencode(form), sent)
        answer = self.connection.getresponse()
        answer.read()
        given = [each.partition(";")[0] for each in answer.headers.get_all("set-cookie") or []]
        self.cookie = "; ".join(each for each in given if "session" in each)
        if not self.cookie:
            raise RuntimeError(f"nobody is logged in: {answer.status}")


def _spent_s(number: int) -> float:
    try:
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def _below(number: int) -> Iterator[int]:
    for task in Path(f"/proc/{number}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            yield child
            yield from _below(child)


@contextmanager
def serving(tree: Path) -> Iterator[Server]:
    """Run a tree's server on fresh data, somebody logged in."""
    with TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        env = {
            **os.environ,
            "PYTHONPATH": str(tree),
            "GATEHOUSE_DATA_DIR": folder,
            "GATEHOUSE_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "GATEHOUSE_LOG": "warning",
        }
        command = [sys.executable, "-m", "server.cli", "serve", "--port", str(port)]
        with subprocess.Popen(command, cwd=tree, env=env) as process:
            try:
                server = Server(port, process)
                _wait_for(server)
                start = json.loads(Path(folder, "first-start.json").read_text())
                names = ("username", "password")
                server.log_in({name: start["sample"][name] for name in names})
                yield server
            finally:
                process.terminate()
                process.wait(60)


def _wait_for(server: Server) -> None:
    give_up_at = time.monotonic() + START_S
    while True:
        try:
            server.ask("/", {})
            return
        except (OSError, RuntimeError, http.client.HTTPException):
            server.connection.close()
            if server.process.poll() is not None or time.monotonic() > give_up_at:
                raise
            time.sleep(0.2)


def cost_ms(server: Server, path: str, headers: Mapping[str, str]) -> float:
    """Measure a page, in milliseconds of processor time."""
    server.connection.close()  # it may have been idle for too long
    before_s = server.spent_s()
    for _ in range(REQUESTS):
        server.ask(path, headers)
    return 1000 * (server.spent_s() - before_s) / REQUESTS


def compare(other: Path) -> None:
    """Measure each page of both trees in turn, and print a Markdown table."""
    with serving(other) as old, serving(HERE) as new:
        print("| What | Other | This | Ratio | Bytes |\n|---|---|---|---|---|")
        pages = [(title, path, False) for title, path in VISITOR.items()]
        for title, path in DEVELOPER.items():
            pages += [(title, path, True), (f"{title}, anew", path + NEVER_KEPT, True)]
        for title, path, is_known in pages:
            costs: dict[int, list[float]] = {0: [], 1: []}
            sizes = []
            for number in range(2 * ROUNDS):
                server = (old, new)[number % 2]
                headers = {"Cookie": server.cookie} if is_known else {}
                if number < len(costs):
                    server.connection.close()
                    sizes.append(len([server.ask(path, headers) for _ in range(WARM)][-1]))
                costs[number % 2].append(cost_ms(server, path, headers))
            before, after = median(costs[0]), median(costs[1])
            told = f"{before:.2f} ms | {after:.2f} ms | {before / after:.2f}"
            print(f"| {title} | {told} | {sizes[0]:,} → {sizes[1]:,} |", flush=True)


if __name__ == "__main__":
    compare(Path(sys.argv[1]).resolve())
