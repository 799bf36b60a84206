"""The counter store of many processes: counters and unfolded usage in one Redis.

A script checks and counts; Redis runs one script at a time, which is what makes it exact. Calls
that come while one batch is on its way travel together in the next. Source: design 6.
"""

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import structlog
from anyio import to_thread
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from gateway.counters.base import (
    Delta,
    Outcome,
    Reading,
    Report,
    StoredCount,
    UsageBatch,
    UsageSink,
)
from gateway.counters.journal import parse_line
from gateway.counters.pending import PendingUsage
from gateway.directory import Application
from gateway.errors import StoreUnavailable
from gateway.pacing import pause_after
from gateway.together import Together
from gateway.windows import INDEX, Calendar, Windows, window_of

SEGMENTS, SEGMENT, FOLDER = "gatehouse:segments", "gatehouse:segment:", "gatehouse:folder"
MOST_TOGETHER = 256  # calls a script run: about 3 ms, in which Redis does nothing else
BREATH = 4  # batches of lines read before calls get their turn
ATTEMPTS = 3  # when a window ends on the way, or an application's counts are not there yet
UNKNOWN = -1
KEEPS_ALL = "noeviction"
MOST_KNOWN = 100_000  # applications whose counters are in Redis, as far as is known: 6 MB
log = structlog.get_logger("gatehouse.counters")
ScriptCall = list[Any]  # as count.lua reads it
Seed = tuple[int, list[tuple[int, int, int, int, str, str]]]  # as well


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisSettings:
    """How the shared counter store works."""

    url: str
    timeout_s: float = 1.0  # of each answer; after it calls are refused
    fold_every_s: float = 1.0  # how far statistics are behind, unless a fold takes long
    folder_s: int = 5  # how long one process keeps the others from folding
    load_timeout_s: float = 5.0  # the first call of an application waits for the database


@dataclass(frozen=True, slots=True)
class _ScriptRequest:
    """A request on its way to the script."""

    calls: Sequence[ScriptCall]
    seeds: Sequence[Seed]  # of applications whose counters may not be there
    answer: "asyncio.Future[Sequence[int]]"


