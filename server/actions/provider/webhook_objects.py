"""The objects that webhooks are about, as they are and as they last were."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.provider.webhooks import LastState, WebhookEndpoint
from server.kit.crypto import Vault

UNTOLD = frozenset({"password_hash"})
OBJECTS: Mapping[str, type[Any]] = {"account": Account, "user": User, "application": Application}


def keep_last_state(work: Work, kind: str, row: Any) -> None:
    """Keep what is about to be deleted for its webhooks, if anybody is told of any.

    Cost: one query by an index.
    """
    mine = select(WebhookEndpoint.id).where(
        WebhookEndpoint.provider_id == row.provider_id, col(WebhookEndpoint.active)
    )
    if work.db.exec(mine.limit(1)).first() is None:
        return
    sealed = work.installation.vault.seal(json.dumps(_told(row)))
    work.db.add(
        LastState(
            provider_id=row.provider_id,
            kind=kind,
            subject_id=row.id,
            columns_sealed=sealed,
            created_at=work.now,
        )
    )


def find_object(db: Session, vault: Vault, kind: str, row_id: int | None) -> Any:
    """Find what an event is about, as it is or as it last was; None when nobody knows."""
    model = OBJECTS.get(kind)
    if model is None or row_id is None:
        return None
    row = db.get(model, row_id)
    if row is not None:
        return row
    kept = select(LastState).where(LastState.kind == kind, LastState.subject_id == row_id)
    last = db.exec(kept.order_by(col(LastState.id).desc())).first()
    return None if last is None else _row_of(model, vault, last)


def _told(row: SQLModel) -> dict[str, Any]:
    table: Any = type(row)
    names = (column.name for column in table.__table__.columns)
    return {name: _plain(getattr(row, name)) for name in names if name not in UNTOLD}


def _plain(value: Any) -> Any:
    match value:
        case bytes():
            return {"bytes": b64encode(value).decode()}
        case datetime():
            return {"at": value.isoformat()}
        case Decimal():
            return {"amount": str(value)}
        case dict():
            return {"object": value}
    return value


def _row_of(model: type[Any], vault: Vault, last: LastState) -> Any:
    """Make the row anew; it belongs to no session."""
    columns = json.loads(vault.unseal(last.columns_sealed))
    return model(**{name: _value(value) for name, value in columns.items()})


def _value(value: Any) -> Any:
    match value:
        case {"bytes": text}:
            return b64decode(text)
        case {"at": text}:
            return datetime.fromisoformat(text)
        case {"amount": text}:
            return Decimal(text)
        case {"object": inner}:
            return inner
    return value
