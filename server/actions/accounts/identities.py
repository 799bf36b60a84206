"""Coming in by a provider of identity: who is whom, linking, signing up, joining an account.

Only a verified mail address leads to somebody who is here already. Source: reference-portal 12.1.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from server.actions.accounts.accounts import approve_account
from server.actions.accounts.authentication_providers import logins_query
from server.actions.accounts.invitations import accept_invitation
from server.actions.accounts.open_signup import sign_up_openly
from server.actions.accounts.signup import NewSignup, begin_signup, tell_signup
from server.actions.accounts.users import (
    activate_user,
    check_proof,
    end_links,
    hold_with_account,
)
from server.actions.rows import get_owned, hold, save
from server.actions.work import Work
from server.domain.accounts.authentication_providers import (
    AuthenticationProvider,
    SSOAuthorization,
)
from server.domain.accounts.identities import Identity
from server.domain.accounts.users import Proof, User
from server.domain.actors import Actor
from server.domain.errors import Conflict, LastWayIn, NotFound, Taken
from server.domain.events import Event, EventKind

OF_ANOTHER = (
    "That login is connected with another user here. Log in as that one, or choose another."
)
ANOTHER_ONE = (
    "Your account is connected with another login there. Log in with your password and disconnect "
    "that one first."
)


def come_in(work: Work, row: AuthenticationProvider, identity: Identity) -> Proof | None:
    """Find whom an identity stands for: who is linked, else whose mail address it proves to read.

    The latter is linked from then on. None when it is nobody yet. Raises: Conflict.
    """
    linked = _find(work, row, identity)
    if linked is not None:
        return _proof_of(work.db.get_one(User, linked.user_id))
    user = _find_by_mail(work, row, identity)
    if user is None:
        return None
    hold_with_account(work.db, user)
    as_system = _as_system(work, user)
    if user.state == "pending":
        _take_over(as_system, user)
    _link(as_system, row, identity, user)
    return _proof_of(user)


def link_identity(
    work: Work, row: AuthenticationProvider, identity: Identity, proof: Proof | None
) -> User:
    """Connect an identity with whoever is logged in, who knows his password if he has one.

    Raises: NotFound, PasswordNeeded, Conflict.
    """
    user = get_owned(work, User, work.actor.user_id)
    hold_with_account(work.db, user)
    if user.password_hash:
        check_proof(work, proof)
    _link(work, row, identity, user)
    return user


def unlink_identity(work: Work, system_name: str) -> AuthenticationProvider:
    """Disconnect a login of whoever is logged in. Raises: NotFound, LastWayIn."""
    user = get_owned(work, User, work.actor.user_id)
    hold_with_account(work.db, user)
    rows = work.db.exec(logins_query(user.provider_id).where(User.id == user.id)).all()
    found = [(own, row) for own, row in rows if row.system_name == system_name]
    if not found:
        raise NotFound("You are not connected with that login.")
    if not user.password_hash and len(rows) == 1:
        raise LastWayIn
    (own, row), *_ = found
    work.db.delete(own)
    _tell(work, EventKind.IDENTITY_UNLINKED, row, user)
    return row


def sign_up_by_identity(
    work: Work, row: AuthenticationProvider, identity: Identity, draft: NewSignup
) -> Proof | None:
    """Sign up who came by an identity. With a verified mail he is in at once.

    Else he follows a mailed link first, and a known address is told to its owner only: None.
    Raises: as `begin_signup`, Conflict.
    """
    _refuse_another(work, row, identity)
    if not identity.email_verified:
        made = sign_up_openly(work, draft, "sso")
        if made is not None:
            _link(_as_system(work, made), row, identity, made)
        return None
    visitor = replace(work, actor=Actor.anonymous(work.actor.provider_id))
    signup = begin_signup(visitor, replace(draft, email=identity.email), "sso")
    tell_signup(visitor, signup.user, "api")  # no link is mailed
    as_system = _as_system(work, signup.user)
    if row.automatically_approve_accounts:
        approve_account(as_system, signup.account.id)
    activate_user(as_system, signup.user.id)
    _link(as_system, row, identity, signup.user)
    return _proof_of(signup.user)


def join_by_identity(
    work: Work,
    row: AuthenticationProvider,
    identity: Identity,
    token: str,
    values: Mapping[str, Any],
) -> Proof:
    """Accept an invitation without a password. Raises: BadToken, Invalid, Taken, Conflict."""
    _refuse_another(work, row, identity)
    user = accept_invitation(work, token, values, is_identified=True)
    _link(_as_system(work, user), row, identity, user)
    return _proof_of(user)


def _find(work: Work, row: AuthenticationProvider, identity: Identity) -> SSOAuthorization | None:
    query = select(SSOAuthorization).where(
        SSOAuthorization.authentication_provider_id == row.id,
        SSOAuthorization.uid == identity.uid,
    )
    return work.db.exec(query).first()


def _find_by_mail(work: Work, row: AuthenticationProvider, identity: Identity) -> User | None:
    if not identity.email or not identity.email_verified:
        return None
    query = select(User).where(
        User.provider_id == work.actor.provider_id,
        User.audience == row.account_type,
        User.email == identity.email,
        col(User.email_is_claimed).is_(False),  # else whoever claims it gets its owner's login
    )
    return work.db.exec(query).first()


def _take_over(as_system: Work, user: User) -> None:
    """Let in who never followed his mailed link, since he proves to read that mail now.

    Whoever signed up with his address proved nothing: that one's password and logins go.
    """
    if user.awaits_link:
        user.password_hash, user.awaits_link = "", False
        mine = col(SSOAuthorization.user_id) == user.id
        as_system.db.execute(delete(SSOAuthorization).where(mine))
        end_links(as_system, user)
    activate_user(as_system, user.id)


def _link(work: Work, row: AuthenticationProvider, identity: Identity, user: User) -> None:
    """Note whom an identity means from now on. Raises: Conflict."""
    _refuse_another(work, row, identity, but=user)
    if _find(work, row, identity) is not None:
        return
    made = SSOAuthorization(
        provider_id=user.provider_id,
        authentication_provider_id=row.id,
        user_id=user.id,
        uid=identity.uid,
    )
    try:
        save(work.db, made, unique="uid")
    except Taken as error:
        raise Conflict(ANOTHER_ONE) from error
    _tell(work, EventKind.IDENTITY_LINKED, row, user)


def _refuse_another(
    work: Work, row: AuthenticationProvider, identity: Identity, *, but: User | None = None
) -> None:
    """Refuse an identity that is somebody else's here. Raises: Conflict."""
    hold(work.db, row)
    linked = _find(work, row, identity)
    if linked is not None and (but is None or linked.user_id != but.id):
        raise Conflict(OF_ANOTHER)


def _tell(work: Work, kind: EventKind, row: AuthenticationProvider, user: User) -> None:
    facts = {"name": row.name}
    work.record(Event(kind, user.id, account_id=user.account_id, facts=facts))


def _as_system(work: Work, user: User) -> Work:
    return Work(work.db, Actor.system(user.provider_id, user.username), work.installation)


def _proof_of(user: User) -> Proof:
    """Prove him to `log_in`, which refuses who may not come in: his password has no part in it."""
    return Proof(user.id, user.password_hash)
