"""Codes of authenticator apps: six digits, new each half minute. Source: RFC 6238."""

import base64
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP_S = 30
DIGITS = 6
DRIFT = 1  # steps that a telephone's clock may be early or late
SECRET_BYTES = 20  # as long as the digest, which RFC 4226 recommends


def new_secret() -> str:
    """Make a secret as apps take it: base32."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def setup_uri(secret: str, name: str, issuer: str) -> str:
    """Write the address that apps read from a QR code."""
    return _totp(secret).get_provisioning_uri(name, issuer)


def code_at(secret: str, at: datetime) -> str:
    """Tell the code of a moment."""
    return _totp(secret).generate(int(at.timestamp())).decode()


def find_step(secret: str, code: str, at: datetime, after: int) -> int | None:
    """Find which step a code is of, drift allowed; None for a wrong one, and up to `after`.

    Who keeps the answer and gives it as `after` next time takes no code twice.
    """
    now, totp, found = int(at.timestamp()) // STEP_S, _totp(secret), None
    given = code.encode("utf-8", "replace")
    for step in range(now - DRIFT, now + DRIFT + 1):
        is_it = secrets.compare_digest(totp.generate(step * STEP_S), given)
        if is_it and step > after:
            found = step
    return found


def _totp(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP_S)  # noqa: S303  # what apps know
