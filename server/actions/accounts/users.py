"""Users: create, change, activate, suspend, and their one-time links and passwords."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts.accounts import account_activated, refuse_closed_area
from server.actions.accounts.reach import checked_reach, require_to_give_role
from server.actions.accounts.signup import claiming
from server.actions.messages.mails import drop_links
from server.actions.provider.fields import Fields, refuse_fields
from server.actions.provider.webhook_objects import keep_last_state
from server.actions.resources import Lifecycle, Resource
from server.actions.rows import get_owned, hold, rely_on, save
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.factors import OF_USER
from server.domain.accounts.users import (
    NewUser,
    OneTimeToken,
    Proof,
    User,
    UserDraft,
    UserSession,
    clean_email,
    clean_password,
)
from server.domain.actors import Actor
from server.domain.attributes import OTHERS_ONLY
from server.domain.drafts import clean_attribute, parse
from server.domain.errors import (
    BadToken,
    Conflict,
    Forbidden,
    Invalid,
    LastAdmin,
    NotFound,
    PasswordNeeded,
)
from server.domain.events import HIDDEN, Event, EventKind, record
from server.domain.installation import Installation
from server.domain.messages.preferences import NotificationPreference
from server.domain.permissions import Permission
from server.domain.portal.openings import TemplateOpening
from server.domain.provider.field_definitions import FieldTarget
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting
from server.domain.provider.tokens import AccessToken
from server.domain.states import USER, move
from server.kit.crypto import token_digest
from server.kit.ids import random_hex
from server.kit.paging import Listing
from server.kit.passwords import hash_password

LISTING = Listing("users", User)
LINK_LIFETIME = timedelta(hours=24)
ACTIVATION, PASSWORD_RESET = "activation", "password_reset"
# Rows that go with their user; what he accepted for his account stays, with his id.
OWNED = (
    *(UserSession, OneTimeToken, AccessToken, NotificationPreference, TemplateOpening),
    *OF_USER,
)
NAMES = ("username", "email")  # what one logs in with and gets back in by: one user's on each side
NEW_PASSWORD = {"password": [HIDDEN, HIDDEN]}
USED_OR_EXPIRED = "This link was used or has expired. Ask for a new one."


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


def create_user(
    work: Work,
    account_id: int | None,
    values: Mapping[str, Any],
    reach: Mapping[str, Any] | None = None,
) -> User:
    """Add a user to an account, or to the staff without one; with a password he is active at once.

    `reach` is what a member of staff is let into: see ReachDraft.
    Raises: NotFound, Forbidden, MoreThanOwn for a role that may do more, Invalid, Taken.
    """
    if account_id is None:
        work.actor.require(Permission.SETTINGS_EDIT)
        refuse_fields(values)
    else:
        rely_on(work.db, get_owned(work, Account, account_id))
        work.actor.require(Permission.ACCOUNTS_EDIT, account_id=account_id)
        fields = Fields(work, FieldTarget.USER)
        values = fields.checked(values, draft=NewUser, needs_all=work.actor.is_developer)
    given = parse(NewUser, values).complete()
    password = given.pop("password")
    audience = "developer" if account_id is not None else "provider"
    bounds = checked_reach(work, reach or {}) if account_id is None else {}
    user = User(
        provider_id=work.actor.provider_id,
        account_id=account_id,
        audience=audience,
        **given,
        **bounds,
    )
    require_to_give_role(work.actor, user.role, account_id, user)
    if password:
        user.password_hash = hash_password(clean_password(password, username=user.username))
        user.state = "active"
    with claiming(work.db, user, {name: given[name] for name in NAMES}):
        save(work.db, user, unique="username")
    work.record(Event(EventKind.USER_CREATED, user.id, account_id=account_id))
    return user


def update_user(
    work: Work, user_id: int, changes: Mapping[str, Any], proof: Proof | None = None
) -> User:
    """Change a user's details; a user may change his own, but not his role.

    Another username or mail address of one's own side takes a proof of whoever acts; then mailed
    links die. Another role ends the user's sessions.
    Raises: NotFound, Forbidden, PasswordNeeded, MoreThanOwn, LastAdmin, Invalid, Taken.
    """
    user = get_owned(work, User, user_id)
    others_only = {each.name for each in USERS.attributes if OTHERS_ONLY in each.marks}
    if work.actor.user_id != user.id or others_only & set(changes):
        require_edit(work.actor, user)
    refuse_closed_area(work)
    hold_with_account(work.db, user)
    if user.account_id is None:
        refuse_fields(changes)
    else:
        changes = Fields(work, FieldTarget.USER).checked(changes, user, draft=USERS.changes)
    sign_in = _new_sign_in(user, changes)
    if sign_in:
        _require_proof(work, user, proof)
    role = user.role
    if "role" in changes:
        new_role = clean_attribute(UserDraft, "role", changes["role"])
        if new_role != role:
            refuse_single_user(work)
            require_to_give_role(work.actor, new_role, user.account_id, user)
            _refuse_last_admin(work.db, user)
    with claiming(work.db, user, sign_in):
        USERS.change(work, user, changes)
    if sign_in:
        end_links(work, user)
    if "email" in sign_in:
        user.email_is_claimed = work.actor.is_developer
    if user.role != role:
        end_sessions(work.db, user)
    return user


def _new_sign_in(user: User, changes: Mapping[str, Any]) -> dict[str, str]:
    """Tell which of what the user logs in with would be another. Raises: Invalid."""
    cleaned = {
        field: clean_attribute(UserDraft, field, changes[field])
        for field in NAMES
        if field in changes
    }
    return {field: value for field, value in cleaned.items() if value != getattr(user, field)}


def _require_proof(work: Work, user: User, proof: Proof | None) -> None:
    """Refuse to change what somebody logs in with by a stolen session or token.

    A person proves to be there, for himself and for colleagues, of whom none may do more; the
    provider's staff may change what developers log in with, who are told.
    Raises: PasswordNeeded, MoreThanOwn.
    """
    actor = work.actor
    if actor.account_id != user.account_id:
        return
    if actor.user_id != user.id:
        require_to_give_role(actor, user.role, user.account_id, user)
    if actor.user_id is not None:
        check_proof(work, proof)


def check_proof(work: Work, proof: Proof | None) -> User:
    """Return who acts, if he has just proved it by his password. Raises: PasswordNeeded."""
    user = get_owned(work, User, work.actor.user_id)
    if proof is None or not proof.holds_for(user):
        raise PasswordNeeded("is needed for this: give the password that you log in with.")
    return user


def activate_user(work: Work, user_id: int) -> User:
    """Let a pending user log in. Raises: NotFound, MoreThanOwn, StateConflict."""
    hold_with_account(work.db, get_owned(work, User, user_id))
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
    """Let a suspended user in again. Raises: NotFound, MoreThanOwn, StateConflict."""
    return _move(work, user_id, "unsuspend", EventKind.USER_UNSUSPENDED)


def delete_user(work: Work, user_id: int) -> User:
    """Take a user away, with his sessions, tokens and links; what he did stays in the audit log.

    Raises: NotFound, Forbidden, MoreThanOwn, Conflict for oneself, LastAdmin.
    """
    user = get_owned(work, User, user_id)
    require_edit(work.actor, user)
    _refuse_closed(work)
    if work.actor.user_id == user.id:
        raise Conflict("You can't delete yourself. Somebody else has to.")
    require_to_give_role(work.actor, user.role, user.account_id, user)
    hold_with_account(work.db, user)
    _refuse_last_admin(work.db, user)
    keep_last_state(work, "user", user)
    for owned in OWNED:
        work.db.execute(delete(owned).where(col(owned.user_id) == user.id))
    facts = {"name": user.username}
    work.record(Event(EventKind.USER_DELETED, user.id, account_id=user.account_id, facts=facts))
    work.db.delete(user)
    work.db.flush()  # its name is free from here on
    return user


def _refuse_closed(work: Work) -> None:
    """Refuse a developer what the provider keeps to himself. Raises: Forbidden."""
    refuse_closed_area(work)
    refuse_single_user(work)


def refuse_single_user(work: Work) -> None:
    """Refuse a developer's change of others where accounts have one user. Raises: Forbidden."""
    settings = work.db.get_one(Setting, work.actor.provider_id)
    if work.actor.is_developer and not settings.multiple_users:
        raise Forbidden("Users of an account are managed by the provider here. Write to them.")