class RedisCounters:
    """Implements `gateway.counters.base.CounterStore` for any number of processes."""

    def __init__(
        self,
        settings: RedisSettings,
        sink: UsageSink,
        clock: Callable[[], float] | None = None,
    ) -> None:
        """Make a store; `clock` takes the place of the server's, for tests."""
        self._settings = settings
        self._sink = sink
        self._fixed_clock = clock
        self._offset_s = 0.0  # how far the server's clock is ahead of ours
        self._calendar = Calendar()
        self._asks: list[_ScriptRequest] = []
        self._asked = asyncio.Event()
        self._reads = Together(self._read_together)
        self._known: set[int] = set()  # applications whose counters were there
        self._renewals = 0
        self._name = secrets.token_hex(8)
        # Never tried again by the client: a call whose answer was lost may have been counted.
        self._redis = Redis.from_url(
            settings.url,
            socket_timeout=settings.timeout_s,
            socket_connect_timeout=settings.timeout_s,
            retry=Retry(NoBackoff(), 0),
        )
        self._count = self._redis.register_script(_source("count"))
        self._rotate = self._redis.register_script(_source("rotate"))
        self.is_ready = False  # as of the last answer

    async def check(self) -> None:
        """Make sure that Redis answers, and tell when it may forget. Raises: StoreUnavailable."""
        try:
            await self._redis.ping()
        except (RedisError, OSError) as error:
            raise StoreUnavailable(f"Redis does not answer: {error}") from error
        with suppress(RedisError):  # hosted servers hide their configuration
            policy = (await self._redis.config_get("maxmemory-policy")).get("maxmemory-policy")
            if policy not in {None, KEEPS_ALL}:
                log.warning("redis_may_forget_counts", maxmemory_policy=policy, wanted=KEEPS_ALL)

    async def start(self) -> None:
        """Find out whether Redis answers; where it does not, calls are refused until it does."""
        try:
            await self._redis.ping()
        except (RedisError, OSError) as error:
            log.error("redis_does_not_answer", error=str(error))
        else:
            self.is_ready = True

    async def stop(self) -> None:
        """Fold what is left, if Redis and the statistics are there, and close the connection."""
        try:
            await self.fold()
        except Exception as error:  # noqa: BLE001 - it stays in Redis for the next process
            log.warning("usage_not_folded", error=repr(error))
        with suppress(RedisError, OSError):
            await self._hand_over()
        await self.close()

    async def close(self) -> None:
        await self._redis.aclose()

    async def add(self, application: Application, deltas: Sequence[Delta]) -> Outcome:
        return await self._ask(application, deltas)

    async def read(self, application: Application) -> Outcome:
        return await self._ask(application, ())

    async def report(self, reports: Sequence[Report]) -> None:
        reports = [each for each in reports if each.deltas]
        if not reports:
            return
        calls = [self._reported(each) for each in reports]
        wanted = {each.application.id for each in reports}
        for _ in range(ATTEMPTS):
            status, *_ = await self._submit(calls, wanted)
            if status != UNKNOWN:
                return
        raise StoreUnavailable("The counters could not be begun.")

    def renew(self, application_ids: Collection[int]) -> None:
        """Have the next call of each bring what the statistics hold, of which the script adds."""
        self._renewals += 1
        self._known.difference_update(application_ids)

    async def run_for_ever(self) -> None:
        """Send what is asked, and bring usage to the statistics; nothing is answered without it."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._send_for_ever())
                group.create_task(self._fold_for_ever())
        finally:
            _fail(self._asks, "The counter store is not running.")

    async def _fold_for_ever(self) -> None:
        pause_s = self._settings.fold_every_s
        while not _is_cancelled():
            await asyncio.sleep(pause_s)
            began = time.monotonic()
            try:
                await self.fold()
                self.is_ready = True
            except (RedisError, OSError) as error:
                self.is_ready = False
                log.error("usage_not_folded", error=repr(error))
            except Exception as error:  # noqa: BLE001 - the edge of a job; Redis keeps all
                log.error("usage_not_folded", error=repr(error))
            pause_s = pause_after(time.monotonic() - began, self._settings.fold_every_s)

    async def fold(self) -> None:
        """Bring all usage so far to the statistics, unless another process does so at the moment.

        Two at once do no harm: each takes the oldest segment first, and the sink takes none twice.
        Raises: RedisError, OSError, what the sink raises.
        """
        redis, lease = self._redis, self._settings.folder_s
        if not await redis.set(FOLDER, self._name, nx=True, ex=lease):
            if await redis.get(FOLDER) != self._name.encode():
                return
            await redis.expire(FOLDER, lease)
        await self._rotate(args=[f"{time.time_ns():020d}-{secrets.token_hex(4)}"])
        for segment in await self._texts(SEGMENTS):
            usage = PendingUsage()
            for number, lines in enumerate(await self._texts(SEGMENT + segment)):
                for line in lines.split("\n"):
                    usage.add(parse_line(line))
                if number % BREATH == BREATH - 1:
                    await asyncio.sleep(0)
            entries = await to_thread.run_sync(usage.entries)
            await self._sink.take(UsageBatch(segment, entries))
            async with redis.pipeline(transaction=True) as both:
                both.lrem(SEGMENTS, 1, segment)
                both.delete(SEGMENT + segment)
                await both.execute()
            await redis.expire(FOLDER, lease)

    async def _texts(self, key: str) -> list[str]:
        items = cast("list[bytes]", await self._redis.lrange(key, 0, -1))
        return [item.decode("ascii") for item in items]

    async def _hand_over(self) -> None:
        """Let the next process fold at once."""
        if await self._redis.get(FOLDER) == self._name.encode():
            await self._redis.delete(FOLDER)

    async def _ask(self, application: Application, deltas: Sequence[Delta]) -> Outcome:
        limits = application.limits
        call = [
            application.id,
            application.service_id,
            [(limit.metric_id, INDEX[limit.period] + 1, limit.value) for limit in limits],
            _moves(deltas),
            False,
        ]
        for _ in range(ATTEMPTS):
            status, *values = await self._submit([call], {application.id})
            if status != UNKNOWN:
                readings = tuple(map(Reading, limits, values))
                return Outcome(limits[status - 1] if status else None, readings)
        raise StoreUnavailable("The counters could not be begun.")

    def _reported(self, report: Report) -> ScriptCall:
        other: Any = False
        if report.at is not None:
            at_s = report.at.timestamp()
            if not self._calendar.windows_at(self._now()).hold(at_s):
                windows = Windows.at(at_s)
                other = (at_s, windows.starts, windows.ends)
        application = report.application
        return [application.id, application.service_id, [], _moves(report.deltas), other]

    async def _submit(
        self, calls: Sequence[ScriptCall], applications: Collection[int]
    ) -> Sequence[int]:
        """Send a request with the next batch; counters not known to be there begin with it.

        Raises: StoreUnavailable.
        """
        renewals = self._renewals
        new = [number for number in applications if number not in self._known]
        seeds = await asyncio.gather(*map(self._seed_of, new)) if new else ()
        ask = _ScriptRequest(calls, seeds, asyncio.get_running_loop().create_future())
        self._asks.append(ask)
        self._asked.set()
        answer = await ask.answer
        if answer[0] == UNKNOWN:  # Redis has lost what it had
            self._known.difference_update(applications)
        elif new and renewals == self._renewals:  # else what was read may be from before
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            self._known.update(new)
        return answer

    async def _send_for_ever(self) -> None:
        while not _is_cancelled():
            await self._asked.wait()
            batch, self._asks = self._asks[:MOST_TOGETHER], self._asks[MOST_TOGETHER:]
            if not self._asks:
                self._asked.clear()
            try:
                answers = await self._run(batch)
            except asyncio.CancelledError:
                self._asks = batch + self._asks
                raise
            except Exception as error:  # noqa: BLE001 - the calls of the next batch go on
                self.is_ready = False
                _fail(batch, f"Redis failed: {error!r}")
                continue
            for ask, answer in zip(batch, answers, strict=True):
                if not ask.answer.done():  # its caller may have left
                    ask.answer.set_result(answer)

    async def _run(self, batch: Sequence[_ScriptRequest]) -> Sequence[Sequence[int]]:
        """Run the script; again when a window has ended on the way, or the clocks differ."""
        seeds = json.dumps([seed for ask in batch for seed in ask.seeds], separators=(",", ":"))
        content = json.dumps([ask.calls for ask in batch], separators=(",", ":"))
        for _ in range(ATTEMPTS):
            windows = self._calendar.windows_at(self._now())
            fixed = "" if self._fixed_clock is None else repr(self._fixed_clock())
            span = json.dumps((windows.starts, windows.ends), separators=(",", ":"))
            now_s, *answers = await self._count(args=[fixed, span, seeds, content])
            if self._fixed_clock is None:
                self._offset_s = float(now_s) - time.time()
            if answers:
                return cast("Sequence[Sequence[int]]", answers)
        raise StoreUnavailable("Redis and this machine do not agree what time it is.")

    def _now(self) -> float:
        """Tell what time it is at the server."""
        return time.time() + self._offset_s if self._fixed_clock is None else self._fixed_clock()

    async def _seed_of(self, application_id: int) -> Seed:
        """Read with what an application's counters begin, with those that are wanted at once."""
        try:
            async with asyncio.timeout(self._settings.load_timeout_s):
                return await self._reads.ask(application_id)
        except StoreUnavailable:
            raise
        except Exception as error:
            raise StoreUnavailable("The statistics cannot be read.") from error

    async def _read_together(self, application_ids: Sequence[int]) -> Mapping[int, Seed]:
        now_s = self._now()
        try:
            counts = await self._sink.counts_of(application_ids, datetime.fromtimestamp(now_s, UTC))
        except Exception as error:
            log.error("counts_not_read", applications=list(application_ids), error=repr(error))
            raise StoreUnavailable("The statistics cannot be read.") from error
        return {
            number: (number, [_seed_row(now_s, count) for count in counts[number]])
            for number in application_ids
        }


def _is_cancelled() -> bool:
    """Return whether this task is to end: `wait_for`, used by the client, may swallow that."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _fail(asks: Sequence[_ScriptRequest], message: str) -> None:
    for ask in asks:
        if not ask.answer.done():
            ask.answer.set_exception(StoreUnavailable(message))


def _moves(deltas: Sequence[Delta]) -> list[tuple[int, bool, str]]:
    # Amounts travel as text: numbers of more than 14 digits change on their way through Lua.
    return [(delta.metric_id, delta.is_set, str(delta.amount)) for delta in deltas]


def _seed_row(now_s: float, count: StoredCount) -> tuple[int, int, int, int, str, str]:
    start = datetime.fromtimestamp(count.start_s, UTC)
    left_s = int(window_of(count.period, start).end.timestamp() - now_s)
    place = (INDEX[count.period] + 1, count.start_s, left_s, count.metric_id)
    return (*place, str(count.value), str(count.taken_over))


def _source(name: str) -> str:
    return (Path(__file__).parent / f"{name}.lua").read_text(encoding="utf-8")
