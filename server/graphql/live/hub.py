"""The subscriptions of one process: one reader of the event log, one of the counts, for all.

Whichever process committed an event, it is in the log; nothing runs while nobody has subscribed.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import structlog
from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError

from server.actions.analytics.live import Counted, Watched, count_now
from server.auth.dependencies import Dependencies
from server.domain.event_log import EventLog
from server.domain.events import EventKind
from server.graphql import errors
from server.graphql.live.operation import TOO_SLOW, Answers, Body, Ended
from server.graphql.watches import EventWatch, Root, UsageWatch, Watch

POLL_S = 0.5
CHECK_S = 10.0  # how long a caller who has lost his way in is told at most
COUNT_S = 1.0  # as often as the gateway folds
IDLE_SHARE = 10  # counting takes at most a tenth of the time
MOST_OF_CALLER, MOST_OF_PROVIDER = 10, 200  # connections of a process
MOST_SUBSCRIPTIONS = 20  # of a connection
MOST_WAITING = 1_000  # things that happened, of a subscription whose reader is slow
MOST_AT_ONCE = 20
# What takes somebody's way in: others of a provider may be many, and are met by the next look.
OF_CALLERS = frozenset(
    {
        EventKind.ACCOUNT_DELETED,
        EventKind.ACCOUNT_PENDING,
        EventKind.ACCOUNT_REJECTED,
        EventKind.ACCOUNT_SUSPENDED,
        EventKind.PASSWORD_CHANGED,
        EventKind.PROVIDER_MOVED,
        EventKind.TOKEN_DELETED,
        EventKind.USER_DELETED,
        EventKind.USER_SUSPENDED,
    }
)
SLOW = f"More than {MOST_WAITING} things happened that you have not read. Subscribe again."
LOST = "Your credentials are not valid any more."
log = structlog.get_logger("gatehouse.graphql")


class Full(Exception):
    """Somebody has as many connections as he may; the message says who."""


@dataclass(eq=False, slots=True)
class Connection:
    """One client's connection: whose it is, and whether that still holds."""

    provider_id: int
    caller: str
    is_known: Callable[[], bool]  # in a worker thread: whether the caller is still recognised
    subscriptions: set["Subscription"] = field(default_factory=set)
    ended: Ended | None = None
    on_end: Callable[[Ended], None] | None = None

    def end(self, why: Ended) -> None:
        """Tell that it is over."""
        self.ended = self.ended or why
        for each in self.subscriptions:
            each.end(why)
        if self.on_end is not None:
            self.on_end(why)


class Subscription:
    """One operation that waits for something; read by one task."""

    def __init__(self, connection: Connection, watch: Watch) -> None:
        self.connection, self.watch = connection, watch
        self._waiting: deque[Root] = deque()
        self._ended: Ended | None = None
        self._woken = asyncio.Event()

    def put(self, root: Root) -> None:
        """Add something that happened. A number takes the place of the one before it."""
        if isinstance(self.watch, UsageWatch):
            self._waiting.clear()
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.clear()
            self.end(Ended(SLOW, TOO_SLOW))
        elif self._ended is None:
            self._waiting.append(root)
            self._woken.set()

    def end(self, why: Ended) -> None:
        """End it, once what waits was read."""
        self._ended = self._ended or why
        self._woken.set()

    async def answers(
        self, answer: Callable[[Sequence[Root]], Awaitable[Answers]]
    ) -> AsyncGenerator[Body, None]:
        """Give what the operation answers, again and again. Raises: Ended."""
        while True:
            while not self._waiting:
                if self._ended is not None:
                    raise self._ended
                self._woken.clear()
                await self._woken.wait()
            roots = list(islice(self._waiting, MOST_AT_ONCE))
            for _ in roots:
                self._waiting.popleft()
            found = await answer(roots)
            for body in found.bodies:
                yield body
            if found.end is not None:
                raise found.end
            if found.left:
                self._waiting.extendleft(reversed(found.left))
                await asyncio.sleep(found.wait_s)


