"""The database: engine, column types and the only place that commits."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime
from decimal import Decimal
from threading import Lock
from typing import Any, Self, TypeVar

import structlog
from sqlalchemy import DateTime, Dialect, Engine, Numeric, event
from sqlalchemy.exc import DBAPIError, NoResultFound, SQLAlchemyError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, create_engine

from server.kit.money import MOST_DECIMALS, tidy
from server.kit.turns import Turns

# A connection for each of the threads that anyio runs at once: none of them waits for another's.
CONNECTIONS: dict[str, Any] = {"pool_size": 20, "max_overflow": 20}
LOOKING: dict[str, Any] = {"pool_size": 4, "max_overflow": 16}
BUSY_TIMEOUT_MS = 5_000  # a writer waits this long for its turn before it gives up
log = structlog.get_logger("gatehouse.database")


class UTCDateTime(TypeDecorator[datetime]):
    """Aware UTC datetimes on every database; SQLite stores them without the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a zone is not stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class AmountColumn(TypeDecorator[Decimal]):
    """Amounts as fine as any currency; read with two decimals where that is all of it."""

    impl = Numeric(10 + MOST_DECIMALS, MOST_DECIMALS)
    cache_ok = True

    def process_result_value(self, value: Decimal | None, dialect: Dialect) -> Decimal | None:
        """Leave zeros out that say nothing."""
        return None if value is None else tidy(value)


class walked(FunctionElement[Any]):  # noqa: N801 - a function in statements
    """A column that is compared in each row: SQLite is not to look for the rows by its index.

    It does not know how many have a value, and leaves the order of a list for a handful.
    """

    inherit_cache = True

    def __init__(self, column: Any) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(walked)
