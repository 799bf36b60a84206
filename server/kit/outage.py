"""Telling a database that can't be used now from a statement that is wrong."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout

SQLITE = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
# Connections, resources such as a full disk, an operator's hand, the system, a copy that is
# read only, and two transactions that waited for each other.
POSTGRES = ("08", "53", "57", "58", "25006", "40")


def is_outage(error: BaseException) -> bool:
    """Return whether trying the same again later may do."""
    if isinstance(error, PoolTimeout):
        return True
    if isinstance(error, sqlite3.Error):  # how a transaction begins is asked of the driver
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in SQLITE
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error, InterfaceError) or error.connection_invalidated:
        return True
    origin = error.orig
    if isinstance(origin, sqlite3.Error):
        return is_outage(origin)
    state = getattr(origin, "sqlstate", None)
    if state is None:  # the server did not answer: there is nothing to be told
        return type(origin).__name__ == "OperationalError"
    return str(state).startswith(POSTGRES)


def reason_of(error: BaseException) -> str:
    """Tell an outage in a line, without the statement and its values."""
    lines = str(getattr(error, "orig", None) or error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
