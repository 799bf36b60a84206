"""The gateway's view of the database: small immutable records in bounded caches.

Every cached answer is dropped by the event that changes it: at once for changes made in this
process, within `POLL_S` for those of others.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
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
    find_provider_record,
    find_service_by_host,
    find_service_by_name,
    find_service_record,
    has_token,
)
from server.domain.applications.applications import Application as ApplicationRow
from server.domain.events import EventKind, EventRecord
from server.domain.fields import is_comparable
from server.domain.installation import Installation
from server.kit.db import Database

MOST_APPLICATIONS = 50_000
MOST_MISSING = 10_000  # wrong keys and names remembered, so that they cost no query each

# What can never change an answer; everything else drops more rather than less.
HARMLESS = frozenset(
    {
        EventKind.USER_SIGNED_UP,
        EventKind.USER_CREATED,
        EventKind.USER_UPDATED,
        EventKind.USER_LOGGED_IN,
        EventKind.PASSWORD_RESET_ASKED,
        EventKind.PASSWORD_CHANGED,
        EventKind.PROXY_TESTED,
        EventKind.PLAN_CHANGE_ASKED,
        EventKind.SETTING_UPDATED,
        EventKind.TOKEN_CREATED,
        EventKind.TOKEN_DELETED,
        EventKind.TEMPLATE_UPDATED,
        EventKind.FEATURE_CREATED,
        EventKind.FEATURE_UPDATED,
        EventKind.FEATURE_DELETED,
        EventKind.API_DOCS_CREATED,
        EventKind.API_DOCS_UPDATED,
        EventKind.API_DOCS_DELETED,
        EventKind.ACCOUNT_CREATED,
    }
)

Key = TypeVar("Key")
Value = TypeVar("Value")
Answer = TypeVar("Answer")


class Cache(Generic[Key, Value]):
    """A bounded dictionary of answers, `None` among them; the oldest of each sort makes room.

    That nothing was found is kept apart, so that wrong keys never push right ones out.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._items: dict[Key, Value] = {}
        self._missing: dict[Key, None] = {}

    def __len__(self) -> int:
        return len(self._items) + len(self._missing)

    def get(self, key: Key) -> Value | None:
        """Read what was found; None when nothing is known, or nothing was found."""
        return self._items.get(key)

    def is_missing(self, key: Key) -> bool:
        """Tell whether nothing was found, as far as is known."""
        return key in self._missing

    def put(self, key: Key, value: Value | None) -> None:
        """Keep an answer."""
        if value is None:
            self._missing[key] = None
            _make_room(self._missing, MOST_MISSING)
        else:
            self._items[key] = value
            _make_room(self._items, self._most)

    def drop(self, unwanted: Callable[[Value], bool]) -> None:
        """Forget what matches, and what was not found; safe while other threads read."""
        self._missing.clear()
        for key, value in list(self._items.items()):
            if unwanted(value):
                self._items.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        self._items.clear()
        self._missing.clear()


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
        self._generation = 0  # an answer read before a change must not be kept after it
        self._hosts: Cache[str, tuple[Environment, int]] = Cache(10_000)
        self._names: Cache[str, int] = Cache(10_000)
        self._documents: Cache[tuple[Environment, int], ServiceDocument] = Cache(5_000)
        self._services: Cache[int, Service] = Cache(5_000)
        self._by_user_key: Cache[tuple[int, str], Application] = Cache(MOST_APPLICATIONS)
        self._by_app_id: Cache[tuple[int, str], Application] = Cache(MOST_APPLICATIONS)
        self._providers: Cache[str, Provider] = Cache(1_000)
        self._tokens: Cache[tuple[int, str], bool] = Cache(10_000)

    async def document_by_host(self, host: str) -> ServiceDocument | None:
        """Find the deployed document of a gateway host."""
        domain = self._installation.addresses.domain
        place = await self._ask(
            self._hosts, host, lambda db: find_service_by_host(db, host, domain)
        )
        return None if place is None else await self._document(*place)

    async def document_by_name(
        self, environment: Environment, system_name: str
    ) -> ServiceDocument | None:
        """Find the deployed document of a service of the first provider."""
        service_id = await self._ask(
            self._names, system_name, lambda db: find_service_by_name(db, system_name)
        )
        return None if service_id is None else await self._document(environment, service_id)

    async def _document(self, environment: Environment, service_id: int) -> ServiceDocument | None:
        return await self._ask(
            self._documents,
            (environment, service_id),
            lambda db: find_document_record(db, environment, service_id),
        )

    async def service(self, service_id: int) -> Service | None:
        """Find a service by id."""
        return await self._ask(
            self._services, service_id, lambda db: find_service_record(db, service_id)
        )

    async def application_by_user_key(self, service_id: int, user_key: str) -> Application | None:
        """Find the application of a `user_key` within a service."""
        digest = self._installation.vault.digest
        return await self._ask(
            self._by_user_key,
            (service_id, user_key),
            lambda db: find_application_record(
                db, service_id, ApplicationRow.user_key_digest == digest(user_key)
            ),
        )

    async def application_by_app_id(self, service_id: int, app_id: str) -> Application | None:
        """Find the application of an `app_id` within a service."""
        if not is_comparable(app_id):
            return None
        return await self._ask(
            self._by_app_id,
            (service_id, app_id),
            lambda db: find_application_record(
                db, service_id, ApplicationRow.application_id == app_id
            ),
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
        """Find the provider of a provider key."""
        digest = self._installation.vault.digest(provider_key)
        return await self._ask(
            self._providers, provider_key, lambda db: find_provider_record(db, digest)
        )

    async def service_token_matches(self, service_id: int, token: str) -> bool:
        """Tell whether this token is the service's."""
        key = (service_id, token)
        digest = self._installation.vault.digest(token)
        known = await self._ask(self._tokens, key, lambda db: has_token(db, service_id, digest))
        return known is True

    async def _ask(
        self, cache: Cache[Key, Answer], key: Key, load: Callable[[Session], Answer | None]
    ) -> Answer | None:
        known = cache.get(key)
        if known is not None or cache.is_missing(key):
            return known
        async with self._alone((id(cache), key)):
            known = cache.get(key)
            if known is not None or cache.is_missing(key):
                return known
            generation = self._generation
            answer = await self._query(load)
            if generation == self._generation:
                cache.put(key, answer)
            return answer

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
        relevant = [event for event in events if event.kind not in HARMLESS]
        if not relevant:
            return
        self._generation += 1
        for event in relevant:
            if event.kind.startswith("application."):
                self._drop_applications(partial(_is_application, event.subject_id))
            else:
                self._drop_provider(event.provider_id)

    def _drop_provider(self, provider_id: int) -> None:
        self._drop_applications(partial(_is_of_provider, provider_id))
        for cache in (self._hosts, self._names, self._documents, self._services):
            cache.clear()
        self._providers.clear()
        self._tokens.clear()

    def _drop_applications(self, unwanted: Callable[[Application], bool]) -> None:
        for cache in (self._by_user_key, self._by_app_id):
            cache.drop(unwanted)


def _is_application(application_id: int | None, found: Application) -> bool:
    return found.id == application_id


def _is_of_provider(provider_id: int, found: Application) -> bool:
    return found.provider_id == provider_id
