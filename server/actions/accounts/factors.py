"""Second factors of developers: an authenticator app, passkeys, recovery codes.

Whoever has one is asked for it after the password. All of it is changed by who proves himself
anew: a stolen session neither adds a factor nor takes one away.
"""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import col, select

from server.actions.accounts.users import check_proof, end_sessions
from server.actions.rows import get_owned, hold, save
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.factors import (
    MOST_PASSKEYS,
    OF_USER,
    RECOVERY_CODES,
    SETUP_LIFETIME,
    Authenticator,
    NewPasskey,
    Passkey,
    RecoveryCode,
    clean_passkey_name,
    new_recovery_code,
    plain_code,
    wrong_code,
)
from server.domain.accounts.users import Proof, User
from server.domain.errors import Conflict, Forbidden, NotFound
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission
from server.kit.totp import find_step, new_secret

THERE = "There is an authenticator app already. Remove it first."
LATE = "This took too long. Begin anew."
FULL = f"A user has at most {MOST_PASSKEYS} passkeys. Delete one first."
NONE = "Set up an authenticator app or a passkey first."


def set_up_authenticator(work: Work, proof: Proof | None) -> Authenticator:
    """Begin with an app: a fresh secret, which counts once a code of it was typed.

    Raises: PasswordNeeded, Conflict when there is one that counts.
    """
    user = _own(work, proof)
    app = work.db.get(Authenticator, user.id)
    if app is not None and hold(work.db, app).confirmed_at is not None:
        raise Conflict(THERE)
    if app is None:
        app = Authenticator(user_id=user.id, provider_id=user.provider_id, secret_sealed=b"")
    app.secret_sealed = work.installation.vault.seal(new_secret())
    app.created_at = work.now
    save(work.db, app)
    return app


def find_setup(work: Work) -> Authenticator | None:
    """Find one's app that waits for its first code, while it may still come."""
    app = work.db.get(Authenticator, work.actor.user_id)
    is_waiting = app is not None and app.confirmed_at is None
    return app if app and is_waiting and app.created_at + SETUP_LIFETIME > work.now else None


def confirm_authenticator(work: Work, code: str) -> Sequence[str]:
    """Have an app count by its first code; with the first factor come recovery codes, else none.

    Raises: Conflict when none waits, Invalid.
    """
    user = hold(work.db, _user(work))
    app = find_setup(work)
    if app is None:
        raise Conflict(LATE)
    secret = work.installation.vault.unseal(hold(work.db, app).secret_sealed)
    step = find_step(secret, plain_code(code), work.now, app.last_step)
    if step is None:
        raise wrong_code()
    app.confirmed_at, app.last_step = work.now, step
    _tell(work, user, "authenticator_added")
    return _first_codes(work, user)


def remove_authenticator(work: Work, proof: Proof | None) -> User:
    """Take one's app away. Raises: PasswordNeeded, NotFound."""
    user = _own(work, proof)
    app = work.db.get(Authenticator, user.id)
    if app is None:
        raise NotFound("There is no authenticator app.")
    was_counting = hold(work.db, app).confirmed_at is not None
    work.db.delete(app)
    work.db.flush()
    if was_counting:
        _drop_needless_codes(work, user)
        _tell(work, user, "authenticator_removed")
    return user


def begin_passkey(work: Work, proof: Proof | None, name: str) -> User:
    """Check who may register a passkey of this name, before his device makes it.

    Raises: PasswordNeeded, Blank, TooLong, Invalid, Conflict.
    """
    user = _own(work, proof)
    clean_passkey_name(name)
    _refuse_many(work, user)
    return user


def add_passkey(work: Work, name: str, made: NewPasskey) -> Sequence[str]:
    """Register a passkey; with the first factor come recovery codes, else none.

    Raises: Blank, TooLong, Invalid, Conflict, Taken.
    """
    user = hold(work.db, _user(work))
    called = clean_passkey_name(name)
    _refuse_many(work, user)
    passkey = Passkey(
        provider_id=user.provider_id,
        user_id=user.id,
        name=called,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        host=made.host,
    )
    save(work.db, passkey, unique="credential")
    _tell(work, user, "passkey_added", name=called)
    return _first_codes(work, user)


