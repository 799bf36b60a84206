"""The texts that rows are found by, as a column of their own: kept with the row, small letters.

It holds all that a search may find and each value of an extra field as a line `name=value`. An
index of its parts of three letters says at once which rows have a text; what is found is compared
with the columns themselves, so it may hold more than a search finds.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, column, event, select, table, text
from sqlmodel import Session, SQLModel, col

from server.kit.db import walked

GRAM = 3  # letters that the index knows together
LAST_LETTER = chr(0x10FFFF)


def search_text_of(texts: Iterable[str], fields: Mapping[str, Any]) -> str:
    """Write what a row is found by: a line each, with line feeds on both sides.

    Each letter is followed by two more, so that the index knows texts of one or two, too.
    """
    lines = (*texts, *_lines(fields))
    return "".join(f"\n{line.lower()}" for line in lines if line) + "\n\n"


def field_line(name: str, value: str) -> str:
    """Write the line of a field's value, as it stands in the text."""
    return f"\n{name}={value}\n".lower()


def _lines(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        for each in value if isinstance(value, list) else (value,):
            yield f"{name}={each}"


def keep_search_text(model: type[SQLModel], name: str, *others: str) -> None:
    """Have the texts of a table's rows written whenever they are; they are sorted by `name`."""

    def write(_mapper: object, _connection: object, row: Any) -> None:
        texts = (getattr(row, each) or "" for each in (name, *others))
        made = {
            "search_text": search_text_of(texts, row.extra_fields or {}),
            "sort_name": getattr(row, name).lower(),
        }
        for column_name, text_now in made.items():
            if getattr(row, column_name) != text_now:
                setattr(row, column_name, text_now)

    for moment in ("before_insert", "before_update"):
        event.listen(model, moment, write)


def ids_having(db: Session, model: type[Any], provider_id: int, wanted: str) -> Select[tuple[int]]:
    """Select the ids of a provider's rows whose text has this in it, by the index of texts.

    Those that have one or two letters more than once are there as often; of other providers, too.
    """
    wanted, home = wanted.lower(), col(model.provider_id) == provider_id
    if db.get_bind().dialect.name != "sqlite":
        return select(model.id).where(home, has_text(model, wanted))
    name = f"{model.__tablename__}_search"
    if len(wanted) < GRAM:
        letters = table(f"{name}_letters", column("doc"), column("term"))
        fits = letters.c.term >= wanted, letters.c.term < wanted + LAST_LETTER
        return select(letters.c.doc.label("id")).where(*fits)
    phrase = wanted.replace('"', '""')
    found = table(name, column("rowid"))
    matches = text(f"{name} MATCH :phrase").bindparams(phrase=f'"{phrase}"')
    return select(found.c.rowid).where(matches)


def beside_those(db: Session, wanted: Any, key: Any, ids: Select[tuple[int]]) -> Select[Any]:
    """Select a column of the rows whose key is among these ids, as they are found."""
    if db.get_bind().dialect.name != "sqlite":
        return select(wanted).where(key.in_(ids))
    found = ids.subquery()
    # SQLite is not to look for the text of each row: it has the texts and looks for the rows.
    return select(wanted).join_from(found, key.class_, key == walked(found.columns[0]))


def has_text(model: type[Any], wanted: str) -> ColumnElement[bool]:
    """Make the condition that a row's text has this in it."""
    return col(model.search_text).contains(wanted.lower(), autoescape=True)
