"""A real Gatehouse process for journeys and fault tests, and small HTTP helpers."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2 as httpx

from tests.kit.make import copy_of_migrated
from tests.kit.nursery import Nursery, Order
from tests.kit.services import free_port, stop
from tests.kit.zygotes import Forked

METRICS_TOKEN = "a-token-for-metrics"
START_S = 60  # a machine that does much else starts it late
COMMAND = [sys.executable, "-m", "server.cli"]


@dataclass
class Gatehouse:
    """A process that serves; it can be killed and started again on the same data."""

    data_dir: Path
    env: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ("serve",)  # the command
    program: tuple[str, ...] = tuple(COMMAND)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | Forked | None = None
    nursery: Callable[[], Nursery] | None = None  # which forks it, instead of running the command

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def first_start(self) -> dict[str, Any]:
        """What the first start wrote down."""
        text = (self.data_dir / "first-start.json").read_text()
        summary: dict[str, Any] = json.loads(text)
        return summary

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are started with."""
        return {
            **os.environ,
            "GATEHOUSE_DATA_DIR": str(self.data_dir),
            "GATEHOUSE_PUBLIC_URL": self.url,
            "GATEHOUSE_METRICS_TOKEN": METRICS_TOKEN,
            **self.env,
        }

    def start(self) -> None:
        """Start it and wait until it is ready. Raises: RuntimeError with its last words."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with (self.data_dir / "output.log").open("ab") as log:
            words = [*self.words, "--port", str(self.port)]
            if self.nursery is not None:
                order = Order(self.environment, words)
                self.process = self.nursery().fork(order, log.fileno())
            else:
                self.process = subprocess.Popen(
                    [*self.program, *words], env=self.environment, stdout=log, stderr=log
                )
        deadline_s = time.monotonic() + START_S
        while time.monotonic() < deadline_s:
            if self.process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise RuntimeError(f"it did not start:\n{self.output[-3000:]}")

    def metrics(self) -> str:
        """Read what it tells Prometheus."""
        headers = {"Authorization": f"Bearer {METRICS_TOKEN}"}
        return httpx.get(f"{self.url}/metrics", headers=headers, timeout=START_S).text

    @property
    def output(self) -> str:
        """All that it wrote so far."""
        return (self.data_dir / "output.log").read_text()

    def stop(self) -> None:
        """Ask it to end."""
        if self.process is not None:
            stop(self.process)

    def kill(self) -> None:
        """End it as a power cut would: no handler runs."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


def descendants(process_id: int) -> set[int]:
    """List the processes that a process has started, and those that they have."""
    found: set[int] = set()
    with suppress(OSError):
        for task in Path(f"/proc/{process_id}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found |= {child} | descendants(child)
    return found


def is_alive(process_id: int) -> bool:
    """Return whether a process runs; one that has ended and waits for its parent does not."""
    with suppress(OSError):
        return ") Z " not in Path(f"/proc/{process_id}/stat").read_text()
    return False


loaded: list[Callable[[], Nursery]] = []  # what forks servers in this run


def nursery_of_run() -> Callable[[], Nursery] | None:
    """Get what forks servers, for tests that are not about processes."""
    return loaded[0] if loaded else None


@contextmanager
def running(data_dir: Path, **env: str) -> Iterator[Gatehouse]:
    """Start a Gatehouse on a data directory; stop it at the end. A new one has its tables."""
    gatehouse = Gatehouse(data_dir, env, nursery=nursery_of_run())
    if "GATEHOUSE_DATABASE_URL" not in env:
        data_dir.mkdir(parents=True, exist_ok=True)
        copy_of_migrated(data_dir / "gatehouse.db")
    gatehouse.start()
    try:
        yield gatehouse
    finally:
        gatehouse.stop()


def until(claim: Any, *, seconds: float = 10) -> Any:
    """Wait until `claim()` is truthy and return what it said."""
    deadline_s = time.monotonic() + seconds
    while True:
        said = claim()
        if said or time.monotonic() > deadline_s:
            assert said, "it did not come true in time"
            return said
        time.sleep(0.1)


def link_in(text: str, path: str) -> str:
    """Find the URL in a mail whose path starts like this; answer path and query."""
    found = re.search(rf"https?://[^\s\"'<>]+?({re.escape(path)}[^\s\"'<>)]*)", text)
    assert found, f"no link to {path} in:\n{text}"
    return found[1]
