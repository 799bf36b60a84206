"""Load from wrk, as numbers."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.kit.services import program

UNITS_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Load:
    """One run of wrk."""

    per_s: float
    p50_ms: float
    p99_ms: float
    not_ok: int


def wrk(url: str, *, connections: int, seconds: int = 5, script: Path | None = None) -> Load:
    """Load a URL of the loopback interface from one thread."""
    command = [program("wrk"), "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    if script is not None:
        command += ["-s", str(script)]
    text = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    not_ok = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Load(
        per_s=_number(r"Requests/sec:\s+([\d.]+)", text),
        p50_ms=_duration_ms("50%", text),
        p99_ms=_duration_ms("99%", text),
        not_ok=int(not_ok[1]) if not_ok else 0,
    )


def alternating(urls: list[str], *, connections: int, rounds: int = 3) -> list[Load]:
    """Load several URLs in turn, several times; the median run of each counts."""
    runs: dict[str, list[Load]] = {url: [] for url in urls}
    for _ in range(rounds):
        for url in urls:
            runs[url].append(wrk(url, connections=connections))
    return [middle(runs[url]) for url in urls]


def middle(runs: list[Load]) -> Load:
    """Choose the run of median speed."""
    per_s = median(run.per_s for run in runs)
    return min(runs, key=lambda run: abs(run.per_s - per_s))


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    if found is None:
        raise RuntimeError(f"wrk said:\n{text}")
    return float(found[1])


def _duration_ms(name: str, text: str) -> float:
    found = re.search(rf"{name}\s+([\d.]+)(us|ms|s)", text)
    if found is None:
        raise RuntimeError(f"wrk said:\n{text}")
    return float(found[1]) * UNITS_MS[found[2]]
