"""The outbox: every committed event reaches its listeners, also after a crash. Source: design 5."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import update
from sqlmodel import Session, col, select

from server.domain.events import EventKind, EventRecord
from server.kit.clock import Clock
from server.kit.db import Database

PAGE = 200
FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
FollowUp = Callable[[], object]
log = structlog.get_logger("gatehouse.outbox")


@dataclass(frozen=True, slots=True)
class Listener:
    """Hears events of some kinds inside the delivering transaction.

    `hear` returns what is to be done after the commit; that may get lost in a crash, so it must
    be nothing but a shortcut to what a later job would find by itself.
    """

    kinds: frozenset[EventKind]
    hear: Callable[[Session, EventRecord], Sequence[FollowUp]]
    providers: Callable[[Session], frozenset[int]] | None = None  # whose alone; None: of all


@dataclass(frozen=True, slots=True)
class PutOff:
    """An event whose listener failed: how often, and when to try again."""

    failures: int
    until: datetime


def _kinds_of(listeners: Iterable[Listener]) -> frozenset[EventKind]:
    return frozenset[EventKind]().union(*(one.kinds for one in listeners))


class Outbox:
    """Delivers events in the order of their ids, each in a transaction of its own.

    What a listener writes and the mark `delivered_at` are committed together: a crash repeats
    the delivery or finds it done. An event that fails is put off and does not hold up the rest.
    """

    def __init__(self, database: Database, clock: Clock, listeners: Sequence[Listener]) -> None:
        self._database = database
        self._clock = clock
        self._listeners = listeners
        self._heard = _kinds_of(one for one in listeners if one.providers is None)
        self._of_some = tuple(one for one in listeners if one.providers is not None)
        self._some_heard = _kinds_of(self._of_some)
        self._some: frozenset[int] = frozenset()  # providers, as the last sweep found them
        self._put_off: dict[int, PutOff] = {}

    def concerns(self, events: Sequence[EventRecord]) -> bool:
        """Return whether anybody listens to one of these."""
        return any(
            event.kind in self._heard
            or (event.provider_id in self._some and event.kind in self._some_heard)
            for event in events
        )

    def sweep(self) -> int:
        """Deliver all that is undelivered and due; tell how many events that were."""
        self._pass_over_unheard()
        return sum(self._deliver(event_id) for event_id in self._undelivered())

    def _pass_over_unheard(self) -> None:
        with self._database.read() as db:
            found = [one.providers(db) for one in self._of_some if one.providers is not None]
        self._some = frozenset[int]().union(*found)
        unheard = (
            update(EventRecord)
            .where(col(EventRecord.delivered_at).is_(None))
            .where(col(EventRecord.kind).not_in(self._heard))
            .values(delivered_at=self._clock.now())
        )
        if self._some:
            is_some = col(EventRecord.provider_id).in_(self._some)
            unheard = unheard.where(~(is_some & col(EventRecord.kind).in_(self._some_heard)))
        with self._database.write() as db:
            db.execute(unheard)

    def _undelivered(self) -> Iterator[int]:
        last_id = 0
        while True:
            query = (
                select(EventRecord.id)
                .where(col(EventRecord.delivered_at).is_(None), EventRecord.id > last_id)
                .order_by(col(EventRecord.id))
                .limit(PAGE)
            )
            with self._database.read() as db:
                page = db.exec(query).all()
            yield from page
            if len(page) < PAGE:
                return
            last_id = page[-1]

    def _deliver(self, event_id: int) -> bool:
        put_off = self._put_off.get(event_id)
        if put_off is not None and put_off.until > self._clock.now():
            return False
        try:
            follow_ups = self._hand_over(event_id)
        except Exception:
            log.exception("a listener failed, its event is put off", event_id=event_id)
            self._put_off[event_id] = self._next_try(put_off)
            return False
        self._put_off.pop(event_id, None)
        for follow_up in follow_ups or ():
            follow_up()
        return follow_ups is not None

    def _hand_over(self, event_id: int) -> list[FollowUp] | None:
        """Run the listeners of an event; None when somebody else delivers it."""
        query = (
            select(EventRecord)
            .where(EventRecord.id == event_id, col(EventRecord.delivered_at).is_(None))
            .with_for_update(skip_locked=True)
        )
        with self._database.write() as db:
            event = db.exec(query).first()
            if event is None:
                return None
            follow_ups: list[FollowUp] = []
            for listener in self._listeners:
                if event.kind in listener.kinds:
                    follow_ups.extend(listener.hear(db, event))
            event.delivered_at = self._clock.now()
        return follow_ups

    def _next_try(self, before: PutOff | None) -> PutOff:
        failures = before.failures + 1 if before else 1
        delay = min(FIRST_DELAY * 2 ** min(failures - 1, 20), LONGEST_DELAY)
        return PutOff(failures, self._clock.now() + delay)