def _refuse_last_admin(db: Session, user: User) -> None:
    """Refuse to leave an account, or the staff, without an admin who can log in.

    Raises: LastAdmin.
    """
    if user.role != "admin" or user.state != "active":
        return
    others = select(User.id).where(
        User.provider_id == user.provider_id,
        User.audience == user.audience,
        User.account_id == user.account_id,
        User.role == "admin",
        User.state == "active",
        User.id != user.id,
    )
    if db.exec(others).first() is None:
        raise LastAdmin


def _move(work: Work, user_id: int, event: str, kind: EventKind) -> User:
    user = get_owned(work, User, user_id)
    require_edit(work.actor, user)
    _refuse_closed(work)
    if kind is not EventKind.USER_SUSPENDED:
        require_to_give_role(work.actor, user.role, user.account_id, user)
    before = hold(work.db, user).state
    move(user, USER, event)
    _tell(work.db, work.actor, user, kind, {"state": [before, user.state]})
    return user


def issue_link(db: Session, installation: Installation, user: User, purpose: str) -> str:
    """Make a one-time token for a mailed link; earlier ones of the purpose die.

    Only the digest is stored: put the result into the mail at once. Raises: NotFound.
    """
    hold(db, user)
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
    link = find_link(db, provider_id, purpose, token)
    return db.get_one(User, usable_link(link, installation).user_id)


