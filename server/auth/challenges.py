"""Questions that a browser answers once: signed, bound to it, and used up by the answer.

Nothing is stored until one is answered, so that asking costs nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from server.domain.accounts.factors import SpentChallenge
from server.domain.errors import BadToken
from server.domain.installation import Installation
from server.kit.crypto import token_digest
from server.kit.db import is_taken
from server.kit.ids import random_hex

LIFETIME = timedelta(minutes=15)
MOST_LENGTH = 200
STALE = "This took too long, or was sent twice. Try once more."


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked, on which side, and for what: an answer holds for nothing else."""

    provider_id: int
    purpose: str
    browser: str  # what ties it to one browser

    def said(self, rest: str) -> str:
        """Write what is signed."""
        return f"challenge {self.provider_id} {self.purpose} {self.browser} {rest}"


def new_challenge(installation: Installation, asked: Asked) -> str:
    """Make a question with its end in it."""
    ends = int((installation.clock.now() + LIFETIME).timestamp())
    rest = f"{ends}.{random_hex(16)}"
    return f"{rest}.{installation.vault.sign(asked.said(rest))}"


def spend_challenge(db: Session, installation: Installation, asked: Asked, challenge: str) -> None:
    """Use up a question that was answered. Raises: BadToken for another's, a late, a used one."""
    rest, _, signature = challenge[:MOST_LENGTH].rpartition(".")
    is_ours = installation.vault.signature_holds(asked.said(rest), signature)
    ends = rest.partition(".")[0]
    if not is_ours or not ends.isdecimal():
        raise BadToken(STALE)
    spend(db, installation, asked.provider_id, challenge, datetime.fromtimestamp(int(ends), UTC))


def spend(
    db: Session, installation: Installation, provider_id: int, text: str, ends: datetime
) -> None:
    """Use up a text of ours until its end, after which nobody asks for it. Raises: BadToken."""
    if ends <= installation.clock.now():
        raise BadToken(STALE)
    row = SpentChallenge(digest=token_digest(text), provider_id=provider_id, expires_at=ends)
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()
    except IntegrityError as error:
        if not is_taken(error):
            raise
        raise BadToken(STALE) from error


def field_of(mapping: Mapping[str, object], name: str) -> str:
    """Read a text of a document that somebody sent; empty for what is none."""
    value = mapping.get(name)
    return value if isinstance(value, str) else ""
