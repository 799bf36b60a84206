"""The gateway's view of the database: small immutable records in bounded caches.

Every cached answer is dropped by the event that changes it, and by no other provider's: at once for
changes made in this process, within `POLL_S` for those of others.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from threading import Lock
from typing import Any, Generic, TypeVar

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from gateway.config.document import ServiceDocument
from gateway.directory import Application, Environment, Provider, Service
from gateway.errors import DirectoryUnavailable
from server.actions.applications.keys import list_keys
from server.directory_queries import (
    find_application_record,
    find_document_record,
    find_owner,
    find_provider_record,
    find_service_by_host,
    find_service_by_name,
    find_service_record,
    has_token,
)
from server.domain.applications.applications import Application as ApplicationRow
from server.domain.events import EventRecord, Gateway, find_kind
from server.domain.fields import is_comparable
from server.domain.installation import Installation
from server.kit.db import Database

MOST_APPLICATIONS = 50_000
MOST_MISSING = 10_000  # wrong keys and names remembered, so that they cost no query each

Key = TypeVar("Key")
Value = TypeVar("Value")
Answer = TypeVar("Answer")


class Cache(Generic[Key, Value]):
    """A bounded dictionary of answers, `None` among them; the oldest of each sort makes room.

    Each answer has an owner: the provider whose changes may change it, or None for anybody's.
    That nothing was found is kept apart, so that wrong keys never push right ones out.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._items: dict[Key, tuple[Value, int | None]] = {}
        self._missing: dict[Key, int | None] = {}

    def __len__(self) -> int:
        return len(self._items) + len(self._missing)

    def get(self, key: Key) -> Value | None:
        """Read what was found; None when nothing is known, or nothing was found."""
        found = self._items.get(key)
        return None if found is None else found[0]

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


def _make_room(items: dict[Key, Any], most: int) -> None:
    while len(items) > most:
        with suppress(RuntimeError, StopIteration):  # another thread forgot something just now
            items.pop(next(iter(items)), None)


class DatabaseDirectory:
    """Answers the gateway from the database. Implements `gateway.directory.Directory`."""

    def __init__(self, database: Database, installation: Installation) -> None:
        self._database = database
        self._installation = installation
        self._loading: dict[object, asyncio.Lock] = {}
        self._owners: dict[int, int] = {}  # of services, for ever: they never change hands
        # An answer read before its owner's change must not be kept after it.
        self._generation = 0
        self._changed_at: dict[int, int] = {}
        self._changing = Lock()  # events are told by the threads that commit
        self._hosts: Cache[str, tuple[Environment, int]] = Cache(10_000)
        self._names: Cache[str, int] = Cache(10_000)
        self._documents: Cache[tuple[Environment, int], ServiceDocument] = Cache(5_000)
        self._services: Cache[int, Service] = Cache(5_000)
        self._by_user_key: Cache[tuple[int, str], Application] = Cache(MOST_APPLICATIONS)
        self._by_app_id: Cache[tuple[int, str], Application] = Cache(MOST_APPLICATIONS)
        self._providers: Cache[str, Provider] = Cache(1_000)
        self._tokens: Cache[tuple[int, str], bool] = Cache(10_000)
        self._caches: tuple[Cache[Any, Any], ...] = (
            self._hosts,
            self._names,
            self._documents,
            self._services,
            self._by_user_key,
            self._by_app_id,
            self._providers,
            self._tokens,
        )

    async def document_by_host(self, host: str) -> ServiceDocument | None:
        domain = self._installation.addresses.domain
        place = await self._ask(
            self._hosts,
            host,
            lambda db: find_service_by_host(db, host, domain),
            lambda db, found: self._owner(db, None if found is None else found[1]),
        )
        return None if place is None else await self._document(*place)

    async def document_by_name(
        self, environment: Environment, system_name: str
    ) -> ServiceDocument | None:
        """Find the deployed document of a service of the first provider."""
        service_id = await self._ask(
            self._names,
            system_name,
            lambda db: find_service_by_name(db, system_name),
            self._owner,
        )
        return None if service_id is None else await self._document(environment, service_id)

    async def _document(self, environment: Environment, service_id: int) -> ServiceDocument | None:
        return await self._ask(
            self._documents,
            (environment, service_id),
            lambda db: find_document_record(db, self._installation, environment, service_id),
            lambda db, _: self._owner(db, service_id),
        )

    async def service(self, service_id: int) -> Service | None:
        return await self._ask(
            self._services,
            service_id,
            lambda db: find_service_record(db, service_id),
            lambda db, _: self._owner(db, service_id),
        )

    async def application_by_user_key(self, service_id: int, user_key: str) -> Application | None:
        digest = self._installation.vault.digest
        return await self._ask(
            self._by_user_key,
            (service_id, user_key),
            lambda db: find_application_record(
                db, service_id, ApplicationRow.user_key_digest == digest(user_key)
            ),
            lambda db, _: self._owner(db, service_id),
        )

    async def application_by_app_id(self, service_id: int, app_id: str) -> Application | None:
        if not is_comparable(app_id):
            return None
        return await self._ask(
            self._by_app_id,
            (service_id, app_id),
            lambda db: find_application_record(
                db, service_id, ApplicationRow.application_id == app_id
            ),
            lambda db, _: self._owner(db, service_id),
        )

    def key_digest(self, app_key: str) -> bytes:
        """Digest an `app_key` with the installation's key."""
        return self._installation.vault.digest(app_key)

    async def application_keys(self, application: Application) -> Sequence[str]:
        """Read the application's keys in clear, oldest first. Cost: one query, never cached."""
        unseal = self._installation.vault.unseal
        return await self._query(
            lambda db: [unseal(key.sealed) for key in list_keys(db, application.id)]
        )

    async def provider_by_key(self, provider_key: str) -> Provider | None:
        digest = self._installation.vault.digest(provider_key)
        return await self._ask(
            self._providers,
            provider_key,
            lambda db: find_provider_record(db, digest),
            lambda _, found: None if found is None else found.id,
        )

    async def service_token_matches(self, service_id: int, token: str) -> bool:
        key = (service_id, token)
        digest = self._installation.vault.digest(token)
        known = await self._ask(
            self._tokens,
            key,
            lambda db: has_token(db, service_id, digest),
            lambda db, _: self._owner(db, service_id),
        )
        return known is True

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
        load: Callable[[Session], Answer | None],
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
                answer = load(db)
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

        try:
            return await to_thread.run_sync(run)
        except SQLAlchemyError as error:
            raise DirectoryUnavailable("the database does not answer") from error

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


def _touched(event: EventRecord) -> Gateway:
    """Return what an event touches: one of a newer version's kind may touch all."""
    kind = find_kind(event.kind)
    return kind.gateway if kind else Gateway.PROVIDER


def _is_it(application_id: int | None, found: Application) -> bool:
    return found.id == application_id


def _is_any(_found: object) -> bool:
    return True