class Hub:
    """Brings what happens to whoever waits for it."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._log = EventLog(deps.database)
        self._connections: set[Connection] = set()
        self._of_caller: Counter[tuple[int, str]] = Counter()
        self._of_provider: Counter[int] = Counter()
        self._counts: dict[Watched, Counted] = {}
        self._position = ""
        self._beginning, self._reading = asyncio.Lock(), asyncio.Lock()

    async def admit(self, connection: Connection) -> None:
        """Take a connection in; from now on nothing is passed over. Raises: Full."""
        key = connection.provider_id, connection.caller
        if self._of_caller[key] >= MOST_OF_CALLER:
            raise Full(f"You have {MOST_OF_CALLER} open connections. Close one of them.")
        if self._of_provider[connection.provider_id] >= MOST_OF_PROVIDER:
            raise Full(f"There are {MOST_OF_PROVIDER} open connections. Try again later.")
        self._of_caller[key] += 1
        self._of_provider[connection.provider_id] += 1
        self._connections.add(connection)
        async with self._beginning:
            if not self._position:
                self._position = await to_thread.run_sync(self._log.now)

    def dismiss(self, connection: Connection) -> None:
        """Let a connection go."""
        if connection in self._connections:
            self._connections.remove(connection)
            for counter, key in self._places_of(connection):
                counter[key] -= 1
                if not counter[key]:
                    del counter[key]
            if not self._connections:
                self._position = ""
                self._counts.clear()

    def _places_of(self, connection: Connection) -> Iterable[tuple[Counter[object], object]]:
        whose: Counter[object] = self._of_caller  # type: ignore[assignment]  # read by its key alone
        all_of: Counter[object] = self._of_provider  # type: ignore[assignment]  # likewise
        yield whose, (connection.provider_id, connection.caller)
        yield all_of, connection.provider_id

    def subscribe(self, connection: Connection, watch: Watch) -> Subscription:
        """Begin to bring what somebody waits for."""
        subscription = Subscription(connection, watch)
        connection.subscriptions.add(subscription)
        if isinstance(watch, UsageWatch) and watch.watched in self._counts:
            subscription.put(self._counts[watch.watched])
        return subscription

    async def read(self) -> None:
        """Read for all, until it is cancelled; a task of each connection, one of which does it."""
        async with self._reading:
            loop = asyncio.get_running_loop()
            check_at, count_at = loop.time() + CHECK_S, loop.time()
            while True:
                try:
                    changed = await self._read_log()
                    if loop.time() >= count_at:
                        count_at = await self._count()
                    if loop.time() >= check_at:
                        check_at, changed = loop.time() + CHECK_S, None
                    await self._check(changed)
                except SQLAlchemyError as error:
                    log.warning("subscriptions could not read", error=str(error))
                await asyncio.sleep(POLL_S)

    async def _read_log(self) -> set[int] | None:
        """Bring new events; tell the providers whose callers may have changed."""
        if not self._position:
            return set()
        events, self._position = await to_thread.run_sync(self._log.since, self._position)
        if events:
            by_provider: dict[int, list[Subscription]] = {}
            for each in self._subscriptions():
                if isinstance(each.watch, EventWatch):
                    by_provider.setdefault(each.connection.provider_id, []).append(each)
            for event in events:
                for each in by_provider.get(event.provider_id, ()):
                    if isinstance(each.watch, EventWatch) and each.watch.wants(event):
                        each.put(event)
        return {event.provider_id for event in events if event.kind in OF_CALLERS}

    async def _count(self) -> float:
        """Bring numbers that have changed; tell when to look again."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        watching = [
            (each, each.watch.watched)
            for each in self._subscriptions()
            if isinstance(each.watch, UsageWatch)
        ]
        wanted = {watched for _, watched in watching}
        if not wanted:
            self._counts.clear()
            return began + COUNT_S
        found = await to_thread.run_sync(self._read_counts, wanted)
        for each, watched in watching:
            if self._counts.get(watched) != found[watched]:
                each.put(found[watched])
        self._counts = {**found}
        return loop.time() + max(COUNT_S, IDLE_SHARE * (loop.time() - began))

    def _read_counts(self, wanted: set[Watched]) -> Mapping[Watched, Counted]:
        now = self._deps.installation.clock.now()
        return self._deps.database.look(lambda db: count_now(db, wanted, now))

    async def _check(self, providers: set[int] | None) -> None:
        """End the connections of whoever is not recognised any more; None: look at all."""
        for connection in list(self._connections):
            concerned = providers is None or connection.provider_id in providers
            if concerned and not await self._deps.executor.run(connection.is_known):
                connection.end(Ended(LOST, errors.UNAUTHENTICATED))

    def _subscriptions(self) -> list[Subscription]:
        return [each for one in self._connections for each in one.subscriptions]
