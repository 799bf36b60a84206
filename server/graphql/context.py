"""What resolvers of one request share: who asks, the database, the loaders, the bill."""

from asyncio import CancelledError
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from strawberry.types import Info as StrawberryInfo

from server.actions.provider.idempotency import Once
from server.actions.versions import check_version
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.auth.points import Bill, Buckets
from server.auth.throttle import caller_of
from server.domain.actors import Actor
from server.domain.errors import Invalid, NotFound
from server.domain.events import Face, came_through
from server.domain.installation import Installation
from server.domain.provider.idempotency import clean_key
from server.domain.provider.providers import Provider
from server.graphql.ids import number_or_none
from server.graphql.loaders import Loaders
from server.graphql.once import Keyed
from server.web.requests import address_of

Kinds = Mapping[str, tuple[type, Any]]  # GraphQL name -> table, type
Scope = Callable[[Actor], Select[Any]]  # the rows of a table that an actor may see


@dataclass(slots=True)
class Context:
    """One request. Queries read one snapshot; after each mutation a fresh one is taken."""

    deps: Dependencies
    provider: Provider
    actor: Actor
    kinds: Kinds
    scopes: Mapping[type, Scope]
    buckets: Buckets
    request: Request
    bill: Bill = field(default_factory=Bill)
    is_paid: bool = False  # the bill
    asks_schema_only: bool = False  # so that everybody gets the same answer
    after: list[Callable[[Response], None]] = field(default_factory=list)  # cookies to set
    keyed: Keyed = field(init=False)
    asked: str = field(default="", repr=False)  # the request as text, to compare with another
    _stack: ExitStack = field(default_factory=ExitStack)
    _db: Session | None = None
    _is_over: bool = False
    _loaders: Loaders | None = None
    _rows: dict[type, Select[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bill.maximum = self.buckets.allowance.most_per_query
        self.keyed = Keyed(self.deps.database)

    def start(self, stack: ExitStack, db: Session) -> None:
        """Take over the snapshot in which the caller was recognised."""
        self._stack, self._db = stack, db

    def pay(self, points: int) -> bool:
        """Take points from the caller's bucket; False when it does not hold that much."""
        self.bill.requested = points
        return self.buckets.take(self.caller, self.bill)

    @property
    def caller(self) -> str:
        """Whose bucket pays: a user's, the provider key's, or a visitor's address."""
        return caller_of(self.actor, self.address)

    @property
    def address(self) -> str:
        """Where the request comes from, to count attempts."""
        return address_of(self.request)

    @property
    def installation(self) -> Installation:
        """The machine's keys, addresses and clock."""
        return self.deps.installation

    @property
    def now(self) -> datetime:
        return self.installation.clock.now()

    @property
    def is_anonymous(self) -> bool:
        """Return whether nobody is logged in."""
        return self.actor.kind == "signup"

    @property
    def db(self) -> Session:
        """The snapshot that is read from."""
        if self._is_over:
            raise CancelledError  # what is left of a refused query: nobody waits for it
        if self._db is None:
            opened = self.keyed.db
            self._db = opened or self._stack.enter_context(self.deps.database.read())
        return self._db

    @property
    def work(self) -> Work:
        """What actions that only read work with."""
        return Work(self.db, self.actor, self.installation)

    @property
    def loaders(self) -> Loaders:
        if self._loaders is None:
            self._loaders = Loaders(self.db, self.installation.cursors)
        return self._loaders

    @contextmanager
    def write(self, accepted: frozenset[str] = frozenset()) -> Iterator[Work]:
        """Open a mutation's own transaction; what is read afterwards comes from a new snapshot.

        `accepted` are codes of refusals that the mutation goes ahead with.
        """
        self.forget()
        once = self.keyed.once
        opened = self.deps.database.write() if once is None else self.keyed.part(once)
        with opened as db:
            came_through(db, Face.GRAPHQL)
            yield Work(db, self.actor, self.installation, accepted=accepted)

    def release(self) -> None:
        """Have others see what is changed so far, before they are asked about it."""
        self.forget()
        self.keyed.release()

    def carry_out_once(self, key: str) -> None:
        """Take an idempotency key. Raises: Answered, Invalid, Conflict."""
        if self.is_anonymous:
            raise Invalid("is for who is logged in.", field="idempotency_key")
        actor = self.actor
        by = f"user:{actor.user_id}" if actor.user_id else actor.kind
        once = Once(
            self.installation,
            self.provider.id,
            f"token:{actor.token_id}" if actor.token_id else by,
            clean_key(key),
            self.asked,
        )
        self.keyed.begin(once, self.db)

    def forget(self) -> None:
        """Give the snapshot back."""
        self._stack.close()
        self._db = self._loaders = None

    def end(self) -> None:
        """Give the snapshot back for good: fields that still wait take no new one."""
        self.forget()
        self.keyed.undo()
        self._is_over = True

    def rows(self, model: type) -> Select[Any]:
        """Select the rows of a table within the actor's reach. Raises: Forbidden."""
        rows = self._rows.get(model)
        if rows is None:
            rows = self._rows[model] = self.scopes[model](self.actor)
        return rows

    def find(self, model: type, number: int | None) -> Any:
        """Find one row within the actor's reach; None when there is none. Cost: one query."""
        if number is None:
            return None
        key: Any = model
        return self.db.execute(self.rows(model).where(key.id == number)).scalars().first()

    def check_version(
        self, work: Work, model: type, number: int | None, expected: str | None
    ) -> None:
        """Compare what is stored with what a change was made from. Raises: VersionConflict."""
        if expected is not None and number is not None:
            key: Any = model
            row = work.db.execute(self.rows(model).where(key.id == number)).scalars().first()
            check_version(work, row, expected)

    def number_within_reach(self, text: str | None, model: type, field: str) -> int | None:
        """Read the id of an object that a list is about, if it names one. Raises: NotFound."""
        number = number_or_none(text, model.__name__, field)
        if number is not None and self.find(model, number) is None:
            raise NotFound(f"There is no such {model.__name__}.", field=field)
        return number


Info = StrawberryInfo[Context, None]
