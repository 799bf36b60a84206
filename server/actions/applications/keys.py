"""The credentials of applications: user_key, and app_keys that come and go."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from server.actions.rows import get_owned, hold, tell
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.actors import Actor
from server.domain.applications.applications import (
    APP_KEY,
    MOST_KEYS,
    MOST_OVERLAP_HOURS,
    USER_KEY,
    USER_KEY_RULE,
    Application,
    ApplicationKey,
    clean_credential,
)
from server.domain.errors import (
    Forbidden,
    Invalid,
    KeyLimitReached,
    LastKey,
    NotFound,
    Taken,
)
from server.domain.events import HIDDEN, EventKind
from server.domain.permissions import Permission
from server.domain.services.services import Service
from server.kit.crypto import Vault
from server.kit.db import is_taken
from server.kit.ids import random_hex

KEY_BYTES = 16
# What each dashboard asks, built once.
KEYS_OF = (
    select(ApplicationKey)
    .where(col(ApplicationKey.application_id).in_(bindparam("application_ids", expanding=True)))
    .order_by(col(ApplicationKey.id))
)
APP_KEY_RULE = "must be 5 to 255 printable ASCII characters without spaces."


def new_user_key(key: str | None = None) -> str:
    """Check a chosen user_key, or make a random one. Raises: Invalid."""
    return clean_credential(key or random_hex(KEY_BYTES), "user_key", USER_KEY, USER_KEY_RULE)


def user_key_of(vault: Vault, application: Application) -> str:
    """Read the user_key in clear."""
    return vault.unseal(application.user_key_sealed)


def list_keys(db: Session, application_id: int) -> list[ApplicationKey]:
    """Read an application's keys, oldest first."""
    query = select(ApplicationKey).where(ApplicationKey.application_id == application_id)
    return list(db.exec(query.order_by(col(ApplicationKey.id))))


def find_key(work: Work, application_id: int, value: str) -> ApplicationKey | None:
    """Find the key of an application that has a value. The caller checked the reach."""
    digest = work.installation.vault.digest(value)
    query = select(ApplicationKey).where(
        ApplicationKey.application_id == application_id, ApplicationKey.digest == digest
    )
    return work.db.exec(query).first()


def keys_by_application(
    db: Session, application_ids: Sequence[int]
) -> dict[int, list[ApplicationKey]]:
    """Read the keys of applications that the caller may see. Cost: one query."""
    found: dict[int, list[ApplicationKey]] = {}
    for key in db.exec(KEYS_OF, params={"application_ids": list(application_ids)}):
        found.setdefault(key.application_id, []).append(key)
    return found


def clean_overlap(hours: int) -> timedelta:
    """Check how long a key holds on beside its successor. Raises: Invalid."""
    if not 0 <= hours <= MOST_OVERLAP_HOURS:
        wrong = f"must be a whole number of hours from 0 to {MOST_OVERLAP_HOURS}."
        raise Invalid(wrong, field="overlap_hours")
    return timedelta(hours=hours)


def replace_user_key(
    work: Work, application_id: int, key: str | None = None, *, overlap_hours: int = 0
) -> tuple[Application, str]:
    """Give the application another user_key; the old one is dead at once, or after the overlap.

    A still older one is dead at once in any case. Raises: NotFound, Forbidden, Invalid, Taken.
    """
    overlap = clean_overlap(overlap_hours)
    application, service = get_editable(work, application_id)
    _may_replace(work.actor, service)
    _may_type(work.actor, service, key)
    chosen = new_user_key(key)
    try:
        with work.db.begin_nested():
            application.old_key_digest = application.user_key_digest if overlap else None
            application.old_key_ends_at = work.now + overlap if overlap else None
            application.user_key_digest = work.installation.vault.digest(chosen)
            application.user_key_sealed = work.installation.vault.seal(chosen)
            work.db.flush()  # tells a taken key here, at the field
    except IntegrityError as error:
        if not is_taken(error):
            raise
        raise Taken("user_key") from error
    tell(work, application, EventKind.USER_KEY_CHANGED, {"user_key": [HIDDEN, HIDDEN]})
    return application, chosen


def end_old_user_key(work: Work, application_id: int) -> Application:
    """End the user_key that still holds beside its successor. Raises: NotFound, Forbidden."""
    application, service = get_editable(work, application_id)
    _may_replace(work.actor, service)
    application.old_key_digest = application.old_key_ends_at = None
    tell(work, application, EventKind.KEY_ROTATED)
    return application


