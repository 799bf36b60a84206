"""Invitations into an account: send, send again, withdraw, and accept by the mailed link.

Source: reference-portal 8.4.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts.accounts import refuse_closed_area
from server.actions.accounts.signup import claiming
from server.actions.accounts.users import (
    USED_OR_EXPIRED,
    find_link,
    refuse_single_user,
    usable_link,
)
from server.actions.messages.mails import drop_links
from server.actions.provider.fields import EXTRA, Fields
from server.actions.rows import get_owned, hold, save
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.invitations import (
    INVITATION_LIFETIME,
    MOST_INVITATIONS,
    Invitation,
    InvitationDraft,
    Invitee,
    KnownInvitee,
)
from server.domain.accounts.users import OneTimeToken, User, clean_password
from server.domain.actors import Actor
from server.domain.drafts import parse
from server.domain.errors import BadToken, Conflict, InvitationLimitReached, NotFound, Taken
from server.domain.events import Event, EventKind
from server.domain.installation import Installation
from server.domain.permissions import Permission
from server.domain.provider.field_definitions import FieldTarget
from server.kit.crypto import token_digest
from server.kit.ids import random_hex
from server.kit.paging import Listing
from server.kit.passwords import hash_password

LISTING = Listing("invitations", Invitation)
INVITATION = "invitation"


def invitations_query(actor: Actor) -> SelectOfScalar[Invitation]:
    """Select the provider's invitations; for a developer, those of his account."""
    query = select(Invitation).where(Invitation.provider_id == actor.provider_id)
    if actor.is_developer:
        actor.require(Permission.ACCOUNTS_EDIT, account_id=actor.account_id)
        return query.where(Invitation.account_id == actor.account_id)
    actor.require(Permission.ACCOUNTS_READ)
    return query


def invitations_in(actor: Actor, state: str, now: datetime) -> SelectOfScalar[Invitation]:
    """Select those in a state (see `Invitation.state_at`), or all. Raises: Forbidden."""
    query = invitations_query(actor)
    accepted, ends = col(Invitation.accepted_at), col(Invitation.expires_at)
    if state == "accepted":
        return query.where(accepted.is_not(None))
    if state:
        query = query.where(accepted.is_(None))
        return query.where(ends > now if state == "open" else ends <= now)
    return query


def invite_user(work: Work, account_id: int, values: Mapping[str, Any]) -> Invitation:
    """Invite a mail address into an account; the mail is written when its event is delivered.

    That somebody elsewhere has the address is told to the provider's staff only: nobody learns
    from an invitation who else has an account.
    Raises: NotFound, Forbidden, Invalid, Taken, InvitationLimitReached.
    """
    account = get_owned(work, Account, account_id)
    _require(work, account.id)
    email = parse(InvitationDraft, values).email
    hold(work.db, account)  # its invitations are counted
    _refuse_known(work, account, email)
    standing = select(func.count()).where(
        Invitation.account_id == account.id, col(Invitation.accepted_at).is_(None)
    )
    if work.db.exec(standing).one() >= MOST_INVITATIONS:
        raise InvitationLimitReached(MOST_INVITATIONS)
    invitation = Invitation(
        provider_id=account.provider_id,
        account_id=account.id,
        email=email,
        sent_at=work.now,
        expires_at=work.now + INVITATION_LIFETIME,
    )
    save(work.db, invitation, unique="email")
    _tell(work, invitation, EventKind.INVITATION_SENT)
    return invitation


def resend_invitation(work: Work, invitation_id: int) -> Invitation:
    """Send an invitation again, with a new link; the earlier one opens nothing any more.

    Raises: NotFound, Forbidden, Conflict when it was accepted.
    """
    invitation = _held(work, invitation_id)
    if invitation.accepted_at is not None:
        raise Conflict("It was accepted already. Nothing is left to send.")
    invitation.sent_at, invitation.expires_at = work.now, work.now + INVITATION_LIFETIME
    _end_links(work.db, work.installation, invitation)
    _tell(work, invitation, EventKind.INVITATION_SENT)
    return invitation


def withdraw_invitation(work: Work, invitation_id: int) -> Invitation:
    """Take an invitation back: its link opens nothing any more. Raises: NotFound, Forbidden."""
    invitation = _held(work, invitation_id)
    _end_links(work.db, work.installation, invitation)
    work.db.delete(invitation)
    _tell(work, invitation, EventKind.INVITATION_DELETED, name=invitation.email)
    return invitation


