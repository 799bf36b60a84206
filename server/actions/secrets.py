"""The one way from a sealed column to what it holds: for whoever may read it."""

import json
from typing import Any

from sqlmodel import SQLModel

from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.fields import SHOWN_TO
from server.domain.permissions import Permission
from server.kit.crypto import Vault


def reveal(work: Work, row: SQLModel, column: str) -> str | None:
    """Tell what a sealed column of a row holds; None to who may not read it.

    The caller has checked that the row is within the actor's reach.
    """
    if not may_read(work.actor, type(row), column):
        return None
    return unsealed(work.installation.vault, row, column)


def may_read(actor: Actor, model: type[SQLModel], column: str) -> bool:
    """Return whether an actor is shown what a sealed column holds."""
    return actor.may(permission_of(model, column))


def permission_of(model: type[SQLModel], column: str) -> Permission:
    """Name the permission that readers of a sealed column need: its mark."""
    table: Any = model
    permission: Permission = table.__table__.columns[column].info[SHOWN_TO]
    return permission


def unsealed(vault: Vault, row: SQLModel, column: str) -> str:
    """Read a sealed column for our own work; to show it to somebody is `reveal`."""
    return vault.unseal(getattr(row, column))


def seal_value(vault: Vault, value: Any) -> bytes:
    """Seal a value for its column: a text as it is, anything else as JSON."""
    return vault.seal(value if isinstance(value, str) else json.dumps(value))


def unsealed_value(vault: Vault, row: SQLModel, column: str) -> Any:
    """Read a sealed column that holds JSON, for our own work."""
    return json.loads(unsealed(vault, row, column))
