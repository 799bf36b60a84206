"""Counting the statements that a piece of work costs."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from server.auth.dependencies import Dependencies


@contextmanager
def counted(deps: Dependencies) -> Iterator[list[str]]:
    """Note every statement that is sent meanwhile."""
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    first = deps.database.engine
    # Who shares its connections tells it of all statements.
    engines = [first, *(each for each in deps.database.engines if each.pool is not first.pool)]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
