"""What a database's URL may say, checked before anything connects."""

import re

from sqlalchemy.engine import URL

from server.kit.urls import is_host, is_ipv6

POSTGRES, SQLITE = "postgresql+psycopg", "sqlite"


class BadDatabaseURL(ValueError):
    """A URL that no database can be opened by; the message goes on after "It"."""


def check_database_url(url: URL) -> None:
    """Check a URL's parts. Raises: BadDatabaseURL."""
    if url.drivername == SQLITE:
        _check_sqlite(url)
    elif url.drivername == POSTGRES:
        _check_postgres(url)
    else:
        raise BadDatabaseURL("must start with sqlite:/// or postgresql://")


def _check_sqlite(url: URL) -> None:
    if url.host or url.username or url.password or url.port is not None:
        raise BadDatabaseURL("has three strokes after sqlite: and then a file")
    if url.query:
        raise BadDatabaseURL("takes no parameters for SQLite")
    if not url.database or url.database.startswith(":") or url.database.startswith("file:"):
        raise BadDatabaseURL("must name a file: what is in memory is lost")


def _check_postgres(url: URL) -> None:
    for part in (url.username, url.password, url.host, url.database):
        if part and re.search(r"[\x00-\x1f\x7f]", part):
            raise BadDatabaseURL("holds a control character")
    for host in (url.host or "").split(",") if url.host else ():
        if not host.startswith("/") and not is_host(host) and not is_ipv6(host):
            raise BadDatabaseURL(
                "has no valid host; a password's @, / and : are written as escapes"
            )
    if url.port is not None and not 0 < url.port < 65_536:
        raise BadDatabaseURL("has no valid port")
    # Here and not above: a process on SQLite does without the library.
    from psycopg import ProgrammingError
    from psycopg.conninfo import make_conninfo

    given = url.get_dialect()().create_connect_args(url)[1]

    try:
        make_conninfo(
            "", **{name: str(value) for name, value in given.items() if name != "context"}
        )
    except ProgrammingError as error:
        unknown = sorted(set(url.query))
        raise BadDatabaseURL(f"has an unknown parameter among {', '.join(unknown)}") from error