def hold_link(
    db: Session, installation: Installation, provider_id: int, purpose: str, token: str
) -> tuple[OneTimeToken, User]:
    """Hold an unused link and the user whom it belongs to: one caller at a time may use it.

    Raises: BadToken.
    """
    link = usable_link(find_link(db, provider_id, purpose, token), installation)
    try:
        user = db.get_one(User, link.user_id)
        hold_with_account(db, user)
        hold(db, link)
    except (NotFound, NoResultFound) as error:  # the account was deleted just now
        raise BadToken(USED_OR_EXPIRED) from error
    return usable_link(link, installation), user


def find_link(db: Session, provider_id: int, purpose: str, token: str) -> OneTimeToken | None:
    """Find a mailed link, used or not."""
    query = select(OneTimeToken).where(
        OneTimeToken.provider_id == provider_id,
        OneTimeToken.purpose == purpose,
        OneTimeToken.digest == token_digest(token),
    )
    return db.exec(query).first()


def usable_link(link: OneTimeToken | None, installation: Installation) -> OneTimeToken:
    """Take a link that still opens something. Raises: BadToken."""
    if link is None or link.used_at is not None or link.expires_at <= installation.clock.now():
        raise BadToken(USED_OR_EXPIRED)
    return link


def hold_with_account(db: Session, user: User) -> None:
    """Hold a user and before him his account, or his provider's staff. Raises: NotFound."""
    if user.account_id is not None:
        hold(db, db.get_one(Account, user.account_id))
    else:
        hold(db, db.get_one(Provider, user.provider_id))
    hold(db, user)


def follow_activation(
    db: Session, installation: Installation, provider_id: int, token: str
) -> User:
    """Activate the user of a mailed link, and take his new account on. Raises: BadToken."""
    link, user = hold_link(db, installation, provider_id, ACTIVATION, token)
    link.used_at = installation.clock.now()
    drop_links(db, installation, [link.digest])
    system = Actor.system(provider_id, name=user.username)
    return activate_user(Work(db, system, installation), user.id)


def find_activated(db: Session, provider_id: int, token: str) -> User | None:
    """Find who has used an activation link and is active; None for every other link."""
    link = find_link(db, provider_id, ACTIVATION, token)
    user = db.get(User, link.user_id) if link is not None and link.used_at is not None else None
    return user if user is not None and user.state == "active" else None