def _walked(element: walked, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(walked, "sqlite")
def _walked_on_sqlite(element: walked, compiler: Any, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


class sorted_by(FunctionElement[Any]):  # noqa: N801 - a function in statements
    """A column that rows are sorted by once they are found: no index is walked in its order."""

    inherit_cache = True

    def __init__(self, column: Any) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(sorted_by)
def _sorted_by(element: sorted_by, compiler: Any, **options: Any) -> str:
    return f"least({compiler.process(element.clauses, **options)})"


@compiles(sorted_by, "sqlite")
def _sorted_by_on_sqlite(element: sorted_by, compiler: Any, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


Listener = Callable[[list[Any]], None]
Answer = TypeVar("Answer")

# What PostgreSQL says to a transaction that another one came in the way of: a row that is referred
# to is gone, a value is there already, they wait for each other, one saw what the other changed.
CLASHES = frozenset({"23503", "23505", "40P01", "40001"})
GONE = (StaleDataError, ObjectDeletedError, NoResultFound)  # a row that was there just now


class Database:
    """Opens transactions.

    What is put into `session.info["events"]` reaches the listeners after the commit, and only then.
    """

    def __init__(self, url: str, clash: Callable[[], Exception] | None = None) -> None:
        """Open the database; `clash` makes what is raised when another writer came in the way."""
        self.engine = _engine(url)
        self._looking = _looking_engine(self.engine)
        self._clash = clash
        self._turns = Turns(BUSY_TIMEOUT_MS / 1000)  # on SQLite, where a writer is alone
        self._listeners: list[Listener] = []
        self._counting: sqlite3.Connection | None = None
        self._counting_lock = Lock()

    @classmethod
    def for_reading(cls, url: str) -> Self:
        """Open a database in which nothing can be changed. Cost: nothing, until it is asked."""
        database = cls(url)
        for engine in database.engines:
            event.listen(engine, "connect", _refuse_changes)
        return database

    @property
    def engines(self) -> frozenset[Engine]:
        """What opens its connections."""
        return frozenset({self.engine, self._looking})

    @property
    def url(self) -> str:
        """Its address, with the password."""
        return self.engine.url.render_as_string(hide_password=False)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def after_commit(self, listener: Listener) -> None:
        """Call `listener` with the events of each committed transaction, in the same thread."""
        self._listeners.append(listener)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a transaction that never writes; its rows stay readable afterwards."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session  # closing rolls back

    def look(self, load: Callable[[Session], Answer]) -> Answer:
        """Read by statements that stand by themselves; none waits for those who open transactions.

        A transaction costs two ways to the database and back. A kept connection that was closed
        meanwhile is replaced, once: to ask before each statement would cost another.
        """
        try:
            return self._look(load)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return self._look(load)

    def _look(self, load: Callable[[Session], Answer]) -> Answer:
        with Session(self._looking, expire_on_commit=False) as session:
            return load(session)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a transaction that takes the write lock at once, and commit it at the end.

        Raises: what `clash` makes, when a transaction that ran at the same time made it impossible.
        """
        with (
            self._turns.turn() if self.is_sqlite else nullcontext(),
            Session(self.engine, expire_on_commit=False) as session,
            self.told_of_clashes(),
        ):
            session.connection(execution_options={"gatehouse_write": True})
            yield session
            session.commit()
        events = session.info.get("events", [])
        if events:
            for listener in self._listeners:
                listener(events)

    @contextmanager
    def told_of_clashes(self) -> Iterator[None]:
        """Run a part of a transaction; what another one made impossible is told as `clash` says."""
        try:
            yield
        except (DBAPIError, *GONE) as error:
            if self._clash is None or self.is_sqlite or not is_clash(error):
                raise
            log.warning("two writers met, one is refused", error=str(error))
            raise self._clash() from error

    def can_write(self) -> bool:
        """Return whether the database answers and may be written to; waits for no writer."""
        try:
            if self.is_sqlite:
                return _sqlite_can_write(str(self.engine.url.database))
            with self.engine.connect() as connection:
                mode = "SELECT current_setting('transaction_read_only')"
                return connection.exec_driver_sql(mode).scalar() == "off"
        except SQLAlchemyError:
            return False

    def version(self) -> int | None:
        """Tell a number that is another one after each commit of anybody, or None on PostgreSQL.

        SQLite counts the commits of others, so a connection asks that never writes. It waits for no
        writer. Cost: some microseconds.
        """
        if not self.is_sqlite:
            return None
        file = str(self.engine.url.database)
        with self._counting_lock:
            try:
                if self._counting is None:
                    self._counting = sqlite3.connect(
                        file, timeout=0, isolation_level=None, check_same_thread=False
                    )
                (number,) = self._counting.execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:  # whoever needs the database says so
                return None
        return int(number)

    def close(self) -> None:
        self.engine.dispose()
        self._looking.dispose()
        with self._counting_lock:
            if self._counting is not None:
                self._counting.close()
                self._counting = None


def is_clash(error: Exception) -> bool:
    """Return whether another transaction may be the reason; on SQLite none can be."""
    if isinstance(error, DBAPIError):
        return getattr(error.orig, "sqlstate", None) in CLASHES
    return isinstance(error, GONE)


def constraint_of(error: BaseException | None) -> str:
    """Name the constraint that a write broke; on SQLite, its columns. Empty for anything else."""
    if not isinstance(error, DBAPIError):
        return ""
    diagnosis = getattr(error.orig, "diag", None)
    return str(error.orig) if diagnosis is None else diagnosis.constraint_name or ""


def is_taken(error: DBAPIError) -> bool:
    """Return whether a value is there already that may be there once."""
    code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
    return code in {"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}


def json_rows(dialect: str, name: str) -> str:
    """Write the source of rows which a parameter brings as a JSON list; each is a `value`.

    A list of any length is one parameter, and so one statement, which is compiled once.
    """
    if dialect == "sqlite":
        return f"json_each(:{name})"
    return f"json_array_elements(CAST(:{name} AS json)) AS {name} (value)"


def as_json(dialect: str, columns: Sequence[str]) -> str:
    """Write the aggregate that gives rows as the text of a JSON list of lists, in no order."""
    listed = ", ".join(columns)
    if dialect == "sqlite":
        return f"json_group_array(json_array({listed}))"
    return f"CAST(json_agg(json_build_array({listed})) AS text)"


def hex_of(dialect: str, column: str) -> str:
    """Write bytes as hexadecimal digits."""
    return f"hex({column})" if dialect == "sqlite" else f"encode({column}, 'hex')"


def epoch_of(dialect: str, column: str) -> str:
    """Write a time as seconds since 1970, to the millisecond; nil stays nil."""
    if dialect == "sqlite":
        return f"strftime('%s', {column}) + strftime('%f', {column}) - strftime('%S', {column})"
    return f"extract(epoch FROM {column})"


def stamp(at: datetime) -> str:
    """Write a time as SQLite stores it, and as PostgreSQL reads it with its zone behind it."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def stamped(dialect: str, stamp: str) -> str:
    """Write in SQL the time that `stamp`, an expression, tells."""
    return stamp if dialect == "sqlite" else f"CAST({stamp} || '+00' AS timestamptz)"


def _sqlite_can_write(file: str) -> bool:
    """Ask for the write lock by a connection of its own; who holds it can write."""
    try:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
    return True


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        # Each statement sees what is committed by then: after waiting for a lock, too.
        engine = create_engine(
            url,
            **CONNECTIONS,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
            hide_parameters=True,
        )
        event.listen(engine, "connect", _prepare_postgres)
        return engine
    engine = create_engine(
        url,
        poolclass=QueuePool,
        **CONNECTIONS,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
        hide_parameters=True,  # an error would tell the values of a statement
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _looking_engine(engine: Engine) -> Engine:
    """Make the engine of who only looks: with connections of its own where they cost a way."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(gatehouse_alone=True)
    looking = create_engine(
        engine.url, **LOOKING, isolation_level="AUTOCOMMIT", hide_parameters=True
    )
    event.listen(looking, "connect", _prepare_postgres)
    return looking


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not open transactions by itself: _begin_sqlite does.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgres(connection: Any, _record: object) -> None:
    # It takes statements that bring lists for large ones and compiles them first: 25 ms for one
    # that runs for half of one.
    connection.execute("SET jit = off")
    connection.commit()


def _refuse_changes(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA query_only=ON")
    else:
        connection.read_only = True  # the driver says so at the begin of each transaction


def _begin_sqlite(connection: Any) -> None:
    # BEGIN IMMEDIATE takes the write lock first, so that no upgrade can fail half-way.
    # Asked of the driver, because the library's own way doubles what a read transaction costs.
    options = connection.get_execution_options()
    if options.get("gatehouse_alone", False):
        return
    write = options.get("gatehouse_write", False)
    driver = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if write else "BEGIN")
