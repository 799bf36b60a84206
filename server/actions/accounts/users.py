"""Users: create, change, activate, suspend, and their one-time links and passwords."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts.accounts import account_activated, refuse_closed_area
from server.actions.accounts.signup import refuse_taken
from server.actions.messages.mails import drop_links
from server.actions.resources import Lifecycle, Resource
from server.actions.rows import get_owned, save
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import (
    NewUser,
    OneTimeToken,
    User,
    UserDraft,
    UserSession,
    clean_password,
)
from server.domain.actors import Actor
from server.domain.attributes import OTHERS_ONLY
from server.domain.drafts import clean_attribute, parse
from server.domain.errors import BadToken, Conflict, Invalid
from server.domain.events import HIDDEN, Event, EventKind, record
from server.domain.fields import is_comparable
from server.domain.installation import Installation
from server.domain.permissions import Permission
from server.domain.states import USER, move
from server.kit.crypto import token_digest
from server.kit.ids import random_hex
from server.kit.paging import Listing
from server.kit.passwords import hash_password, password_matches

LISTING = Listing("users", User)
LINK_LIFETIME = timedelta(hours=24)
ACTIVATION, PASSWORD_RESET = "activation", "password_reset"
NEW_PASSWORD = {"password": [HIDDEN, HIDDEN]}


USERS = Resource(
    name="user",
    model=User,
    draft=UserDraft,
    read=Permission.ACCOUNTS_READ,
    edit=Permission.ACCOUNTS_EDIT,
    events=Lifecycle(created=EventKind.USER_CREATED, updated=EventKind.USER_UPDATED),
    listing=LISTING,
    unique="username",
)


def users_query(actor: Actor) -> SelectOfScalar[User]:
    """Select the provider's users of both sides; for a developer, those of his account."""
    query = select(User).where(User.provider_id == actor.provider_id)
    if actor.is_developer:
        actor.require(Permission.ACCOUNTS_READ, account_id=actor.account_id)
        return query.where(User.account_id == actor.account_id)
    actor.require(Permission.ACCOUNTS_READ)
    return query


def create_user(work: Work, account_id: int | None, values: Mapping[str, Any]) -> User:
    """Add a user to an account, or to the staff without one; with a password he is active at once.

    Raises: NotFound, Forbidden, Invalid, Taken.
    """
    if account_id is None:
        work.actor.require(Permission.SETTINGS_EDIT)
    else:
        get_owned(work, Account, account_id)
        work.actor.require(Permission.ACCOUNTS_EDIT, account_id=account_id)
    given = parse(NewUser, values).complete()
    password = given.pop("password")
    audience = "developer" if account_id is not None else "provider"
    for field in ("username", "email"):
        refuse_taken(work.db, work.actor.provider_id, audience, field, given[field])
    user = User(
        provider_id=work.actor.provider_id, account_id=account_id, audience=audience, **given
    )
    if password:
        user.password_hash = hash_password(clean_password(password, username=user.username))
        user.state = "active"
    save(work.db, user, unique="username")
    work.record(Event(EventKind.USER_CREATED, user.id, account_id=account_id))
    return user


def update_user(work: Work, user_id: int, changes: Mapping[str, Any]) -> User:
    """Change a user's details; a user may change his own, but not his role.

    Raises: NotFound, Forbidden, Invalid, Taken.
    """
    user = get_owned(work, User, user_id)
    others_only = {each.name for each in USERS.attributes if OTHERS_ONLY in each.marks}
    if work.actor.user_id != user.id or others_only & set(changes):
        _require_edit(work.actor, user)
    refuse_closed_area(work)
    for field in ("username", "email"):
        if field in changes:
            value = clean_attribute(UserDraft, field, changes[field])
            if value != getattr(user, field):
                refuse_taken(work.db, work.actor.provider_id, user.audience, field, value)
    return USERS.change(work, user, changes)


def activate_user(work: Work, user_id: int) -> User:
    """Let a pending user log in. Raises: NotFound, StateConflict."""
    user = _move(work, user_id, "activate", EventKind.USER_ACTIVATED)
    if user.account_id is not None:
        account_activated(work, work.db.get_one(Account, user.account_id))
    return user


def suspend_user(work: Work, user_id: int) -> User:
    """Lock a user out at once. Raises: NotFound, Conflict, StateConflict."""
    if work.actor.user_id == user_id:
        raise Conflict("You can't suspend yourself.")
    user = _move(work, user_id, "suspend", EventKind.USER_SUSPENDED)
    end_sessions(work.db, user)
    return user


def unsuspend_user(work: Work, user_id: int) -> User:
    """Let a suspended user in again. Raises: NotFound, StateConflict."""
    return _move(work, user_id, "unsuspend", EventKind.USER_UNSUSPENDED)


def _move(work: Work, user_id: int, event: str, kind: EventKind) -> User:
    user = get_owned(work, User, user_id)
    _require_edit(work.actor, user)
    before = user.state
    move(user, USER, event)
    _tell(work.db, work.actor, user, kind, {"state": [before, user.state]})
    return user


