"""Log in, recognise a browser, log out."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, delete, update
from sqlalchemy import select as select_rows
from sqlmodel import Session, col

from server.auth.actors import actor_of_user
from server.auth.second_factors import factors_of
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import Proof, User, UserSession
from server.domain.actors import Actor
from server.domain.errors import BadCredentials, FactorNeeded, NotActive
from server.domain.events import Event, EventKind, record
from server.domain.installation import Installation
from server.kit.crypto import token_digest
from server.kit.ids import random_hex
from server.kit.locks import lock

ABSOLUTE_LIFETIME = timedelta(days=14)
IDLE_LIFETIME = timedelta(days=2)
TOUCH_EVERY = timedelta(minutes=5)  # so that a page view seldom writes
# Each request with a cookie asks it, so it is built once.
KNOWN = (
    select_rows(UserSession, User, Account)
    .join(User, col(User.id) == UserSession.user_id)
    .outerjoin(Account, col(Account.id) == User.account_id)
    .where(col(UserSession.digest) == bindparam("digest"))
)
WAITING = {
    "created": "Follow the link in the mail that we sent you, then log in.",
    "pending": "Your account waits for approval. You get a mail when it is through.",
    "rejected": "Your account was not approved.",
    "suspended": "Your account is suspended.",
    "scheduled_for_deletion": "Your account is being deleted.",
}


@dataclass(frozen=True, slots=True)
class Login:
    """A logged-in browser: who it is, and the cookie's value when it is new."""

    actor: Actor
    user: User
    session: UserSession
    account: Account | None = None  # of a developer; who reads it by its id asks no query
    token: str = ""


def log_in(db: Session, installation: Installation, proof: Proof) -> Login:
    """Open a session of who proved who he is.

    Here alone a proof becomes a session, so nobody gets past a second factor that he has set up.
    Raises: BadCredentials when the password was changed since; NotActive; FactorNeeded.
    """
    user = db.get(User, proof.user_id)
    if user is None or not lock(db, user) or not proof.holds_for(user):
        raise BadCredentials
    _refuse_inactive(db, user)
    if not proof.is_complete and user.account_id is not None and factors_of(db, user.id).is_any:
        raise FactorNeeded
    login = open_session(db, installation, user)
    event = Event(EventKind.USER_LOGGED_IN, user.id, account_id=user.account_id)
    record(db, login.actor, event)
    return login


def open_session(db: Session, installation: Installation, user: User) -> Login:
    """Open a session with a fresh id; the value of the cookie is only in the answer."""
    token = random_hex(32)
    session = UserSession(
        provider_id=user.provider_id,
        user_id=user.id,
        digest=token_digest(token),
        expires_at=installation.clock.now() + ABSOLUTE_LIFETIME,
    )
    db.add(session)
    return Login(actor_of_user(user), user, session, token=token)


def find_login(
    db: Session, installation: Installation, provider_id: int, audience: str, token: str
) -> Login | None:
    """Recognise a cookie of this provider and side. Cost: one query by key."""
    if not token:
        return None
    found = db.execute(KNOWN, {"digest": token_digest(token)}).first()
    if found is None:
        return None
    session, user, account = found
    now = installation.clock.now()
    idle = now - session.last_seen_at
    if session.provider_id != provider_id or session.expires_at <= now or idle > IDLE_LIFETIME:
        return None
    if user.audience != audience or user.state != "active":
        return None
    if account is not None and account.state != "approved":
        return None
    return Login(actor_of_user(user), user, session, account)


def touch(db: Session, installation: Installation, login: Login) -> None:
    """Note that the session is in use, every few minutes; only in a write transaction."""
    now = installation.clock.now()
    if now - login.session.last_seen_at > TOUCH_EVERY:
        seen = update(UserSession).where(col(UserSession.id) == login.session.id)
        db.execute(seen.values(last_seen_at=now))  # no fault if it ended meanwhile


def log_out(db: Session, token: str) -> None:
    """End the session of a cookie."""
    db.execute(delete(UserSession).where(col(UserSession.digest) == token_digest(token)))


def _refuse_inactive(db: Session, user: User) -> None:
    if user.state == "pending":
        raise NotActive(WAITING["created"])
    if user.state != "active":
        raise NotActive("Your user is suspended.")
    if user.account_id is not None:
        account = db.get_one(Account, user.account_id)
        if account.state != "approved":
            raise NotActive(WAITING[account.state])