def issue_invitation_link(db: Session, installation: Installation, invitation: Invitation) -> str:
    """Make the one-time token of an invitation's mail; earlier ones die.

    Only the digest is stored: put the result into the mail at once.
    """
    hold(db, invitation)
    _end_links(db, installation, invitation)
    token = random_hex(24)
    db.add(
        OneTimeToken(
            provider_id=invitation.provider_id,
            invitation_id=invitation.id,
            purpose=INVITATION,
            digest=token_digest(token),
            expires_at=invitation.expires_at,
        )
    )
    return token


def get_invitation_by_link(
    db: Session, installation: Installation, provider_id: int, token: str
) -> Invitation:
    """Find the open invitation of a mailed link, without using it. Raises: BadToken."""
    link = usable_link(find_link(db, provider_id, INVITATION, token), installation)
    return db.get_one(Invitation, link.invitation_id)


def accept_invitation(
    work: Work, token: str, values: Mapping[str, Any], *, is_identified: bool = False
) -> User:
    """Make whoever followed the link a member of the account; he may log in at once.

    Who is identified by a provider of identity needs no password.
    Whoever has the link reads that mail address, so it needs no other proof. The fields of users
    are asked of him as of who signs up.
    Raises: BadToken, Invalid, Taken.
    """
    db, installation = work.db, work.installation
    found = get_invitation_by_link(db, installation, work.actor.provider_id, token)
    try:
        account = hold(db, db.get_one(Account, found.account_id))
        invitation = hold(db, found)
        link = usable_link(
            hold(db, find_link(db, account.provider_id, INVITATION, token) or _gone()),
            installation,
        )
    except (NotFound, NoResultFound) as error:  # it was withdrawn just now
        raise BadToken(USED_OR_EXPIRED) from error
    visitor = Work(db, Actor.anonymous(account.provider_id), installation)
    draft = KnownInvitee if is_identified else Invitee
    values = Fields(visitor, FieldTarget.USER).checked(values, draft=draft, needs_all=True)
    extra = values.pop(EXTRA)
    given = parse(draft, values).complete()
    password_hash = "" if is_identified else _hash_of(given.pop("password"), given["username"])
    user = User(
        provider_id=account.provider_id,
        account_id=account.id,
        audience="developer",
        email=invitation.email,
        password_hash=password_hash,
        state="active",
        extra_fields=extra,
        **given,
    )
    names = {"username": user.username, "email": user.email}
    with claiming(db, user, names):
        save(db, user, unique="username")
    invitation.accepted_at = link.used_at = work.now
    drop_links(db, installation, [link.digest])
    joined = Work(db, Actor.system(account.provider_id, user.username), installation)
    joined.record(Event(EventKind.USER_CREATED, user.id, account_id=account.id))
    _tell(joined, invitation, EventKind.INVITATION_ACCEPTED)
    return user


def _hash_of(password: str, username: str) -> str:
    return hash_password(clean_password(password, username=username))


def _gone() -> OneTimeToken:
    raise BadToken(USED_OR_EXPIRED)


def _require(work: Work, account_id: int) -> None:
    """Let staff and admins of the account pass. Raises: NotFound, Forbidden."""
    work.actor.require(Permission.ACCOUNTS_EDIT, account_id=account_id)
    refuse_closed_area(work)
    refuse_single_user(work)


def _held(work: Work, invitation_id: int) -> Invitation:
    invitation = get_owned(work, Invitation, invitation_id)
    _require(work, invitation.account_id)
    hold(work.db, work.db.get_one(Account, invitation.account_id))
    return hold(work.db, invitation)


def _refuse_known(work: Work, account: Account, email: str) -> None:
    """Refuse an address of the account's own, or of anybody's to who sees them all. Raises: Taken.

    An invitation that was accepted is in nobody's way, when its user is gone.
    """
    users = select(User).where(
        User.provider_id == account.provider_id, User.audience == "developer", User.email == email
    )
    user = work.db.exec(users).first()
    if user is not None and (user.account_id == account.id or not work.actor.is_developer):
        raise Taken("email", "is the address of a user already.")
    earlier = select(Invitation).where(
        Invitation.account_id == account.id, Invitation.email == email
    )
    for invitation in work.db.exec(earlier):
        if invitation.accepted_at is None:
            raise Taken("email", "is invited already. Send that invitation again.")
        _end_links(work.db, work.installation, invitation)
        work.db.delete(invitation)
        work.db.flush()


def _end_links(db: Session, installation: Installation, invitation: Invitation) -> None:
    mine = col(OneTimeToken.invitation_id) == invitation.id
    drop_links(db, installation, db.exec(select(OneTimeToken.digest).where(mine)).all())
    db.execute(delete(OneTimeToken).where(mine))


def _tell(work: Work, invitation: Invitation, kind: EventKind, *, name: str = "") -> None:
    facts = {"name": name} if name else {}
    event = Event(kind, invitation.id, account_id=invitation.account_id, facts=facts)
    work.record(event)
