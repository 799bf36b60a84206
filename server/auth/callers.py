"""Which actor the credentials of an API request stand for.

Source: design 4, reference-portal 1.0.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from server.auth.actors import find_actor_by_provider_key, find_actor_by_token
from server.domain.actors import Actor
from server.domain.installation import Installation


@dataclass(frozen=True, slots=True)
class Presented:
    """Credentials as they came: at most one token and one provider key."""

    token: str = ""
    provider_key: str = ""

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was presented."""
        return not self.token and not self.provider_key


def presented(authorization: str, params: Mapping[str, str]) -> Presented:
    """Read Bearer, Basic (first non-empty of user and password), or the two parameters."""
    kind, _, value = authorization.partition(" ")
    if kind.lower() == "bearer":
        return Presented(token=value.strip())
    if kind.lower() == "basic":
        return Presented(token=_basic(value))
    return Presented(params.get("access_token", ""), params.get("provider_key", ""))


def _basic(value: str) -> str:
    try:
        user, _, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return user or password


def find_admin_caller(
    db: Session, installation: Installation, provider_id: int, credentials: Presented
) -> Actor | None:
    """Recognise who may use the provider's admin APIs; a Basic name may be a provider key too."""
    clock = installation.clock
    if credentials.token:
        actor = find_actor_by_token(db, clock, provider_id, "provider", credentials.token)
        return actor or find_actor_by_provider_key(db, installation, provider_id, credentials.token)
    if credentials.provider_key:
        return find_actor_by_provider_key(db, installation, provider_id, credentials.provider_key)
    return None
