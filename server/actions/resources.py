"""What a kind of object is, declared once; finding, making, changing and deleting come from that.

A topic that needs more says it with `prepare` and `refuse_delete`, or writes its own function
around these. Faces ask the declaration which attributes there are and what is special about each.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import delete
from sqlmodel import SQLModel, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import (
    fingerprint_of,
    get_owned,
    hold,
    hold_to_delete,
    not_here,
    plain,
    rely_on,
    save,
    within_services,
)
from server.actions.secrets import seal_value, unsealed, unsealed_value
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.attributes import LONG, SPREAD, Attribute, MadeFrom, Refers
from server.domain.drafts import Draft, attributes_of, changes_model, parse
from server.domain.errors import DomainError, Invalid, NotFound
from server.domain.events import HIDDEN, Event, EventKind
from server.domain.permissions import Permission
from server.kit.crypto import Vault
from server.kit.paging import Listing

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """What an object belongs to: the column that names it, and how it is found."""

    column: str
    get: Callable[[Work, int], Any]  # raises NotFound
    kind: str = ""  # the resource it is of: "application_plan"; empty: as the column says

    @property
    def name(self) -> str:
        """Return what kind of object it is."""
        return self.kind or self.column.removesuffix("_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Partly:
    """What is secret within an attribute that else may be told."""

    hide: Callable[[Any], Any]  # a value -> what may be told of it
    keep: Callable[[Any, Any], Any]  # a value with what is hidden, and the one that stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle:
    """The kinds of events that tell of an object's life."""

    created: EventKind | None = None  # of what a function of its own makes
    updated: EventKind | None = None  # of what never changes
    deleted: EventKind | None = None  # of what a function of its own ends, or nothing does


def _hold_parent(work: Work, parent: Parent, parent_id: int | None) -> Any:
    """Hold what a new object is to belong to: its children are made one after the other."""
    found = hold(work.db, parent.get(work, parent_id or 0))
    return parent.get(work, found.id)  # what held it before may have ended it


def _nothing(work: Work, row: Any) -> None:
    """Do nothing: most topics need no more than their declaration."""


def _all_rows(actor: Actor) -> tuple[Any, ...]:
    """Narrow nothing: most topics show all rows of the provider."""
    return ()


def _own_account(work: Work, row: Any) -> int | None:
    """Return the account that a row names itself; None when it names none."""
    found: int | None = getattr(row, "account_id", None)
    return found


