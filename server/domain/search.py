"""The texts that rows are found by, as columns of their own: kept with the row, small letters.

`search_text` is the row's own: what a search may find, then each value of an extra field as a line
`name=value`. An account's `beside_text` is the same of its people, an application's has the name
of its organisation; triggers of the database write those, whoever changes the other row. An index
of parts of three letters says at once which rows have a text. What a text before the end of
`search_text_of` names is found; of fields the values themselves are asked, and which are defined.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, column, event, or_, select, table, text
from sqlmodel import Session, SQLModel, col

GRAM = 3  # letters that the index knows together
LAST_LETTER = chr(0x10FFFF)
FIELDS = "\x1e"  # here the lines of fields begin, which is once in a text
PEOPLE_BESIDE = 50  # an account that has more is found by those themselves
MANY_PEOPLE = "\x1d"  # and has this beside it
OWN, ALL = ("search_text",), ("search_text", "beside_text")  # columns that are looked in


def search_text_of(texts: Iterable[str], fields: Mapping[str, Any]) -> str:
    """Write what a row is found by: a line each, with line feeds on both sides.

    Each letter is followed by two more, so that the index knows texts of one or two, too.
    """
    return f"{_written(texts)}{FIELDS}{_written(_lines(fields))}"


def _written(lines: Iterable[str]) -> str:
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


def ids_having(
    db: Session, model: type[Any], provider_id: int, wanted: str, columns: Sequence[str] = ALL
) -> Select[tuple[int]]:
    """Select the ids of a provider's rows whose text has this in it, by the index of texts.

    Those that have one or two letters more than once are there as often; of other providers, too.
    """
    wanted, home = wanted.lower(), col(model.provider_id) == provider_id
    if db.get_bind().dialect.name != "sqlite":
        return select(model.id).where(home, has_text(model, wanted, columns))
    name = f"{model.__tablename__}_search"
    if len(wanted) < GRAM:
        letters = table(f"{name}_letters", column("doc"), column("term"), column("col"))
        fits = letters.c.term >= wanted, letters.c.term < wanted + LAST_LETTER
        inside = letters.c.col.in_(columns)
        return select(letters.c.doc.label("id")).where(*fits, inside)
    phrase, names = wanted.replace('"', '""'), " ".join(_texts(model, columns))
    found = table(name, column("rowid"))
    matches = text(f"{name} MATCH :phrase").bindparams(phrase=f'{{{names}}} : "{phrase}"')
    return select(found.c.rowid).where(matches)


def has_text(model: type[Any], wanted: str, columns: Sequence[str] = ALL) -> ColumnElement[bool]:
    """Make the condition that a row's text, or what stands beside it, has this in it."""
    texts = (col(getattr(model, each)) for each in _texts(model, columns))
    return or_(*(each.contains(wanted.lower(), autoescape=True) for each in texts))


def names(model: type[Any], wanted: str) -> ColumnElement[bool]:
    """Make the condition that it stands there before the fields."""
    pattern = f"%{_escaped(wanted.lower())}%{FIELDS}%"
    texts = (col(getattr(model, each)) for each in _texts(model, ALL))
    return or_(*(each.like(pattern, escape="/") for each in texts))


def _texts(model: type[Any], columns: Sequence[str]) -> list[str]:
    return [each for each in columns if hasattr(model, each)]


def _escaped(wanted: str) -> str:
    return re.sub("[%_/]", r"/\g<0>", wanted)