def repeat_signup(work: Work, email: str) -> None:
    """Have a developer who signed up before told so by mail; the caller can't tell whether.

    Who never followed his activation link gets a new one.
    """
    _ask_for_mail(work, EventKind.SIGNUP_REPEATED, "developer", email)


def ask_password_reset(work: Work, audience: str, email: str) -> None:
    """Have a reset link mailed, if that address is known; the caller can't tell whether."""
    _ask_for_mail(work, EventKind.PASSWORD_RESET_ASKED, audience, email)


def _ask_for_mail(work: Work, kind: EventKind, audience: str, email: str) -> None:
    """Note what was asked for any address that can be one: the job of the mail looks it up."""
    try:
        facts = {"audience": audience, "email": clean_email(email)}
    except Invalid:
        return
    work.record(Event(kind, facts=facts))


def reset_password(
    db: Session, installation: Installation, provider_id: int, token: str, password: str
) -> User:
    """Set a new password by a mailed link and end all sessions. Raises: BadToken, Invalid."""
    link, user = hold_link(db, installation, provider_id, PASSWORD_RESET, token)
    _set_password(db, user, password)
    user.email_is_claimed = False  # the link was mailed there
    link.used_at = installation.clock.now()
    drop_links(db, installation, [link.digest])
    system = Actor.system(provider_id, user.username)
    _tell(db, system, user, EventKind.PASSWORD_CHANGED, NEW_PASSWORD)
    return user


def change_password(work: Work, proof: Proof | None, password: str) -> User:
    """Change one's own password and end all sessions. Raises: NotFound, PasswordNeeded, Invalid."""
    hold(work.db, get_owned(work, User, work.actor.user_id))
    user = check_proof(work, proof)
    _set_password(work.db, user, password)
    end_links(work, user)
    _tell(work.db, work.actor, user, EventKind.PASSWORD_CHANGED, NEW_PASSWORD)
    return user


def replace_password(work: Work, user_id: int, password: str, proof: Proof | None = None) -> User:
    """Give a user another password than his, and close whatever that opened.

    For who edits users: of one's own side it takes a proof of whoever acts.
    Raises: NotFound, Forbidden, PasswordNeeded, MoreThanOwn, Invalid.
    """
    user = get_owned(work, User, user_id)
    require_edit(work.actor, user)
    _refuse_closed(work)
    hold_with_account(work.db, user)
    _require_proof(work, user, proof)
    _set_password(work.db, user, password)
    end_links(work, user)
    _tell(work.db, work.actor, user, EventKind.PASSWORD_CHANGED, NEW_PASSWORD)
    return user


def replace_lost_password(work: Work, user_id: int) -> str:
    """Give a user a new password, and return it: for who runs the installation. Raises: NotFound.

    Nobody proves here that he knew the old one.
    """
    password = random_hex(10)
    replace_password(work, user_id, password)
    return password


def _set_password(db: Session, user: User, password: str) -> None:
    """Set a password; whatever the old one opened is closed."""
    user.password_hash = hash_password(clean_password(password, username=user.username))
    end_sessions(db, user)
    db.execute(delete(AccessToken).where(col(AccessToken.user_id) == user.id))


def end_links(work: Work, user: User) -> None:
    """Use up the links that were mailed: whoever reads the old address has them."""
    unused = col(OneTimeToken.used_at).is_(None)
    mailed = update(OneTimeToken).where(col(OneTimeToken.user_id) == user.id, unused)
    work.db.execute(mailed.values(used_at=work.now))


def end_sessions(db: Session, user: User) -> None:
    """Log the user out everywhere."""
    db.execute(delete(UserSession).where(col(UserSession.user_id) == user.id))


def require_edit(actor: Actor, user: User) -> None:
    if user.account_id is None:
        actor.require(Permission.SETTINGS_EDIT)
    else:
        actor.require(Permission.ACCOUNTS_EDIT, account_id=user.account_id)


def _tell(
    db: Session, actor: Actor, user: User, kind: EventKind, changes: dict[str, list[Any]]
) -> None:
    record(db, actor, Event(kind, user.id, account_id=user.account_id, changes=changes))
