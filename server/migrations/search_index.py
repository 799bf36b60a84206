"""The index of search texts by their parts of three letters, which no migration can declare.

SQLite: a table of FTS5 beside each table, kept by triggers. A step that rebuilds a table drops
them, so they are looked for at each start. PostgreSQL: an index of pg_trgm, which whoever owns a
database may create; where nobody may, lists are searched without it until somebody does.
"""

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

TABLES = ("accounts", "users", "applications")
log = structlog.get_logger("gatehouse.database")

FTS = """
CREATE VIRTUAL TABLE IF NOT EXISTS {name}_search USING fts5(
  search_text, content='{name}', content_rowid='id', tokenize='trigram')
"""
# Which of the three letters stand in which row: to find fewer than three.
LETTERS = """
CREATE VIRTUAL TABLE IF NOT EXISTS {name}_search_letters USING fts5vocab({name}_search, 'instance')
"""
FORGET = (
    "INSERT INTO {name}_search({name}_search, rowid, search_text) "
    "VALUES ('delete', old.id, old.search_text);"
)
LEARN = "INSERT INTO {name}_search(rowid, search_text) VALUES (new.id, new.search_text);"
TRIGGERS = {
    "added": f"AFTER INSERT ON {{name}} BEGIN {LEARN} END",
    "gone": f"AFTER DELETE ON {{name}} BEGIN {FORGET} END",
    "changed": f"AFTER UPDATE OF search_text ON {{name}} BEGIN {FORGET} {LEARN} END",
}
REBUILD = "INSERT INTO {name}_search({name}_search) VALUES ('rebuild')"
HAS_TRIGGERS = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
HAS_INDEX = "SELECT to_regclass('ix_{name}_search_text') IS NOT NULL"
INDEX = "CREATE INDEX ix_{name}_search_text ON {name} USING gin (search_text gin_trgm_ops)"


def index_texts(connection: Connection) -> None:
    """Make the index where it is missing. Cost: a statement a table where it is there."""
    for name in TABLES:
        if connection.dialect.name == "sqlite":
            _index_sqlite(connection, name)
        elif not connection.exec_driver_sql(HAS_INDEX.format(name=name)).scalar():
            _index_postgres(connection, name)


def _index_sqlite(connection: Connection, name: str) -> None:
    if connection.exec_driver_sql(HAS_TRIGGERS, (name,)).scalar() == len(TRIGGERS):
        return
    for statement in (FTS, LETTERS):
        connection.exec_driver_sql(statement.format(name=name))
    for moment, trigger in TRIGGERS.items():
        made = f"CREATE TRIGGER IF NOT EXISTS {name}_search_{moment} {trigger}"
        connection.exec_driver_sql(made.format(name=name))
    connection.exec_driver_sql(REBUILD.format(name=name))


def _index_postgres(connection: Connection, name: str) -> None:
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            connection.exec_driver_sql(INDEX.format(name=name))
    except DBAPIError as error:
        log.warning(
            "lists are searched without an index: let the owner of the database run "
            "CREATE EXTENSION pg_trgm, then start again",
            table=name,
            error=str(error.orig),
        )
