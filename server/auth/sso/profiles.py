"""From the claims of a provider of identity to who somebody is: only what can be true here."""

from collections.abc import Mapping
from typing import Any

from server.auth.sso.calls import IdentityFault
from server.domain.accounts.identities import MOST_CLAIM, Identity, Registration
from server.domain.accounts.users import USERNAME, clean_email
from server.domain.errors import DomainError
from server.domain.fields import clean_line

ORGANISATIONS = ("organization", "org_name", "company")


def identity_of(
    claims: Mapping[str, Any], ours: Registration, usual_id: str, usual_name: str
) -> Identity:
    """Read who somebody is. Raises: IdentityFault when that is not told."""
    key = ours.identifier_key or usual_id
    uid = claims.get(key)
    uid = str(uid) if isinstance(uid, int) and not isinstance(uid, bool) else uid
    if not isinstance(uid, str) or not uid.strip() or len(uid) > MOST_CLAIM or "\x00" in uid:
        raise IdentityFault(f"{ours.name} does not tell who it is: the claim {key} is missing.")
    email = _email_of(claims.get("email"))
    is_told = claims.get("email_verified") in (True, "true")
    return Identity(
        uid=uid,
        email=email,
        email_verified=bool(email) and (is_told or ours.trust_email),
        username=_username_of(claims.get(ours.username_key or usual_name), email),
        first_name=_line_of(claims.get("given_name")),
        last_name=_line_of(claims.get("family_name")),
        org_name=next((name for each in ORGANISATIONS if (name := _line_of(claims.get(each)))), ""),
    )


def _line_of(value: object) -> str:
    """Take a claim as a line of text; nothing for what is none."""
    try:
        return clean_line(value, "claim")[:MOST_CLAIM] if isinstance(value, str) else ""
    except DomainError:
        return ""


def _email_of(value: object) -> str:
    try:
        return clean_email(value) if isinstance(value, str) else ""
    except DomainError:
        return ""


def _username_of(value: object, email: str) -> str:
    """Propose a username: the claim, else what stands before the @."""
    for name in (_line_of(value), email.partition("@")[0]):
        if USERNAME.fullmatch(name):
            return name
    return ""
