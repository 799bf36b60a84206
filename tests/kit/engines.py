"""Engines for tests: those of one kind of database compile each statement once."""

from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError


def sharing_statements(make_engine: Callable[[str], Engine]) -> Callable[[str], Engine]:
    """Wrap a maker of engines so that all that it makes share one dialect and its statements.

    SQLAlchemy keeps compiled statements by engine and dialect. To compile them anew for the
    database of each test took two fifths of what the tests of the faces cost.
    """
    initialised: dict[str, Engine] = {}

    def first_of(engine: Engine) -> Engine | None:
        kind = engine.dialect.name
        if kind not in initialised:
            first = make_engine("sqlite://") if kind == "sqlite" else engine
            with suppress(OperationalError), first.connect():  # asks what the server can do
                initialised[kind] = first
            first.dispose()
        return initialised.get(kind)

    def make(url: str) -> Engine:
        engine = make_engine(url)
        first = first_of(engine)
        if first is not None:
            engine.dialect = engine.pool._dialect = first.dialect
            engine._compiled_cache = first._compiled_cache
        return engine

    return make
