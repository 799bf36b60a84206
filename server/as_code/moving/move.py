"""What the parts of a move share: where they write, what was noted, what is told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func
from sqlmodel import Session, SQLModel, select

from server.actions.moving.moved_objects import keep_moved
from server.actions.provider.fields import EXTRA, Fields
from server.actions.work import Work
from server.as_code.moving.report import Report
from server.as_code.moving.tenant import Record
from server.as_code.moving.wanted import Name, digest_of
from server.domain.analytics.usage import UsageTotal
from server.domain.applications.applications import Application
from server.domain.errors import DomainError
from server.domain.events import savepoint
from server.domain.moving.moved_objects import MovedObject
from server.domain.provider.field_definitions import COLUMNS, FieldTarget
from server.kit.ids import id_or_none

Row = TypeVar("Row", bound=SQLModel)
Count = tuple[int, int, int, str, datetime, int]  # application, metric, service, window, amount
Counting = Callable[[Session, Sequence[Count]], None]
WAY_OUT = "Change it there and run this again, or make it by hand."


@dataclass(slots=True)
class Move:
    """A move that runs."""

    origin: str
    report: Report
    writing: Callable[[], AbstractContextManager[Work]]
    counting: Counting
    is_part: bool = False  # the source is: what it lacks is not gone
    mails: bool = True  # whether people are mailed a link to a password
    links: dict[Name, int] = field(default_factory=dict)  # of the configuration -> its id here
    metrics: dict[tuple[int, str], int] = field(default_factory=dict)  # of services, by name
    services: Mapping[str, Record] = field(default_factory=dict)  # by their id there

    def link(self, kind: str, foreign_id: Any) -> int | None:
        """Find what a record of the configuration is here."""
        return self.links.get((kind, str(foreign_id)))

    def keep(self, work: Work, name: Name, local_id: int | None, **noted: Any) -> MovedObject:
        """Note what became of a record."""
        return keep_moved(work, self.origin, name, local_id, **noted)

    @contextmanager
    def trying(self, work: Work, what: str, way_out: str = WAY_OUT) -> Iterator[None]:
        """Do a part that stands or falls alone; a refusal is told."""
        try:
            with savepoint(work.db):
                yield
        except DomainError as error:
            at = f"{error.field} " if error.field else ""
            self.report.miss(what, f"{at}{error.message}", way_out)


def mark_of(work: Work, secret: str) -> str:
    """Tell two credentials apart without keeping them."""
    return work.installation.vault.digest(secret).hex() if secret else ""


def is_same(noted: MovedObject | None, values: Any) -> bool:
    """Return whether what is told of a record is what was taken of it before."""
    return noted is not None and noted.local_id is not None and noted.digest == digest_of(values)


def number_of(record: Record) -> Any:
    """Tell the id that a record has in the reference: a source of names tells it beside them."""
    return record.get("number", record["id"])


def find_standing(db: Session, model: type[Row], noted: MovedObject | None) -> Row | None:
    """Find what a record became; None when it was deleted, whoever has its id by now."""
    row: Any = db.get(model, noted.local_id) if noted and noted.local_id else None
    return None if row is None or noted is None or row.created_at > noted.updated_at else row


def free_id(db: Session, model: type[SQLModel], foreign_id: Any) -> int | None:
    """Tell the id of a record if nobody here has it or had it; None else."""
    number = id_or_none(str(foreign_id))
    if not number or db.get(model, number) is not None:
        return None
    if model is Application:
        used = select(func.count()).where(UsageTotal.application_id == number)
        if db.exec(used).one():
            return None  # statistics of one that was deleted
    return number


def extras_of(work: Work, target: FieldTarget, record: Record) -> dict[str, Any]:
    """Pick the values of fields without a column: they stand flat, or among `extra_fields`."""
    told = {**record, **(record.get(EXTRA) or {})}
    names = [name for name in Fields(work, target).definitions if name not in COLUMNS[target]]
    return {name: told[name] for name in names if told.get(name) not in (None, "")}