def issue_link(db: Session, installation: Installation, user: User, purpose: str) -> str:
    """Make a one-time token for a mailed link; earlier ones of the purpose die.

    Only the digest is stored: put the result into the mail at once.
    """
    earlier = col(OneTimeToken.user_id) == user.id, col(OneTimeToken.purpose) == purpose
    drop_links(db, installation, db.exec(select(OneTimeToken.digest).where(*earlier)).all())
    db.execute(delete(OneTimeToken).where(*earlier))
    token = random_hex(24)
    db.add(
        OneTimeToken(
            provider_id=user.provider_id,
            user_id=user.id,
            purpose=purpose,
            digest=token_digest(token),
            expires_at=installation.clock.now() + LINK_LIFETIME,
        )
    )
    return token


def get_user_by_link(
    db: Session, installation: Installation, provider_id: int, purpose: str, token: str
) -> User:
    """Find whom an unused link belongs to, without using it. Raises: BadToken."""
    return db.get_one(User, _link(db, installation, provider_id, purpose, token).user_id)


def _link(
    db: Session, installation: Installation, provider_id: int, purpose: str, token: str
) -> OneTimeToken:
    query = select(OneTimeToken).where(
        OneTimeToken.provider_id == provider_id,
        OneTimeToken.purpose == purpose,
        OneTimeToken.digest == token_digest(token),
    )
    link = db.exec(query).first()
    if link is None or link.used_at is not None or link.expires_at <= installation.clock.now():
        raise BadToken("This link was used or has expired. Ask for a new one.")
    return link


def follow_activation(
    db: Session, installation: Installation, provider_id: int, token: str
) -> User:
    """Activate the user of a mailed link, and take his new account on. Raises: BadToken."""
    link = _link(db, installation, provider_id, ACTIVATION, token)
    link.used_at = installation.clock.now()
    drop_links(db, installation, [link.digest])
    user = db.get_one(User, link.user_id)
    system = Actor.system(provider_id, name=user.username)
    return activate_user(Work(db, system, installation), user.id)


def repeat_signup(db: Session, provider_id: int, email: str) -> None:
    """Have a developer who has an account already told so by mail; the caller can't tell whether.

    Who never followed his activation link gets a new one.
    """
    query = select(User).where(
        User.provider_id == provider_id,
        User.audience == "developer",
        User.email == email.strip().lower(),
    )
    user = db.exec(query).first() if email.strip() and is_comparable(email) else None
    if user is not None:
        system = Actor.system(provider_id, name=user.username)
        _tell(db, system, user, EventKind.SIGNUP_REPEATED, {})


def ask_password_reset(db: Session, provider_id: int, audience: str, email: str) -> None:
    """Have a reset link mailed, if that address is known; the caller can't tell whether."""
    query = select(User).where(
        User.provider_id == provider_id,
        User.audience == audience,
        User.email == email.strip().lower(),
        User.state == "active",
    )
    user = db.exec(query).first() if email.strip() and is_comparable(email) else None
    if user is not None:
        system = Actor.system(provider_id, name=user.username)
        _tell(db, system, user, EventKind.PASSWORD_RESET_ASKED, {})


def reset_password(
    db: Session, installation: Installation, provider_id: int, token: str, password: str
) -> User:
    """Set a new password by a mailed link and end all sessions. Raises: BadToken, Invalid."""
    link = _link(db, installation, provider_id, PASSWORD_RESET, token)
    user = db.get_one(User, link.user_id)
    _set_password(db, user, password)
    link.used_at = installation.clock.now()
    drop_links(db, installation, [link.digest])
    system = Actor.system(provider_id, user.username)
    _tell(db, system, user, EventKind.PASSWORD_CHANGED, NEW_PASSWORD)
    return user


def change_password(work: Work, current: str, password: str) -> User:
    """Change one's own password and end all sessions. Raises: NotFound, Invalid."""
    user = get_owned(work, User, work.actor.user_id)
    if not password_matches(current, user.password_hash):
        raise Invalid("is not your current password.", field="current_password")
    _set_password(work.db, user, password)
    _tell(work.db, work.actor, user, EventKind.PASSWORD_CHANGED, NEW_PASSWORD)
    return user


def _set_password(db: Session, user: User, password: str) -> None:
    user.password_hash = hash_password(clean_password(password, username=user.username))
    end_sessions(db, user)


def end_sessions(db: Session, user: User) -> None:
    """Log the user out everywhere."""
    db.execute(delete(UserSession).where(col(UserSession.user_id) == user.id))


def _require_edit(actor: Actor, user: User) -> None:
    if user.account_id is None:
        actor.require(Permission.SETTINGS_EDIT)
    else:
        actor.require(Permission.ACCOUNTS_EDIT, account_id=user.account_id)


def _tell(
    db: Session, actor: Actor, user: User, kind: EventKind, changes: dict[str, list[Any]]
) -> None:
    record(db, actor, Event(kind, user.id, account_id=user.account_id, changes=changes))
