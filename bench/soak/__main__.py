"""`make soak`: mixed load for MINUTES (30), with and without neighbours, and a verdict."""

import multiprocessing
import os
import platform
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from statistics import quantiles
from typing import Any

from bench.soak import neighbours, people
from bench.soak.people import Meter
from bench.soak.report import Moment, Phase, Soak, write
from bench.soak.town import Town, running_town
from bench.soak.watch import look
from bench.soak.wire import Answers

SAMPLE_EVERY_S = 5.0
ROUNDS = 4  # of a quiet time and a noisy one, the first quiet one to warm up
QUIET_SHARE = 0.4


def main() -> None:
    """Run, write the report, print the verdict; ends with 1 when a line of it does not hold."""
    minutes = float(os.environ.get("MINUTES", "30"))
    with running_town() as town:
        soak = _soak(town, minutes)
    write(soak)
    print(f"{'Holds':6} What")
    for finding in soak.verdict():
        held = "yes" if finding.holds else "NO"
        print(f"{held:6} {finding.what}: {finding.seen} (wanted: {finding.wanted})")
    sys.exit(0 if all(finding.holds for finding in soak.verdict()) else 1)


def _soak(town: Town, minutes: float) -> Soak:
    began_s = time.monotonic()
    answers, took_ms = Answers(), list[tuple[float, float]]()
    watcher = Watcher(town, began_s, took_ms)
    crowd = Elsewhere(_be_people, town)
    watcher.start()
    phases = []
    for noisy, seconds in _plan(minutes * 60):
        phases.append(_phase(town, Meter(town.measured, answers, took_ms), watcher, noisy, seconds))
    watcher.stop()
    others: Answers = crowd.end()
    failed = {**others.failed, **answers.failed}
    return Soak(
        machine=f"{os.cpu_count()} cores ({platform.system()}, Python {platform.python_version()})",
        minutes=minutes,
        moments=watcher.moments,
        phases=[_since(phase, began_s) for phase in phases],
        ok=answers.ok + others.ok,
        failed=failed,
        processes_ended=watcher.ended,
    )


def _plan(seconds: float) -> list[tuple[bool, float]]:
    each = seconds / ROUNDS
    return [(False, each * QUIET_SHARE), (True, each * (1 - QUIET_SHARE))] * ROUNDS


def _phase(town: Town, meter: Meter, watcher: "Watcher", noisy: bool, seconds: float) -> Phase:
    watcher.noisy = noisy
    loud = Elsewhere(_be_neighbours, town) if noisy else None
    began_s, first = time.monotonic(), len(meter.took_ms)
    meter.run(began_s + seconds)
    ended_s = time.monotonic()
    if loud is not None:
        loud.end()
    calls = [took_ms for _, took_ms in meter.took_ms[first:]]
    p50_ms, p99_ms = _percentiles(calls)
    return Phase(noisy, began_s, ended_s, len(calls), p50_ms or 0.0, p99_ms or 0.0)


def _since(phase: Phase, began_s: float) -> Phase:
    return Phase(
        phase.noisy,
        phase.began_s - began_s,
        phase.ended_s - began_s,
        phase.calls,
        phase.p50_ms,
        phase.p99_ms,
    )


def _percentiles(took_ms: list[float]) -> tuple[float | None, float | None]:
    if len(took_ms) < 2:
        return None, None
    cuts = quantiles(took_ms, n=100)
    return cuts[49], cuts[98]


class Watcher:
    """Looks every few seconds, in a thread of its own."""

    def __init__(self, town: Town, began_s: float, took_ms: list[tuple[float, float]]) -> None:
        self.noisy = False
        self.moments: list[Moment] = []
        self.ended = 0
        self._pid = town.gatehouse.process.pid if town.gatehouse.process else 0
        self._began_s, self._took_ms = began_s, took_ms
        self._seen: set[int] = set()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        first = 0
        while not self._stopping.wait(SAMPLE_EVERY_S):
            samples = look(self._pid)
            pids = {sample.pid for sample in samples}
            self.ended += len(self._seen - pids)
            self._seen = pids
            calls = [took_ms for _, took_ms in self._took_ms[first:]]
            first += len(calls)
            self.moments.append(
                Moment(
                    time.monotonic() - self._began_s,
                    self.noisy,
                    sum(sample.pss_mb for sample in samples),
                    sum(sample.rss_mb for sample in samples),
                    sum(sample.descriptors for sample in samples),
                    len(samples),
                    *_percentiles(calls),
                )
            )


class Elsewhere:
    """A crowd in a process of its own, so that its work is not in what the meter measures."""

    def __init__(self, be: Callable[[Town, Connection], None], town: Town) -> None:
        context: Any = multiprocessing.get_context("fork")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=be, args=(town, theirs), daemon=True)
        self._process.start()

    def end(self) -> Answers:
        """Stop the crowd; give what it got."""
        self._ours.send("stop")
        answers: Answers = self._ours.recv() if self._ours.poll(90) else Answers()
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()
        return answers


def _be_people(town: Town, pipe: Connection) -> None:
    _be(people.begin(town), pipe)


def _be_neighbours(town: Town, pipe: Connection) -> None:
    _be(neighbours.begin(town.nuisance), pipe)


def _be(crowd: people.Crowd, pipe: Connection) -> None:
    pipe.recv()
    crowd.stop()
    pipe.send(crowd.answers)


if __name__ == "__main__":
    main()
