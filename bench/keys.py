"""`python -m bench.keys`: many keys in use, on each database with each kind of counters.

Of 100,000 applications one is called, then 10,000 in turn, then such as nobody has called since the
start, then all of them at random.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from bench.load import Load, middle, wrk
from bench.quiet import Quiet
from bench.rows import Row, failed, print_table
from bench.soak.watch import look
from bench.world import Shape, World, running_world
from tests.kit.services import running_postgres, running_redis

CONCURRENCY = 32
APPLICATIONS, IN_USE = 100_000, 10_000
COLD_FROM = 20_000  # no other measurement before calls these
SECONDS, ROUNDS = 4, 3  # the median of the rounds counts
COLD_SECONDS = 2  # in all no more than half of the applications
IN_TURN = """
local number = 0
request = function()
  number = (number + 1) % {count}
  return wrk.format("GET", "{path}/hello?user_key=key" .. ({first} + number))
end
"""
AT_RANDOM = """
math.randomseed(7)
request = function()
  return wrk.format("GET", "{path}/hello?user_key=key" .. math.random(0, {count} - 1))
end
"""


def rows(quiet: Quiet) -> Iterator[Row]:
    """Measure SQLite and PostgreSQL, with counters in the process and in Redis."""
    for database in ("SQLite", "PostgreSQL"):
        for counters in ("embedded", "Redis"):
            yield from _rows_of(quiet, database, counters)


def _rows_of(quiet: Quiet, database: str, counters: str) -> Iterator[Row]:
    shape = Shape(accounts=1, applications=APPLICATIONS, known_keys=APPLICATIONS)
    with ExitStack() as stack:
        redis_url = stack.enter_context(running_redis()).url if counters == "Redis" else ""
        database_url = ""
        if database == "PostgreSQL":
            server = stack.enter_context(running_postgres())
            database_url = server.url(server.create_database())
        world = stack.enter_context(running_world(shape, redis_url, database_url))
        quiet.wait()
        yield from _measured(world, f"{database}, {counters}")


def _measured(world: World, where: str) -> Iterator[Row]:
    one = _script(world, "one", IN_TURN, first=0, count=1)
    warm = _script(world, "warm", IN_TURN, first=0, count=IN_USE)
    each_round = (APPLICATIONS - COLD_FROM) // ROUNDS
    cold = [
        _script(world, f"cold{at}", IN_TURN, first=COLD_FROM + at * each_round, count=each_round)
        for at in range(ROUNDS)
    ]
    every = _script(world, "every", AT_RANDOM, count=APPLICATIONS)
    before_mb = _memory_mb(world)
    new = middle([_call(world, script, COLD_SECONDS) for script in cold])
    while _call(world, warm).per_s * SECONDS < IN_USE:
        pass  # it has not come to the last of them yet
    runs: list[tuple[Load, Load]] = [(_call(world, one), _call(world, warm)) for _ in range(ROUNDS)]
    single, many = middle([each[0] for each in runs]), middle([each[1] for each in runs])
    ratio = many.per_s / single.per_s
    yield Row(
        f"1 → 10,000 keys in use of 100,000, {where}",
        f"{ratio:.2f} ({single.per_s:,.0f} → {many.per_s:,.0f}/s), "
        f"p99 {single.p99_ms:.1f} → {many.p99_ms:.1f} ms, {failed(many)}",
        "≥ 0.80, p99 ≤ 15 ms",
        ratio >= 0.80 and many.p99_ms <= 15 and not many.not_ok,
    )
    yield Row(
        f"… cold, {where}",
        f"{new.per_s:,.0f}/s, p99 {new.p99_ms:.1f} ms, {failed(new)}",
        "≥ 2,000/s",
        new.per_s >= 2_000 and not new.not_ok,
    )
    random = _call(world, every)
    ratio = random.per_s / single.per_s
    yield Row(
        f"… 100,000 at random, {where}",
        f"{ratio:.2f} ({random.per_s:,.0f}/s), p99 {random.p99_ms:.1f} ms, {failed(random)}, "
        f"{before_mb:.0f} → {_memory_mb(world):.0f} MB",
        "≥ 0.30",
        ratio >= 0.30 and not random.not_ok,
    )


def _script(world: World, name: str, text: str, **values: int) -> Path:
    script = world.gatehouse.data_dir / f"{name}.lua"
    script.write_text(text.format(path=world.production_path, **values))
    return script


def _call(world: World, script: Path, seconds: int = SECONDS) -> Load:
    return wrk(world.gatehouse.url, connections=CONCURRENCY, seconds=seconds, script=script)


def _memory_mb(world: World) -> float:
    process = world.gatehouse.process
    return sum(each.pss_mb for each in look(process.pid)) if process is not None else 0


if __name__ == "__main__":
    quiet = Quiet()
    print_table(rows(quiet), quiet)