def _own_service(work: Work, row: Any) -> int | None:
    """Return the service that a row names itself; None when it names none."""
    found: int | None = getattr(row, "service_id", None)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Generic[Row]):
    """A kind of object of a provider."""

    name: str  # in addresses and files: "application_plan"
    model: type[Row]
    draft: type[Draft]
    read: Permission
    edit: Permission
    events: Lifecycle
    listing: Listing[Row]
    is_own: bool = False  # whoever acts reaches his own, a developer too
    noun: str = ""  # in messages, where it is not the name
    parent: Parent | None = None
    unique: str = "system_name"  # what is blamed when there is one like it
    reach: Callable[[Actor], tuple[Any, ...]] = _all_rows  # conditions on the provider's rows
    find: Callable[[Work, type[Row], int | None], Row] = get_owned  # raises NotFound
    account: Callable[[Work, Row], int | None] = _own_account  # the account that events name
    home: Callable[[Work, Row], int | None] = _own_service  # the service that events name
    facts: tuple[str, ...] = ()  # columns that every event tells beside what changed
    partly: Mapping[str, Partly] = field(default_factory=dict)  # secrets that are not all secret
    goes_with: tuple[Any, ...] = ()  # columns that name it in rows that go when it goes
    prepare: Callable[[Work, Row], None] = _nothing  # before it is saved, new or changed
    made: Callable[[Work, Row], None] = _nothing  # once a new one is saved
    refuse_delete: Callable[[Work, Row], None] = _nothing  # raises what stands against it
    ended: Callable[[Work, Row], None] = _nothing  # once one is deleted
    within: Callable[[Work, Row], None] = _nothing  # holds what must be held before one is
    attributes: tuple[Attribute, ...] = field(init=False)
    changes: type[Draft] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "attributes", attributes_of(self.draft))
        object.__setattr__(self, "changes", changes_model(self.draft))
        object.__setattr__(self, "noun", self.noun or self.name.replace("_", " "))

    def require(self, actor: Actor, permission: Permission) -> None:
        """Let pass, or raise Forbidden; NotFound for a developer, unless it is about his own."""
        actor.require(permission, account_id=actor.account_id if self.is_own else None)

    def query(self, actor: Actor) -> SelectOfScalar[Row]:
        """Select the provider's rows. Raises: Forbidden."""
        self.require(actor, self.read)
        model: Any = self.model
        query = select(self.model).where(model.provider_id == actor.provider_id)
        return query.where(*within_services(actor, model), *self.reach(actor))

    def get(self, work: Work, row_id: int | None) -> Row:
        """Find one. Raises: Forbidden, NotFound."""
        self.require(work.actor, self.read)
        return self._found(work, row_id)

    def create(
        self, work: Work, values: Mapping[str, Any], parent_id: int | None = None, /, **columns: Any
    ) -> Row:
        """Make one of what was given; `columns` are values that no caller may give.

        Raises: Forbidden, NotFound, Invalid, Taken.
        """
        self.require(work.actor, self.edit)
        if self.parent is not None:
            columns[self.parent.column] = _hold_parent(work, self.parent, parent_id).id
        given = parse(self.draft, values).complete()
        blamed = self._make_up(given)
        own = {
            attribute.column: self._stored(work, attribute, given[attribute.name])
            for attribute in self.attributes
        }
        row = self.model(provider_id=work.actor.provider_id, **own, **columns)
        self._check_references(work, row, given)
        self.prepare(work, row)
        save(work.db, row, unique=blamed or self.unique)
        self.made(work, row)
        self.tell(work, self.events.created, row)
        return row

    def update(self, work: Work, row_id: int, values: Mapping[str, Any]) -> Row:
        """Change what is given of one, all of it or nothing.

        Raises: Forbidden, NotFound, Invalid, Taken.
        """
        self.require(work.actor, self.edit)
        return self.change(work, self._found(work, row_id), values)

    def change(self, work: Work, row: Row, values: Mapping[str, Any]) -> Row:
        """Change a row that the actor may change. Raises: NotFound, Invalid, Taken."""
        given = parse(self.changes, values).given()
        self.within(work, row)
        hold(work.db, row)
        self._check_references(work, row, given)
        before = self.values_of(row)
        self._set(work, row, given)
        after = self.values_of(row)
        changed = {
            name: (before[name], after[name]) for name in after if before[name] != after[name]
        }
        if changed and self.events.updated is not None:
            blamed = self.unique if self.unique in changed else next(iter(changed))
            save(work.db, row, unique=blamed)
            self.tell(work, self.events.updated, row, self._told(changed))
        return row

    def delete(self, work: Work, row_id: int) -> Row:
        """Take one away, with what goes with it. Raises: Forbidden, NotFound, Conflict."""
        self.require(work.actor, self.edit)
        row: Any = self._found(work, row_id)
        self.within(work, row)
        hold_to_delete(work.db, row)
        self.refuse_delete(work, row)
        for column in self.goes_with:
            work.db.execute(delete(column.class_).where(column == row.id))
        work.db.delete(row)
        self.ended(work, row)
        self.tell(work, self.events.deleted, row, name=_name_of(row))
        found: Row = row
        return found

    def _found(self, work: Work, row_id: int | None) -> Row:
        """Find one of a service that the actor reaches. Raises: NotFound."""
        row = self.find(work, self.model, row_id)
        if work.actor.service_ids is not None and not work.actor.reaches(self.home(work, row)):
            raise not_here(self.model)
        return row

    def values_of(self, row: Row) -> dict[str, Any]:
        """Read the attributes of a row as they are stored: a secret stays sealed."""
        return {attribute.name: getattr(row, attribute.column) for attribute in self.attributes}

    def value_of(self, vault: Vault, row: Row, attribute: Attribute) -> Any:
        """Read an attribute of a row for our own work, a secret in clear."""
        if not attribute.is_secret:
            return getattr(row, attribute.column)
        read = unsealed if attribute.type is str else unsealed_value
        return read(vault, row, attribute.column)

    def tell(
        self,
        work: Work,
        kind: EventKind | None,
        row: Any,
        changes: Mapping[str, list[Any]] | None = None,
        *,
        name: str = "",
    ) -> None:
        """Record an event of a row, with what the declaration says beside the changes.

        `name` is that of a row which nobody can look up any more.
        """
        if kind is None:
            raise NotImplementedError(f"{self.noun}: what happened to it has no kind of event")
        event = Event(
            kind,
            row.id,
            account_id=self.account(work, row),
            service_id=self.home(work, row),
            changes=dict(changes or {}),
            facts={
                **{fact: plain(getattr(row, fact)) for fact in self.facts},
                **({"name": name} if name else {}),
            },
        )
        work.record(event)

    def _make_up(self, given: dict[str, Any]) -> str | None:
        """Make what was not given from what was; tell which attribute to blame when it is taken."""
        blamed = None
        for attribute in self.attributes:
            made_from = attribute.mark(MadeFrom)
            if made_from is not None:
                own, source = given[attribute.name], given[made_from.source]
                blamed = attribute.name if own else made_from.source
                given[attribute.name] = made_from.make(own, source)
        return blamed

    def _set(self, work: Work, row: Row, given: Mapping[str, Any]) -> None:
        """Set what differs; a row that is refused stays as it was. Raises: Invalid."""
        try:
            with work.db.no_autoflush:
                for attribute in (each for each in self.attributes if each.name in given):
                    value = given[attribute.name]
                    if self.value_of(work.installation.vault, row, attribute) != value:
                        setattr(row, attribute.column, self._stored(work, attribute, value))
                self.prepare(work, row)
        except DomainError:
            work.db.expire(row)
            raise

    def _stored(self, work: Work, attribute: Attribute, value: Any) -> Any:
        """Tell a value as its column holds it."""
        return seal_value(work.installation.vault, value) if attribute.is_secret else value

    def _check_references(self, work: Work, row: Row, given: Mapping[str, Any]) -> None:
        """Check the rows that are named. Raises: NotFound, Invalid."""
        for attribute in self.attributes:
            refers, value = attribute.mark(Refers), given.get(attribute.name)
            if refers is not None and value is not None:
                self._check_reference(work, row, attribute.name, refers.model, value)

    def _check_reference(self, work: Work, row: Row, name: str, model: type, row_id: int) -> None:
        """Refuse a row of another provider or another service. Raises: NotFound, Invalid."""
        try:
            other: Any = rely_on(work.db, get_owned(work, model, row_id))
        except NotFound as error:
            raise NotFound(error.message, field=name) from error
        homes = self.home(work, row), getattr(other, "service_id", None)
        if None not in homes and homes[0] != homes[1]:
            raise Invalid("must belong to the same API.", field=name)

    def _told(self, changed: Mapping[str, tuple[Any, Any]]) -> dict[str, list[Any]]:
        marks = {attribute.name: attribute for attribute in self.attributes}
        told = {
            name: [_shown(marks[name], value) for value in pair]
            for name, pair in changed.items()
            if SPREAD not in marks[name].marks
        }
        spread = (pair for name, pair in changed.items() if SPREAD in marks[name].marks)
        return {**told, **{name: each for pair in spread for name, each in _each(*pair)}}


def _each(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Tell which of the values by name are others."""
    for name in dict.fromkeys((*before, *after)):
        pair = [plain(before.get(name, "")), plain(after.get(name, ""))]
        if pair[0] != pair[1]:
            yield name, pair


def _name_of(row: Any) -> str:
    """Tell what people call a row; empty for one without a name."""
    found = (getattr(row, column, None) for column in ("org_name", "friendly_name", "name"))
    return next((str(name) for name in found if name), "")


def _shown(attribute: Attribute, value: Any) -> Any:
    """Write a value for the audit log: secrets not at all, long texts by their digest."""
    if attribute.is_secret:
        return HIDDEN
    if LONG in attribute.marks and value is not None:
        return fingerprint_of(value)
    return plain(value)
