"""The index of search texts by their parts of three letters, which no migration can declare.

SQLite: a table of FTS5 beside each table, kept by triggers. A step that rebuilds a table drops
them, so they are looked for at each start. PostgreSQL: an index of pg_trgm, which whoever owns a
database may create; where nobody may, lists are searched without it until somebody does.
"""

from collections.abc import Iterator, Mapping, Sequence

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from server.migrations import beside_texts

OWN, BOTH = ("search_text",), ("search_text", "beside_text")
TABLES: Mapping[str, tuple[str, ...]] = {"accounts": BOTH, "users": OWN, "applications": BOTH}
log = structlog.get_logger("gatehouse.database")

FTS = """
CREATE VIRTUAL TABLE IF NOT EXISTS {name}_search USING fts5(
  {columns}, content='{name}', content_rowid='id', tokenize='trigram')
"""
# Which of the three letters stand in which row: to find fewer than three.
LETTERS = """
CREATE VIRTUAL TABLE IF NOT EXISTS {name}_search_letters USING fts5vocab({name}_search, 'instance')
"""
FORGET = (
    "INSERT INTO {name}_search({name}_search, rowid, {columns}) VALUES ('delete', old.id, {old});"
)
LEARN = "INSERT INTO {name}_search(rowid, {columns}) VALUES (new.id, {new});"
TRIGGERS = {
    "added": f"AFTER INSERT ON {{name}} BEGIN {LEARN} {{beside}} END",
    "gone": f"AFTER DELETE ON {{name}} BEGIN {FORGET} END",
    "changed": (
        f"AFTER UPDATE OF {{columns}} ON {{name}} WHEN ({{old}}) IS NOT ({{new}}) "
        f"BEGIN {FORGET} {LEARN} END"
    ),
}
REBUILD = "INSERT INTO {name}_search({name}_search) VALUES ('rebuild')"
TRIGGERS_OF = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
HAS_BESIDE = "SELECT to_regproc('take_organisation_beside') IS NOT NULL"
HAS_INDEX = "SELECT to_regclass('ix_{name}_search_texts') IS NOT NULL"
INDEX = "CREATE INDEX ix_{name}_search_texts ON {name} USING gin ({columns})"


def index_texts(connection: Connection) -> None:
    """Make triggers and index where they are missing. Cost: a statement or a few where not."""
    if connection.dialect.name == "sqlite":
        _index_sqlite(connection)
        return
    if not connection.exec_driver_sql(HAS_BESIDE).scalar():
        for statement in (*beside_texts.FILL, *beside_texts.POSTGRES):
            connection.exec_driver_sql(beside_texts.in_words(statement, "postgresql"))
    for name, columns in TABLES.items():
        if not connection.exec_driver_sql(HAS_INDEX.format(name=name)).scalar():
            _index_postgres(connection, name, columns)


def _index_sqlite(connection: Connection) -> None:
    triggers = dict(_sqlite_triggers())
    if triggers.keys() <= set(connection.exec_driver_sql(TRIGGERS_OF).scalars()):
        return
    for name in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
    for statement in beside_texts.FILL:
        connection.exec_driver_sql(beside_texts.in_words(statement, "sqlite"))
    for name, columns in TABLES.items():
        for statement in (FTS, LETTERS, REBUILD):
            words = {"name": name, "columns": ", ".join(columns)}
            connection.exec_driver_sql(statement.format_map(words))
    for name, trigger in triggers.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {trigger}")


def _sqlite_triggers() -> Iterator[tuple[str, str]]:
    """Write all triggers, by their names."""
    for name, columns in TABLES.items():
        texts = {each: ", ".join(f"{each}.{one}" for one in columns) for each in ("old", "new")}
        # An application's here: the index has to know the row before it changes.
        beside = f"{beside_texts.ORGANISATION} WHERE id = new.id;" if name == "applications" else ""
        words = {"name": name, "columns": ", ".join(columns), "beside": beside, **texts}
        for moment, trigger in TRIGGERS.items():
            made = trigger.format_map(words)
            yield f"{name}_search_{moment}", beside_texts.in_words(made, "sqlite")
    for name, (moment, change) in beside_texts.SQLITE.items():
        yield name, f"{moment} BEGIN {beside_texts.in_words(change, 'sqlite')}; END"


def _index_postgres(connection: Connection, name: str, columns: Sequence[str]) -> None:
    made = INDEX.format(name=name, columns=", ".join(f"{each} gin_trgm_ops" for each in columns))
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            connection.exec_driver_sql(made)
    except DBAPIError as error:
        log.warning(
            "lists are searched without an index: let the owner of the database run "
            "CREATE EXTENSION pg_trgm, then start again",
            table=name,
            error=str(error.orig),
        )
