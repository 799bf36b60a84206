"""Break the code a little, many times, and tell which breaks no test notices.

    make mutants                          a sample over gateway/ and server/auth
    python tools/mutants.py --each 5 --seed 7 --minutes 30 gateway/usage.py server/auth

Works in a copy of the tree below `build/`, one mutant at a time, so the checkout stays as it is.
The operators are those of cosmic-ray; its sessions and distributors are left aside, since they
edit the tree that they run in and know no sampling. Of each module as many places as `--each`
says are drawn, one change for each place; decorators are left alone (`frozen=True` is there
for the reader and for mypy). Tests run in their order, those of the module
first, and a mutant is killed by the first that fails, or by taking three times as long.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

COPY = Path(f"build/mutants-{os.getpid()}")  # two runs may go on beside each other
QUICK = "not slow and not browser and not nginx and not postgres and not redis"
# What is run for the modules below a folder, after the tests of the module itself.
TESTS = {
    "gateway/": ("tests/gateway", "tests/property/test_rules.py", "tests/property/test_windows.py"),
    "server/auth/": (
        "tests/server/auth",
        "tests/server/rest/test_router.py",
        "tests/cms/portal/test_login.py",
    ),
}
# Only tests with a real Redis know it; protocols and tables of names have nothing to break.
LEFT_OUT = {"gateway/counters/redis.py", "gateway/metrics.py", "gateway/directory.py"}
TYPES = "BitOr"  # `X | None` is all that the code writes with it
MOST_TIMES = 3  # longer than the tests alone: it hangs


@dataclass(frozen=True)
class Mutant:
    """One change: where, which, and the module as it is then."""

    module: str
    line: int
    operator: str
    code: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.operator}"


def modules_of(places: list[str]) -> Iterator[str]:
    """List the Python modules of files and folders."""
    for place in places:
        files = sorted(Path(place).rglob("*.py")) if Path(place).is_dir() else [Path(place)]
        yield from (
            str(file)
            for file in files
            if str(file) not in LEFT_OUT and file.name != "__init__.py" and file.read_text().strip()
        )


def mutants_of(module: str, each: int, seed: int) -> list[Mutant]:
    """Draw places of a module, and one change for each; the same ones for the same seed."""
    source = Path(module).read_text()
    nodes = list(ast_nodes(get_ast(source)))
    places: dict[tuple[int, int], list[tuple[str, int]]] = {}
    for name in operator_names():
        operator_class = get_operator(name)
        if operator_class.arguments() or TYPES in name:
            continue
        operator = operator_class()
        found = [position[0] for node in nodes for position in operator.mutation_positions(node)]
        for occurrence, start in enumerate(found):
            places.setdefault(start, []).append((name, occurrence))
    lines = source.splitlines()
    places = {at: found for at, found in places.items() if lines[at[0] - 1].lstrip()[:1] != "@"}
    chance = random.Random(f"{seed} {module}")  # noqa: S311 - a sample, not a secret
    drawn = []
    for line, column in chance.sample(sorted(places), min(each, len(places))):
        name, occurrence = chance.choice(sorted(places[line, column]))
        code = mutate_code(source, get_operator(name)(), occurrence)
        drawn.append(Mutant(module, line, name.removeprefix("core/"), code))
    return drawn


def copy_tree() -> None:
    """Copy what git has or would add."""
    shutil.rmtree(COPY, ignore_errors=True)
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if Path(name).is_file():
            target = COPY / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(name, target)


def tests_of(module: str) -> list[list[str]]:
    """Name what to run for a module: its own tests, then those around it."""
    own = COPY / "tests" / Path(module).with_name(f"test_{Path(module).name}")
    rest = next((tests for folder, tests in TESTS.items() if module.startswith(folder)), ("tests",))
    return [[str(own.relative_to(COPY))], list(rest)] if own.is_file() else [list(rest)]


def has_own(module: str) -> bool:
    """Tell whether a module has tests of its own."""
    return len(tests_of(module)) == 2


def pass_in_time(tests: list[str], limit_s: float | None = None) -> bool:
    """Run tests in the copy; tell whether they pass, in time."""
    options = ["-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-m", QUICK]
    env = {**os.environ, "PYTHONPATH": str(COPY.resolve())}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # each run would compile everything anew
    command = [sys.executable, "-m", "pytest", *options, *tests]
    try:
        done = subprocess.run(command, cwd=COPY, env=env, capture_output=True, timeout=limit_s)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode in {0, 5}  # 5: all of them need another program


class Trial:
    """Tries mutants one after the other; knows how long tests take without one."""

    def __init__(self, *, only_own: bool) -> None:
        self._only_own = only_own
        self._limits_s: dict[str, float] = {}
        self._stamp = int(time.time())

    def survives(self, mutant: Mutant) -> bool:
        """Tell whether no test notices a mutant. Raises: SystemExit when tests fail without it."""
        groups = tests_of(mutant.module)[: 1 if self._only_own else 2]
        limits_s = [self._limit_of(tests) for tests in groups]
        file = COPY / mutant.module
        original = file.read_text()
        self._write(file, mutant.code)
        try:
            return all(map(pass_in_time, groups, limits_s))
        finally:
            self._write(file, original)

    def _write(self, file: Path, code: str) -> None:
        """Write a module so that Python sees by its time that it is another one."""
        file.write_text(code)
        self._stamp += 1
        os.utime(file, (self._stamp, self._stamp))

    def _limit_of(self, tests: list[str]) -> float:
        key = " ".join(tests)
        if key not in self._limits_s:
            began = time.monotonic()
            if not (
                pass_in_time(tests) or pass_in_time(tests)
            ):  # a busy machine fails one at times
                raise SystemExit(f"Without a mutant these fail: {key}")
            self._limits_s[key] = MOST_TIMES * (time.monotonic() - began) + 20
        return self._limits_s[key]


def main() -> int:
    """Run the sample; print a table of modules, and each survivor."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("places", nargs="*", default=["gateway", "server/auth"])
    parser.add_argument("--each", type=int, default=4, help="mutants of a module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="begin no mutant after that")
    parser.add_argument("--own", action="store_true", help="only modules with tests, only those")
    given = parser.parse_args()
    copy_tree()
    places = [module for module in modules_of(given.places) if not given.own or has_own(module)]
    mutants = [m for name in places for m in mutants_of(name, given.each, given.seed)]
    random.Random(given.seed).shuffle(mutants)  # noqa: S311 - so that what the time allows is fair
    ends_at = time.monotonic() + given.minutes * 60
    trial = Trial(only_own=given.own)
    killed: Counter[str] = Counter()
    survivors: list[Mutant] = []
    for mutant in mutants:
        if time.monotonic() > ends_at:
            break
        if trial.survives(mutant):
            survivors.append(mutant)
            print(f"survived: {mutant}", flush=True)
        else:
            killed[mutant.module] += 1
    shutil.rmtree(COPY)
    tell(killed, survivors, len(mutants))
    return 0


def tell(killed: Counter[str], survivors: list[Mutant], drawn: int) -> None:
    """Print the score of each folder and of all."""
    alive = Counter(mutant.module for mutant in survivors)
    folders = Counter[str]()
    for module in {*killed, *alive}:
        folders[str(Path(module).parent)] += killed[module] + alive[module]
    for folder, tried in sorted(folders.items()):
        left = sum(count for module, count in alive.items() if str(Path(module).parent) == folder)
        print(f"{folder:<24} {tried - left:>3} of {tried:>3} killed")
    tried = folders.total()
    share = (tried - len(survivors)) / tried if tried else 0
    print(f"all: {tried - len(survivors)} of {tried} killed, {share:.0%}; {drawn} drawn")


if __name__ == "__main__":
    sys.exit(main())
