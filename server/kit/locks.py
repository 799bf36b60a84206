"""Row locks: what a transaction has looked at stays so until its commit.

SQLite needs none: there a writer is alone. On PostgreSQL transactions that lock several rows take
them from the outside in, so that none waits for one that waits for it: provider, service, plan,
metric, account, user, application, then what belongs to one of these. Where that fails all the
same, one of them is ended (`Database.write`).
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import inspect, text
from sqlmodel import Session, SQLModel

from server.kit.bulk import bulk_of

Strength = Mapping[str, bool]  # as `with_for_update` takes it
TO_CHANGE: Final[Strength] = {"key_share": True}  # others may refer to the row meanwhile
TO_DELETE: Final[Strength] = {}  # others may not even do that
TO_REFER: Final[Strength] = {"read": True, "key_share": True}  # it is not deleted meanwhile


def lock(db: Session, row: SQLModel, strength: Strength = TO_CHANGE) -> bool:
    """Lock a row until the transaction ends and read it as it is now; False when it is gone.

    Of two locks to change or to delete, the second waits for the first one's commit. What this
    session has changed of the row and not written yet is left alone.
    """
    state: Any = inspect(row)
    if db.get_bind().dialect.name == "sqlite" or not state.persistent:
        return not state.deleted
    bulk, what = bulk_of(db), (state.key, tuple(strength.items()))
    if bulk is not None and what in bulk.locked:
        return True
    found = db.get(
        type(row),
        state.identity,
        with_for_update=dict(strength) or True,
        populate_existing=not state.modified,
    )
    if bulk is not None and found is not None:
        bulk.locked.add(what)
    return found is not None


def take_turns(db: Session, model: type[SQLModel]) -> None:
    """Be the only one who adds rows to a table, until the transaction ends."""
    if db.get_bind().dialect.name != "sqlite":
        db.execute(text(f"LOCK TABLE {model.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))
