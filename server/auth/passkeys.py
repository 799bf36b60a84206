"""Passkeys: what a browser is asked, and whether its answer holds. Source: WebAuthn Level 3.

The library that reads them is loaded by the first answer: most portals see none for long.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from server.auth.challenges import Asked, field_of, new_challenge, spend_challenge
from server.domain.accounts.factors import NewPasskey, Passkey
from server.domain.accounts.users import Proof, User
from server.domain.errors import Forbidden, Invalid
from server.domain.installation import Installation
from server.kit.base64url import decoded, encoded
from server.kit.locks import lock

SIGN_IN, SECOND, REGISTER = "passkey", "passkey-second", "passkey-new"
ALGORITHMS = (-8, -7, -257)  # Ed25519, ECDSA on P-256, RSA: what the library checks by itself
TIMEOUT_MS = 300_000
MOST_ANSWER = 20_000  # characters; an answer without a certificate is far shorter
UNREADABLE = "That is not what a browser makes of a passkey. Try once more."
UNKNOWN = "This passkey is not known here. Log in with your password."
REFUSED = "This passkey was not accepted. Try once more, or log in with your password."


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser on one of our pages: passkeys are made for its host, and sign for its origin."""

    provider_id: int
    host: str  # without a port
    origin: str  # as the browser sees it
    browser: str  # what ties the questions to it


def user_handle(installation: Installation, user_id: int) -> bytes:
    """Name a user to his device: 32 bytes that tell nobody who he is."""
    return installation.vault.digest(f"passkey user {user_id}")


def options_to_register(
    installation: Installation, visit: Visit, user: User, known: Sequence[Passkey]
) -> Mapping[str, Any]:
    """Write what `navigator.credentials.create` is given, as JSON holds it.

    The caller has checked the user's password: who answers need not give it again.
    """
    challenge = new_challenge(installation, _asked(visit, REGISTER, user.id))
    return {
        "rp": {"id": visit.host, "name": visit.host},
        "user": {
            "id": encoded(user_handle(installation, user.id)),
            "name": user.username,
            "displayName": user.username,
        },
        "challenge": encoded(challenge.encode()),
        "pubKeyCredParams": [{"type": "public-key", "alg": each} for each in ALGORITHMS],
        "timeout": TIMEOUT_MS,
        "excludeCredentials": _descriptors(known, visit),
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
        "attestation": "none",
    }


def options_to_sign(
    installation: Installation,
    visit: Visit,
    user_id: int | None = None,
    known: Sequence[Passkey] = (),
) -> Mapping[str, Any]:
    """Write what `navigator.credentials.get` is given; without a user any passkey may answer."""
    purpose = SIGN_IN if user_id is None else SECOND
    challenge = new_challenge(installation, _asked(visit, purpose, user_id))
    return {
        "challenge": encoded(challenge.encode()),
        "rpId": visit.host,
        "allowCredentials": _descriptors(known, visit),
        "userVerification": "required",
        "timeout": TIMEOUT_MS,
    }


def check_new_passkey(
    db: Session, installation: Installation, visit: Visit, user_id: int, answer: str
) -> NewPasskey:
    """Check what a browser made of our question to register. Raises: BadToken, Invalid."""
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    document, challenge = _parsed(answer)
    spend_challenge(db, installation, _asked(visit, REGISTER, user_id), challenge)
    try:
        made = verify_registration_response(
            credential=document,
            expected_challenge=challenge.encode(),
            expected_rp_id=visit.host,
            expected_origin=visit.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise Invalid(UNREADABLE, field="credential") from error
    return NewPasskey(
        encoded(made.credential_id), made.credential_public_key, made.sign_count, visit.host
    )


def prove_by_passkey(
    db: Session,
    installation: Installation,
    visit: Visit,
    answer: str,
    user_id: int | None = None,
) -> Proof:
    """Check a passkey's signature, note its use, and prove whose it is, without a password.

    With a user it is his second factor. Raises: BadToken, Invalid, Forbidden.
    """
    document, challenge = _parsed(answer)
    purpose = SIGN_IN if user_id is None else SECOND
    spend_challenge(db, installation, _asked(visit, purpose, user_id), challenge)
    passkey = _find(db, visit, field_of(document, "id"))
    if passkey is None or (user_id is not None and passkey.user_id != user_id):
        raise Forbidden(UNKNOWN)
    _check_signature(installation, visit, passkey, document, challenge)
    passkey.last_used_at = installation.clock.now()
    user = db.get_one(User, passkey.user_id)
    return Proof(user.id, user.password_hash, is_complete=True)


def _check_signature(
    installation: Installation, visit: Visit, passkey: Passkey, document: Any, challenge: str
) -> None:
    """Check a signature, and that its device has counted on. Raises: Forbidden."""
    from webauthn import verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    handle = field_of(document["response"], "userHandle")
    if handle and handle != encoded(user_handle(installation, passkey.user_id)):
        raise Forbidden(UNKNOWN)
    try:
        checked = verify_authentication_response(
            credential=document,
            expected_challenge=challenge.encode(),
            expected_rp_id=visit.host,
            expected_origin=visit.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise Forbidden(REFUSED) from error
    passkey.sign_count = checked.new_sign_count


def _find(db: Session, visit: Visit, credential_id: str) -> Passkey | None:
    """Find a passkey and hold it: one answer at a time counts it on."""
    query = select(Passkey).where(
        Passkey.provider_id == visit.provider_id,
        Passkey.credential_id == credential_id,
        Passkey.host == visit.host,
    )
    passkey = db.exec(query).first()
    return passkey if passkey is not None and lock(db, passkey) else None


def passkeys_of(db: Session, user_id: int) -> Sequence[Passkey]:
    """List a user's passkeys, oldest first."""
    return db.exec(
        select(Passkey).where(Passkey.user_id == user_id).order_by(col(Passkey.id))
    ).all()


def _asked(visit: Visit, purpose: str, user_id: int | None) -> Asked:
    return Asked(visit.provider_id, f"{purpose} {user_id or ''} {visit.host}", visit.browser)


def _descriptors(known: Sequence[Passkey], visit: Visit) -> list[dict[str, str]]:
    return [
        {"type": "public-key", "id": each.credential_id}
        for each in known
        if each.host == visit.host
    ]


def _parsed(answer: str) -> tuple[dict[str, Any], str]:
    """Read an answer and the question that it repeats. Raises: Invalid."""
    try:
        document = json.loads(answer[:MOST_ANSWER])
        client = json.loads(decoded(document["response"]["clientDataJSON"]))
        challenge = decoded(client["challenge"]).decode("ascii")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Invalid(UNREADABLE, field="credential") from error
    return document, challenge