def _refuse_many(work: Work, user: User) -> None:
    mine = select(Passkey.id).where(Passkey.user_id == user.id)
    if len(work.db.exec(mine).all()) >= MOST_PASSKEYS:
        raise Conflict(FULL)


def remove_passkey(work: Work, proof: Proof | None, passkey_id: int) -> Passkey:
    """Delete one of one's passkeys. Raises: PasswordNeeded, NotFound."""
    user = _own(work, proof)
    passkey = get_owned(work, Passkey, passkey_id)
    if passkey.user_id != user.id:
        raise NotFound("There is no passkey with this id.", field="id")
    work.db.delete(hold(work.db, passkey))
    work.db.flush()
    _drop_needless_codes(work, user)
    _tell(work, user, "passkey_removed", name=passkey.name)
    return passkey


def renew_recovery_codes(work: Work, proof: Proof | None) -> Sequence[str]:
    """Make recovery codes anew; those before open nothing. Raises: PasswordNeeded, Conflict."""
    user = _own(work, proof)
    if not _has_factor(work, user):
        raise Conflict(NONE)
    _tell(work, user, "recovery_codes_renewed")
    return _make_codes(work, user)


def remove_factors(work: Work, user_id: int) -> User:
    """Take all second factors away from a developer who has lost them; his sessions end.

    For staff, who have made sure who asks. Raises: NotFound, Forbidden, Conflict when he has none.
    """
    user = get_owned(work, User, user_id)
    work.actor.require(Permission.ACCOUNTS_EDIT)
    if work.actor.is_developer or user.account_id is None:
        raise Forbidden("Second factors are taken away by the provider, and from developers.")
    hold(work.db, work.db.get_one(Account, user.account_id))
    hold(work.db, user)
    if not _has_factor(work, user):
        raise Conflict("This user has no second factor.")
    drop_factors(work, [user.id])
    end_sessions(work.db, user)
    _tell(work, user, "taken_away")
    return user


def drop_factors(work: Work, user_ids: Sequence[int]) -> None:
    """Delete whatever users prove themselves with beside their passwords."""
    for model in OF_USER:
        work.db.execute(delete(model).where(col(model.user_id).in_(list(user_ids))))


def codes_left(work: Work, user_id: int) -> int:
    """Count the recovery codes that were not used."""
    unused = select(RecoveryCode.id).where(
        RecoveryCode.user_id == user_id, col(RecoveryCode.used_at).is_(None)
    )
    return len(work.db.exec(unused).all())


def _own(work: Work, proof: Proof | None) -> User:
    """Hold the developer who acts and has proved himself just now. Raises: PasswordNeeded."""
    user = hold(work.db, _user(work))
    check_proof(work, proof)
    return user


def _user(work: Work) -> User:
    """Find who acts. Raises: NotFound for whoever is no developer."""
    if not work.actor.is_developer:
        raise NotFound("There is no such page.")
    return get_owned(work, User, work.actor.user_id)


def _has_factor(work: Work, user: User) -> bool:
    app = work.db.get(Authenticator, user.id)
    if app is not None and app.confirmed_at is not None:
        return True
    mine = select(Passkey.id).where(Passkey.user_id == user.id)
    return work.db.exec(mine.limit(1)).first() is not None


def _first_codes(work: Work, user: User) -> Sequence[str]:
    """Make recovery codes for who has none yet."""
    known = select(RecoveryCode.id).where(RecoveryCode.user_id == user.id)
    return () if work.db.exec(known.limit(1)).first() else _make_codes(work, user)


def _make_codes(work: Work, user: User) -> Sequence[str]:
    work.db.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user.id))
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    digest = work.installation.vault.digest
    for code in codes:
        kept = digest(f"recovery code {user.id} {plain_code(code)}")
        work.db.add(RecoveryCode(provider_id=user.provider_id, user_id=user.id, digest=kept))
    work.db.flush()
    return codes


def _drop_needless_codes(work: Work, user: User) -> None:
    """Delete the recovery codes of who has nothing left to recover."""
    if not _has_factor(work, user):
        work.db.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user.id))


def _tell(work: Work, user: User, change: str, **facts: str) -> None:
    told = {"change": change, **facts}
    work.record(Event(EventKind.FACTORS_CHANGED, user.id, account_id=user.account_id, facts=told))
