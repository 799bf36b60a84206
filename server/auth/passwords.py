"""Whether somebody is who he says: his password, counted before it is compared.

Sessions and actions want a `Proof`, and faces get one here only: none can forget to count.
"""

from dataclasses import dataclass, field

from sqlalchemy import and_, or_, select
from sqlalchemy.engine import Row
from sqlmodel import Session, col

from server.auth.gates import Gates
from server.domain.accounts.users import Proof, User
from server.domain.actors import Actor
from server.domain.errors import BadCredentials, PasswordNeeded
from server.domain.fields import is_comparable
from server.kit.passwords import password_matches

# Columns, not a row: an unknown name costs as much as a known one.
COLUMNS = (col(User.id), col(User.username), col(User.password_hash))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Who wants to be let in where, and from which address."""

    provider_id: int
    audience: str
    name: str  # username or mail address
    password: str = field(repr=False)
    address: str


def check_password(db: Session, gates: Gates, attempt: Attempt) -> Proof:
    """Check a name and a password. Cost: one query and one hash, whoever is meant.

    Attempts are counted for the person, by whichever of his names, and for a name that is nobody's
    in the same way. Raises: LimitReached, BadCredentials.
    """
    user = _find(db, attempt)
    username, password_hash = (user[1], user[2]) if user else (attempt.name, "")
    gate = gates.passwords(attempt.audience)
    gate.enter(attempt.provider_id, username, attempt.address)
    if not password_matches(attempt.password, password_hash) or user is None:
        raise BadCredentials
    return Proof(user[0], password_hash)


def check_own_password(
    db: Session, gates: Gates, actor: Actor, password: str | None, address: str
) -> Proof | None:
    """Check the password that whoever acts typed once more; None when he typed none.

    Raises: LimitReached, PasswordNeeded for a wrong one.
    """
    if not password or actor.user_id is None:
        return None
    user = db.get_one(User, actor.user_id)
    gates.passwords(user.audience).enter(actor.provider_id, user.username, address)
    if not password_matches(password, user.password_hash):
        raise PasswordNeeded("is not your current password.")
    return Proof(user.id, user.password_hash)


def _find(db: Session, attempt: Attempt) -> Row[int, str, str] | None:
    """Find who has that mail address, else that username. Cost: one statement always."""
    name = attempt.name.strip() if is_comparable(attempt.name) else ""
    has_mail = and_(col(User.email) == name.lower(), col(User.email) != "")
    query = (
        select(*COLUMNS)
        .where(col(User.provider_id) == attempt.provider_id, col(User.audience) == attempt.audience)
        .where(or_(has_mail, col(User.username) == name))
        .order_by(has_mail.desc())
    )
    return db.execute(query.limit(1)).first()