def rotate_key(
    work: Work,
    application_id: int,
    key_id: int,
    key: str | None = None,
    *,
    overlap_hours: int = 0,
) -> tuple[ApplicationKey, str]:
    """Put another app_key in the place of one, which is dead at once, or after the overlap.

    Raises: NotFound, Forbidden, Invalid, Taken, KeyLimitReached.
    """
    overlap = clean_overlap(overlap_hours)
    application, service = get_editable(work, application_id)
    _may_manage(work.actor, service)
    _may_type(work.actor, service, key)
    old = next((row for row in list_keys(work.db, application.id) if row.id == key_id), None)
    if old is None or is_over(old, work.now):
        raise NotFound("There is no such key.", field="key")
    if overlap:
        ends_at = work.now + overlap
        old.ends_at = min(ends_at, old.ends_at) if old.ends_at else ends_at
    tell(work, application, EventKind.KEY_ROTATED)
    return put_key(work, application, key, None if overlap else old)


def is_over(key: ApplicationKey, now: datetime) -> bool:
    """Return whether a key opens nothing any more."""
    return key.ends_at is not None and key.ends_at <= now


def add_key(
    work: Work,
    application_id: int,
    key: str | None = None,
) -> tuple[ApplicationKey, str]:
    """Add an app_key, a random one by default.

    Raises: NotFound, Forbidden, Invalid, Taken, KeyLimitReached.
    """
    application, service = get_editable(work, application_id)
    _may_manage(work.actor, service)
    _may_type(work.actor, service, key)
    return put_key(work, application, key)


def put_key(
    work: Work, application: Application, key: str | None, old: ApplicationKey | None = None
) -> tuple[ApplicationKey, str]:
    """Add a key to a row that the caller may edit, in the place of an old one if there is one.

    Raises: Invalid, Taken, KeyLimitReached.
    """
    existing = []
    for row in list_keys(work.db, application.id):
        if is_over(row, work.now):
            work.db.delete(row)  # it was kept to be shown; the new one takes its place
        else:
            existing.append(row)
    work.db.flush()
    if len(existing) - (old is not None) >= MOST_KEYS:
        raise KeyLimitReached(MOST_KEYS)
    chosen = clean_credential(key or random_hex(KEY_BYTES), "key", APP_KEY, APP_KEY_RULE)
    if any(
        work.installation.vault.unseal(row.sealed).lower() == chosen.lower() for row in existing
    ):
        raise Taken("key")
    row = ApplicationKey(
        provider_id=application.provider_id,
        application_id=application.id,
        digest=work.installation.vault.digest(chosen),
        sealed=work.installation.vault.seal(chosen),
    )
    work.db.add(row)
    work.db.flush()  # the caller shows its id
    if old is not None:
        work.db.delete(old)  # only now: its id is never that of the new one
    tell(work, application, EventKind.KEY_CREATED)
    return row, chosen


def delete_key(work: Work, application_id: int, key_id: int) -> Application:
    """Delete an app_key; it is dead at once.

    Raises: NotFound, Forbidden, LastKey for a developer whose API wants a key.
    """
    application, service = get_editable(work, application_id)
    _may_manage(work.actor, service)
    keys = list_keys(work.db, application.id)
    doomed = next((key for key in keys if key.id == key_id), None)
    if doomed is None:
        raise NotFound("There is no such key.", field="key")
    lasting = [key for key in keys if key.ends_at is None]
    if work.actor.is_developer and service.mandatory_app_key and lasting == [doomed]:
        raise LastKey
    work.db.delete(doomed)
    tell(work, application, EventKind.KEY_DELETED)
    return application


def get_editable(work: Work, application_id: int) -> tuple[Application, Service]:
    """Find an application that the actor may change, and its service; hold it. Raises: NotFound."""
    application = get_owned(work, Application, application_id)
    work.actor.require(Permission.APPLICATIONS_EDIT, account_id=application.account_id)
    hold(work.db, application)
    if (
        work.actor.is_developer
        and work.db.get_one(Account, application.account_id).state != "approved"
    ):
        raise Forbidden("Your account is not approved.")
    return application, work.db.get_one(Service, application.service_id)


def _may_replace(actor: Actor, service: Service) -> None:
    if actor.is_developer and not service.buyer_key_regenerate_enabled:
        raise Forbidden("Keys of this API are changed by its provider. Write to them.")


def _may_manage(actor: Actor, service: Service) -> None:
    if actor.is_developer and not service.buyers_manage_keys:
        raise Forbidden("Keys of this API are managed by its provider. Write to them.")


def _may_type(actor: Actor, service: Service, key: str | None) -> None:
    if key and actor.is_developer and not service.custom_keys_enabled:
        raise Forbidden("Keys of this API are made for you. Leave the field empty.", field="key")
