"""The second step of a login: between the password and the session.

What is known so far is sealed in the browser: nothing is stored, and nothing opens by it alone.
"""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from server.auth.actors import actor_of_user
from server.auth.gates import Gates
from server.domain.accounts.factors import (
    Authenticator,
    Factors,
    Passkey,
    RecoveryCode,
    plain_code,
    wrong_code,
)
from server.domain.accounts.users import Proof, User
from server.domain.errors import BadToken
from server.domain.events import Event, EventKind, record
from server.domain.installation import Installation
from server.kit.base64url import decoded, encoded
from server.kit.crypto import token_digest
from server.kit.locks import lock
from server.kit.totp import find_step

HALF_OPEN = timedelta(minutes=10)
MARK = "second step of a login"
LATE = "This took too long. Log in again."


def factors_of(db: Session, user_id: int) -> Factors:
    """Tell which second factors a user has. Cost: one statement."""
    confirmed = (
        select(func.count())
        .where(Authenticator.user_id == user_id, col(Authenticator.confirmed_at).is_not(None))
        .scalar_subquery()
    )
    passkeys = select(func.count()).where(Passkey.user_id == user_id).scalar_subquery()
    apps, keys = db.execute(select(confirmed, passkeys)).one()
    return Factors(bool(apps), keys)


def factors_by_user(db: Session, user_ids: Sequence[int]) -> dict[int, Factors]:
    """Tell the second factors of several users. Cost: two statements."""
    apps = select(Authenticator.user_id).where(
        col(Authenticator.user_id).in_(user_ids), col(Authenticator.confirmed_at).is_not(None)
    )
    with_app = set(db.exec(apps).all())
    mine = select(Passkey.user_id).where(col(Passkey.user_id).in_(user_ids))
    keys = Counter(db.exec(mine).all())
    return {user_id: Factors(user_id in with_app, keys[user_id]) for user_id in user_ids}


def keep_half_open(installation: Installation, provider_id: int, proof: Proof, browser: str) -> str:
    """Seal for one browser that somebody's password was right, for a short time."""
    ends = int((installation.clock.now() + HALF_OPEN).timestamp())
    known = [provider_id, proof.user_id, token_digest(proof.password_hash), browser, ends]
    sealed = installation.vault.seal(json.dumps([MARK, known]))
    return encoded(sealed)


def half_open_user(
    db: Session, installation: Installation, provider_id: int, kept: str, browser: str
) -> User:
    """Open what was sealed.

    Raises: BadToken when it is another's, late, or the password changed.
    """
    try:
        plain = installation.vault.unseal(decoded(kept))
        mark, known = json.loads(plain)
    except (ValueError, TypeError) as error:
        raise BadToken(LATE) from error
    if mark != MARK:  # a form that was kept is sealed by the same key
        raise BadToken(LATE)
    of_provider, user_id, digest, of_browser, ends = known
    user = db.get(User, user_id)
    is_in_time = datetime.fromtimestamp(ends, UTC) > installation.clock.now()
    if user is None or of_provider != provider_id or of_browser != browser or not is_in_time:
        raise BadToken(LATE)
    if token_digest(user.password_hash) != digest:
        raise BadToken(LATE)
    return user


def count_code(gates: Gates, user: User, address: str) -> None:
    """Count that somebody types a code of a user. Raises: LimitReached."""
    gates.codes.enter(user.provider_id, str(user.id), address)


def prove_by_code(db: Session, installation: Installation, user: User, code: str) -> Proof:
    """Use up a code of the user's app, or a recovery code. Raises: Invalid.

    The caller has counted it.
    """
    typed = plain_code(code)
    if not lock(db, user) or not (
        _take_app_code(db, installation, user, typed)
        or _take_recovery_code(db, installation, user, typed)
    ):
        raise wrong_code()
    return Proof(user.id, user.password_hash, is_complete=True)


def _take_app_code(db: Session, installation: Installation, user: User, code: str) -> bool:
    app = db.get(Authenticator, user.id)
    if app is None or not lock(db, app) or app.confirmed_at is None:
        return False
    secret = installation.vault.unseal(app.secret_sealed)
    step = find_step(secret, code, installation.clock.now(), app.last_step)
    if step is None:
        return False
    app.last_step = step
    return True


def _take_recovery_code(db: Session, installation: Installation, user: User, code: str) -> bool:
    digest = installation.vault.digest(f"recovery code {user.id} {code}")
    query = select(RecoveryCode).where(
        RecoveryCode.user_id == user.id, RecoveryCode.digest == digest
    )
    found = db.exec(query).first()
    if found is None or not lock(db, found) or found.used_at is not None:
        return False
    found.used_at = installation.clock.now()
    facts = {"change": "recovery_code_used"}
    event = Event(EventKind.FACTORS_CHANGED, user.id, account_id=user.account_id, facts=facts)
    record(db, actor_of_user(user), event)
    return True
