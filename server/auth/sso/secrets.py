"""What a browser keeps while it is at a provider of identity, and nobody else may know."""

from dataclasses import dataclass, field
from typing import Self

from server.kit.ids import random_hex


@dataclass(frozen=True, slots=True)
class Secrets:
    """Of one login: `state` ties the way back to the browser, `nonce` the token, PKCE the code."""

    state: str
    nonce: str
    verifier: str = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        """Make those of another login."""
        return cls(random_hex(20), random_hex(20), random_hex(32))


@dataclass(frozen=True, slots=True)
class WayBack:
    """What a browser brings back: a code, and who gave it where that is told (RFC 9207)."""

    code: str = field(repr=False)
    issuer: str = ""
