"""Finding rows within the actor's reach, and changing them field by field."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from server.actions.work import Work
from server.domain.errors import Invalid, NotFound, Taken
from server.kit.ids import MOST_ID

Row = TypeVar("Row", bound=SQLModel)
Rule = Callable[[Any], Any]
Rules = Mapping[str, Rule]


def get_owned(work: Work, model: type[Row], row_id: int | None) -> Row:
    """Find a row of the actor's provider. Raises: NotFound, for a foreign one too."""
    row = None
    if row_id is not None and 0 < row_id <= MOST_ID:
        row = work.db.get(model, row_id)
    if row is None or getattr(row, "provider_id", None) != work.actor.provider_id:
        raise NotFound(f"There is no {_noun(model)} with this id.", field="id")
    return row


def change(row: SQLModel, changes: Mapping[str, Any], rules: Rules) -> dict[str, list[Any]]:
    """Check and set the given fields; tell what changed as field -> [before, after].

    All fields are checked before the first is set. Raises: Invalid, for an unknown field too.
    """
    checked = {}
    for name, value in changes.items():
        if name not in rules:
            raise Invalid("can't be changed.", field=name)
        try:
            checked[name] = rules[name](value)
        except Invalid as error:
            error.field = error.field or name
            raise
    changed = {}
    for name, value in checked.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            changed[name] = [plain(before), plain(value)]
    return changed


def plain(value: Any) -> Any:
    """Turn a column's value into one that JSON can hold."""
    if isinstance(value, str | int | float | bool | list | dict | None):
        return value
    return str(value)


def fingerprint_of(text: str) -> str:
    """Write for the audit log what is too long for it."""
    digest = sha256(text.encode()).hexdigest()[:12]
    return f"{len(text)} characters, SHA-256 {digest}…"


def save(db: Session, row: SQLModel, *, unique: str | None = None) -> None:
    """Flush the row now; `unique` names the field to blame when its uniqueness fails.

    Raises: Taken.
    """
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()  # tells a taken name here, at the field, and fills in the id
    except IntegrityError as error:
        raise Taken(unique or "system_name") from error


def clean_bool(value: Any, *, field: str | None = None) -> bool:
    """Check a yes or no; `change` names the field by itself. Raises: Invalid."""
    if not isinstance(value, bool):
        raise Invalid("must be true or false.", field=field)
    return value


def _noun(model: type[SQLModel]) -> str:
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in model.__name__)
    return words.strip()
