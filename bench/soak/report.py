"""What a soak has found: a chart, a verdict, and its section of bench/README.md."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.soak.chart import Panel, drawn

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
BEGIN, END = "<!-- soak: written by `make soak` -->", "<!-- end of soak -->"
STORY = """calls and authrep of three tenants,
pages, logins, GraphQL, deploys and exports; in the shaded times a neighbour sends slow heads,
silent connections, new introspections, pages whose templates never end, 20,000 header lines,
resets, bodies of 50 MB and wrong passwords. Load generator and upstream share the machine.
Medians of the phases:"""
TIMES_P99 = 2.0
TIMES_MEMORY = 1.2
MORE_DESCRIPTORS = 100


@dataclass(frozen=True)
class Moment:
    """What was seen at one time."""

    at_s: float
    noisy: bool
    pss_mb: float
    rss_mb: float
    descriptors: int
    processes: int
    p50_ms: float | None
    p99_ms: float | None


@dataclass(frozen=True)
class Phase:
    """A stretch of time with or without neighbours."""

    noisy: bool
    began_s: float
    ended_s: float
    calls: int
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True)
class Finding:
    """A line of the verdict."""

    what: str
    seen: str
    wanted: str
    holds: bool


@dataclass(frozen=True)
class Soak:
    """A whole run."""

    machine: str
    minutes: float
    moments: Sequence[Moment]
    phases: Sequence[Phase]
    ok: int
    failed: dict[str, int]
    processes_ended: int

    def verdict(self) -> list[Finding]:
        """Judge the run."""
        quiet, noisy = self._p99(noisy=False), self._p99(noisy=True)
        times = noisy / quiet if quiet else 0.0
        early, late = self._memory_mb()
        before, after = self._descriptors()
        failed = ", ".join(f"{n} × {what}" for what, n in sorted(self.failed.items())) or "none"
        return [
            Finding(
                "p99 of the measured tenant's calls with neighbours",
                f"{noisy:.1f} ms, {times:.2f} × the {quiet:.1f} ms without",
                f"≤ {TIMES_P99:.0f} ×",
                0 < times <= TIMES_P99,
            ),
            Finding("failures of people who mean well", f"{failed} of {self.ok:,}", "none",
                    not self.failed),
            Finding(
                "memory of all processes, last third beside the middle one",
                f"{late:.0f} MB, {late / early if early else 0:.2f} × {early:.0f} MB",
                f"≤ {TIMES_MEMORY} ×",
                late <= early * TIMES_MEMORY,
            ),
            Finding(
                "descriptors, last quiet time beside the first",
                f"{after}, first {before}",
                f"at most {MORE_DESCRIPTORS} more",
                after <= before + MORE_DESCRIPTORS,
            ),
            Finding("processes that ended", str(self.processes_ended), "none",
                    not self.processes_ended),
        ]  # fmt: skip

    def _p99(self, *, noisy: bool) -> float:
        found = [phase.p99_ms for phase in self.phases if phase.noisy is noisy and phase.calls]
        return median(found) if found else 0.0

    def _memory_mb(self) -> tuple[float, float]:
        third = max(1, len(self.moments) // 3)
        middle, last = self.moments[third : 2 * third], self.moments[2 * third :]
        return _mean([m.pss_mb for m in middle]), _mean([m.pss_mb for m in last])

    def _descriptors(self) -> tuple[int, int]:
        quiet = [moment.descriptors for moment in self.moments if not moment.noisy] or [0]
        return quiet[0], quiet[-1]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def write(soak: Soak, folder: Path = HERE, readme: Path = README) -> None:
    """Write `soak.json`, `soak.svg`, and the section of the README."""
    (folder / "soak.json").write_text(json.dumps(_values(soak), indent=1) + "\n")
    (folder / "soak.svg").write_text(_chart(soak))
    text = readme.read_text()
    head, begin, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2] if begin else "\n"
    head = head if begin else f"{text.rstrip()}\n\n"
    readme.write_text(f"{head}{BEGIN}\n{section(soak)}\n{END}{tail}")


def _values(soak: Soak) -> dict[str, Any]:
    return {**asdict(soak), "verdict": [asdict(finding) for finding in soak.verdict()]}


def _chart(soak: Soak) -> str:
    times = [moment.at_s for moment in soak.moments]
    spans = [(phase.began_s, phase.ended_s) for phase in soak.phases if phase.noisy]
    panels = [
        Panel("Memory of all processes, MB", {
            "RSS": [m.rss_mb for m in soak.moments], "PSS": [m.pss_mb for m in soak.moments]}),
        Panel("Descriptors", {"open": [m.descriptors for m in soak.moments]}),
        Panel("Calls of the measured tenant, ms", {
            "p99": [m.p99_ms for m in soak.moments], "p50": [m.p50_ms for m in soak.moments]}),
    ]  # fmt: skip
    return drawn(times, panels, spans)


def section(soak: Soak) -> str:
    """Write what the README says of a run."""
    rows = [
        f"| {found.what} | {found.seen} | {found.wanted} | {'yes' if found.holds else 'no'} |"
        for found in soak.verdict()
    ]
    return "\n".join(
        [
            "## Soak",
            "",
            f"`make soak` ran {soak.minutes:g} minutes on {soak.machine}: {STORY}",
            "",
            "| What | Seen | Wanted | Holds |",
            "|---|---|---|---|",
            *rows,
            "",
            "![Memory, descriptors and p99 over the run](soak/soak.svg)",
        ]
    )
