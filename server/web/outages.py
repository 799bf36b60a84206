"""A database that can't be used now, such as one on a full disk, is told as `unavailable`."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import SQLAlchemyError

from server.domain.errors import Unavailable
from server.kit.outage import is_outage, reason_of

log = structlog.get_logger("gatehouse.database")


def find_outage(error: BaseException | None) -> Unavailable | None:
    """Make the refusal of an outage, and log why; None for any other error."""
    if error is None or not is_outage(error):
        return None
    log.error("the database cannot be used", error=reason_of(error))
    return Unavailable("Gatehouse can't store or read this now. Nothing was changed: try again.")


@contextmanager
def outages_told() -> Iterator[None]:
    """Turn an outage into a refusal. Raises: Unavailable."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        outage = find_outage(error)
        if outage is None:
            raise
        raise outage from error
