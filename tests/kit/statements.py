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

    event.listen(deps.database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(deps.database.engine, "before_cursor_execute", note)
