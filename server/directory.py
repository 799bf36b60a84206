"""The gateway's view of the database: small immutable records in bounded caches.

Every cached answer is dropped by the event that changes it, and by no other provider's: at once for
changes made in this process, within `POLL_S` for those of others. As a net for a change that nobody
told, all of them are compared with the database in turn.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from threading import Lock
from typing import Any, Generic, TypeVar

import structlog
from anyio import to_thread
from prometheus_client import Counter
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from gateway.config.document import ServiceDocument
from gateway.directory import Application, Environment, Provider, Service
from gateway.errors import DirectoryUnavailable
from gateway.together import Together
from server.actions.applications.keys import is_over, list_keys
from server.directory_queries import (
    Place,
    find_by_app_ids,
    find_by_user_keys,
    find_document_record,
    find_document_version,
    find_host_owner,
    find_owner,
    find_provider_record,
    find_service_by_host,
    find_service_by_name,
    find_service_record,
    has_token,
)
from server.domain.events import EventRecord, Gateway, find_kind
from server.domain.fields import is_comparable
from server.domain.installation import Installation
from server.kit.db import Database

MOST_APPLICATIONS = 100_000  # about 1 kB each
NO_KEY_FITS = frozenset({b""})  # no digest is empty
MOST_MISSING = 10_000  # wrong keys and names remembered, so that they cost no query each

# Comparing: a round of all answers takes `ROUND_S`, or longer where there are more than these.
SLICE_S = 0.25
FOUND_A_SLICE, MISSING_A_SLICE = 8, 2  # so that wrong keys never hold up right ones
ROUND_S = 30.0
TOLD_WITHIN_S = 3.0  # a change that is not told by then was lost
HEALED = Counter(
    "gatehouse_directory_healed_answers", "Cached answers that only the comparison found past."
)
log = structlog.get_logger("gatehouse.directory")

Key = TypeVar("Key")
Value = TypeVar("Value")
Answer = TypeVar("Answer")


class Cache(Generic[Key, Value]):
    """A bounded dictionary of answers, `None` among them; the oldest of each sort makes room.

    Each answer has an owner: the provider whose changes may change it, or None for anybody's.
    That nothing was found is kept apart, so that wrong keys never push right ones out.
    """

    def __init__(
        self,
        most: int,
        load: Callable[[Session, Key], Value | None],
        *,
        is_current: Callable[[Session, Key], bool] | None = None,
    ) -> None:
        """Say how an answer is loaded, and compared where it is not equal to itself read again."""
        self._most = most
        self.load = load
        self._is_current = is_current
        self._items: OrderedDict[Key, tuple[Value, int | None]] = OrderedDict()
        self._missing: OrderedDict[Key, int | None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._items) + len(self._missing)

    def get(self, key: Key) -> Value | None:
        """Read what was found; None when nothing is known, or nothing was found."""
        found = self._items.get(key)
        return None if found is None else found[0]

    def keys(self, *, missing: bool) -> list[Key]:
        """List what was asked for and found, or not found."""
        return list(self._missing if missing else self._items)

    def knows(self, key: Key, value: Value | None) -> bool:
        """Return whether this very answer is still there."""
        return self.is_missing(key) if value is None else self.get(key) is value

    def load_all(self, db: Session, keys: Sequence[Key]) -> dict[Key, Value | None]:
        """Load answers, one after another."""
        return {key: self.load(db, key) for key in keys}

    def find_past(self, db: Session, keys: Sequence[Key]) -> list[tuple[Key, Value | None]]:
        """Find answers that are not what the database says, but for those dropped meanwhile."""
        known = {key: self.get(key) for key in keys}
        known = {key: value for key, value in known.items() if self.knows(key, value)}
        if self._is_current is not None:
            past = [key for key in known if not self._is_current(db, key)]
        else:
            fresh = self.load_all(db, list(known))
            past = [key for key, value in known.items() if fresh[key] != value]
        return [(key, known[key]) for key in past]

    def is_missing(self, key: Key) -> bool:
        """Return whether nothing was found, as far as is known."""
        return key in self._missing

    def put(self, key: Key, value: Value | None, owner: int | None) -> None:
        if value is None:
            self._missing[key] = owner
            _make_room(self._missing, MOST_MISSING)
        else:
            self._items[key] = value, owner
            _make_room(self._items, self._most)

    def forget(self, key: Key) -> None:
        """Forget one answer."""
        self._items.pop(key, None)
        self._missing.pop(key, None)

    def drop(self, owner: int, unwanted: Callable[[Value], bool]) -> None:
        """Forget what an owner's change may have changed; safe while other threads read.

        That is what matches of the owner's, and what was not found of his or of nobody's.
        """
        for key, of in list(self._missing.items()):
            if of is None or of == owner:
                self._missing.pop(key, None)
        for key, (value, of) in list(self._items.items()):
            if (of is None or of == owner) and unwanted(value):
                self._items.pop(key, None)


def _make_room(items: OrderedDict[Key, Any], most: int) -> None:
    while len(items) > most:
        with suppress(KeyError):  # another thread forgot all just now
            items.popitem(last=False)


class SharedCache(Cache[Key, Value]):
    """A cache whose answers are loaded and compared together: as many queries as for one."""

    def __init__(
        self, most: int, load_all: Callable[[Session, Sequence[Key]], Mapping[Key, Value]]
    ) -> None:
        """Say how answers are loaded; a key without one is left out."""
        super().__init__(most, lambda db, key: load_all(db, [key]).get(key))
        self._load_all = load_all

    def load_all(self, db: Session, keys: Sequence[Key]) -> dict[Key, Value | None]:
        found = self._load_all(db, keys) if keys else {}
        return {key: found.get(key) for key in keys}


class DatabaseDirectory:
    """Answers the gateway from the database. Implements `gateway.directory.Directory`."""

    def __init__(
        self,
        database: Database,
        installation: Installation,
        read_ahead: Callable[[Session, Sequence[int]], None] | None = None,
    ) -> None:
        """Say what else is read of the applications of a first call, where they are."""
        self._database = database
        self._read_ahead = read_ahead
        self._installation = installation
        self._loading: dict[object, asyncio.Lock] = {}
        self._owners: dict[int, int] = {}  # of services, for ever: they never change hands
        # An answer read before its owner's change must not be kept after it.
        self._generation = 0
        self._changed_at: dict[int, int] = {}
        self._changing = Lock()  # events are told by the threads that commit
        digest, domain = installation.vault.digest, installation.addresses.domain
        self._hosts: Cache[str, tuple[Environment, int]] = Cache(
            10_000, lambda db, host: find_service_by_host(db, host, domain)
        )
        self._host_owners: Cache[str, int] = Cache(10_000, partial(find_host_owner, domain=domain))
        self._names: Cache[str, int] = Cache(10_000, find_service_by_name)
        self._versions: dict[tuple[Environment, int], int | None] = {}  # of documents
        self._documents: Cache[tuple[Environment, int], ServiceDocument] = Cache(
            5_000,
            self._load_document,
            is_current=lambda db, key: find_document_version(db, *key) == self._versions.get(key),
        )
        self._services: Cache[int, Service] = Cache(
            5_000, lambda db, key: find_service_record(db, key, installation.addresses)
        )
        self._by_user_key = SharedCache[Place, Application](
            MOST_APPLICATIONS, lambda db, places: find_by_user_keys(db, digest, places)
        )
        self._by_app_id = SharedCache[Place, Application](MOST_APPLICATIONS, find_by_app_ids)
        self._user_keys = Together(partial(self._load_together, self._by_user_key))
        self._app_ids = Together(partial(self._load_together, self._by_app_id))
        self._providers: Cache[str, Provider] = Cache(
            1_000, lambda db, key: find_provider_record(db, digest(key))
        )
        self._tokens: Cache[tuple[int, str], bool] = Cache(
            10_000, lambda db, key: has_token(db, key[0], digest(key[1]))
        )
        self._caches: tuple[Cache[Any, Any], ...] = tuple(
            each for each in vars(self).values() if isinstance(each, Cache)
        )
        self._rounds = [self._round(missing=False), self._round(missing=True)]
        self._suspects: list[tuple[float, Cache[Any, Any], Any, Any]] = []

    async def document_by_host(self, host: str) -> ServiceDocument | None:
        place = await self._ask(
            self._hosts,
            host,
            lambda db, found: self._owner(db, None if found is None else found[1]),
        )
        return None if place is None else await self._document(*place)

    async def owns_host(self, host: str) -> bool:
        """Return whether a host is in the table of hosts, whatever answers there."""
        return is_comparable(host) and None is not await self._ask(
            self._host_owners, host, lambda _, owner: owner
        )

    async def document_by_name(
        self, environment: Environment, system_name: str
    ) -> ServiceDocument | None:
        """Find the deployed document of a service of the first provider."""
        service_id = await self._ask(
            self._names,
            system_name,
            self._owner,
        )
        return None if service_id is None else await self._document(environment, service_id)

    async def _document(self, environment: Environment, service_id: int) -> ServiceDocument | None:
        return await self._ask(
            self._documents,
            (environment, service_id),
            lambda db, _: self._owner(db, service_id),
        )

    async def service(self, service_id: int) -> Service | None:
        return await self._ask(
            self._services,
            service_id,
            lambda db, _: self._owner(db, service_id),
        )

    async def application_by_user_key(self, service_id: int, user_key: str) -> Application | None:
        return await self._application(self._by_user_key, self._user_keys, (service_id, user_key))

    async def application_by_app_id(self, service_id: int, app_id: str) -> Application | None:
        if not is_comparable(app_id):
            return None
        return await self._application(self._by_app_id, self._app_ids, (service_id, app_id))

    async def _application(
        self,
        cache: SharedCache[Place, Application],
        loads: Together[Place, Application | None],
        place: Place,
    ) -> Application | None:
        known = cache.get(place)
        if known is None and not cache.is_missing(place):
            known = await loads.ask(place)
        if known is None or not (known.ends_at or known.key_ends):
            return known
        return _at(known, self._installation.clock.now().timestamp())

    async def _load_together(
        self, cache: SharedCache[Place, Application], places: Sequence[Place]
    ) -> dict[Place, Application | None]:
        generation = self._generation
        known = {place: cache.get(place) for place in places}
        wanted = [place for place in places if known[place] is None and not cache.is_missing(place)]

        def load(db: Session) -> tuple[dict[Place, Application | None], list[int | None]]:
            found = cache.load_all(db, wanted)
            if self._read_ahead is not None:
                self._read_ahead(db, [each.id for each in found.values() if each is not None])
            return found, [self._owner(db, place[0]) for place in wanted]

        answers, owners = await self._in_thread(partial(self._database.look, load))
        for (place, answer), owner in zip(answers.items(), owners, strict=True):
            cache.put(place, answer, owner)
            if self._last_change(owner) > generation:
                cache.forget(place)
        return known | answers

    def key_digest(self, app_key: str) -> bytes:
        """Digest an `app_key` with the installation's key."""
        return self._installation.vault.digest(app_key)

    async def application_keys(self, application: Application) -> Sequence[str]:
        """Read the application's keys in clear, oldest first. Cost: one query, never cached."""
        unseal, now = self._installation.vault.unseal, self._installation.clock.now()
        return await self._query(
            lambda db: [
                unseal(key.sealed) for key in list_keys(db, application.id) if not is_over(key, now)
            ]
        )

    async def provider_by_key(self, provider_key: str) -> Provider | None:
        return await self._ask(
            self._providers,
            provider_key,
            lambda _, found: None if found is None else found.id,
        )

    async def service_token_matches(self, service_id: int, token: str) -> bool:
        key = (service_id, token)
        known = await self._ask(
            self._tokens,
            key,
            lambda db, _: self._owner(db, service_id),
        )
        return known is True

    def _load_document(self, db: Session, key: tuple[Environment, int]) -> ServiceDocument | None:
        self._versions[key] = find_document_version(db, *key)  # first: the other may be newer
        return find_document_record(db, self._installation, *key)

    def _owner(self, db: Session, service_id: int | None) -> int | None:
        """Return whose a service is; None for none."""
        if service_id is None:
            return None
        if service_id not in self._owners and (owner := find_owner(db, service_id)) is not None:
            self._owners[service_id] = owner
        return self._owners.get(service_id)

    async def _ask(
        self,
        cache: Cache[Key, Answer],
        key: Key,
        owner_of: Callable[[Session, Answer | None], int | None],
    ) -> Answer | None:
        known = cache.get(key)
        if known is not None or cache.is_missing(key):
            return known
        async with self._alone((id(cache), key)):
            known = cache.get(key)
            if known is not None or cache.is_missing(key):
                return known
            generation = self._generation

            def load_with_owner(db: Session) -> tuple[Answer | None, int | None]:
                answer = cache.load(db, key)
                return answer, owner_of(db, answer)

            answer, owner = await self._query(load_with_owner)
            cache.put(key, answer, owner)
            if self._last_change(owner) > generation:
                cache.forget(key)
            return answer

    def _last_change(self, owner: int | None) -> int:
        """Return the generation that an owner's last change began; nobody's may be anybody's."""
        return self._generation if owner is None else self._changed_at.get(owner, 0)

    @asynccontextmanager
    async def _alone(self, what: object) -> AsyncIterator[None]:
        """Let one caller load an answer while the others wait for it: loading may be dear."""
        lock = self._loading.setdefault(what, asyncio.Lock())
        try:
            async with lock:
                yield
        finally:
            if not lock.locked():
                self._loading.pop(what, None)

    async def _query(self, load: Callable[[Session], Answer]) -> Answer:
        def run() -> Answer:
            with self._database.read() as db:
                return load(db)

        return await self._in_thread(run)

    async def _in_thread(self, run: Callable[[], Answer]) -> Answer:
        try:
            return await to_thread.run_sync(run)
        except SQLAlchemyError as error:
            raise DirectoryUnavailable("the database does not answer") from error

    async def compare_for_ever(self) -> None:
        """Compare all answers with the database, some at a time."""
        while True:
            await asyncio.sleep(SLICE_S)
            with suppress(SQLAlchemyError):  # an answer that can't be compared is kept
                await to_thread.run_sync(self.compare)

    def compare(self) -> int:
        """Compare the answers whose turn it is; tell how many were past, and are forgotten now.

        One that differs is watched first: the change may be on its way.
        """
        now = time.monotonic()
        due = [suspect for suspect in self._suspects if now - suspect[0] >= TOLD_WITHIN_S]
        self._suspects = [suspect for suspect in self._suspects if suspect not in due]
        past = [(cache, key) for _, cache, key, value in due if cache.knows(key, value)]
        for cache, key in past:
            cache.forget(key)
        if past:
            HEALED.inc(len(past))
            log.warning("answers were past, and nobody had told", count=len(past))
        slices = zip(self._rounds, (FOUND_A_SLICE, MISSING_A_SLICE), strict=True)
        turns = [turn for round_, most in slices for turn in islice(round_, most) if turn]
        by_cache: dict[Cache[Any, Any], list[Any]] = {}
        for cache, key in turns:
            by_cache.setdefault(cache, []).append(key)
        with self._database.read() as db:
            for cache, keys in by_cache.items():
                found = cache.find_past(db, keys)
                self._suspects += [(now, cache, key, value) for key, value in found]
        return len(past)

    def _round(self, *, missing: bool) -> Iterator[tuple[Cache[Any, Any], Any] | None]:
        """Give out all answers for ever, a round at most each `ROUND_S`; None means to wait."""
        while True:
            began = time.monotonic()
            for cache in self._caches:
                yield from ((cache, key) for key in cache.keys(missing=missing))
            yield None
            while time.monotonic() - began < ROUND_S:
                yield None

    def forget(self, events: Sequence[EventRecord]) -> None:
        """Drop every answer that these events may have changed. Called after each commit."""
        for event in events:
            touched = _touched(event)
            if touched is Gateway.NOTHING:
                continue
            with self._changing:
                self._generation += 1
                self._changed_at[event.provider_id] = self._generation
            if touched is Gateway.APPLICATION:
                for applications in (self._by_user_key, self._by_app_id):
                    applications.drop(event.provider_id, partial(_is_it, event.subject_id))
            else:
                for cache in self._caches:
                    cache.drop(event.provider_id, _is_any)


def _at(found: Application, now: float) -> Application | None:
    """Tell an application as its credentials are at a time: those that ended open nothing.

    Where all its keys have ended one is still asked for, and none fits.
    """
    if found.ends_at and found.ends_at <= now:
        return None
    ended = {digest for digest, ends_at in found.key_ends if ends_at <= now}
    if not ended:
        return found
    return replace(found, key_digests=(found.key_digests - ended) or NO_KEY_FITS)


def _touched(event: EventRecord) -> Gateway:
    """Return what an event touches: one of a newer version's kind may touch all."""
    kind = find_kind(event.kind)
    return kind.gateway if kind else Gateway.PROVIDER


def _is_it(application_id: int | None, found: Application) -> bool:
    return found.id == application_id


def _is_any(_found: object) -> bool:
    return True
