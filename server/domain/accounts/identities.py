"""Who somebody is by the word of a provider of identity."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

MOST_CLAIM = 255  # characters of a claim that we take over


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a provider of identity says of who logged in there; all but `uid` may be empty."""

    uid: str  # his for good, there
    email: str = ""
    email_verified: bool = False  # whether he reads that mail
    username: str = ""
    first_name: str = ""
    last_name: str = ""
    org_name: str = ""

    def plain(self) -> dict[str, Any]:
        """Tell it as JSON may hold it."""
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """Make it of what `plain` gave."""
        return cls(**plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What this portal is at a provider of identity: how it asks there, and what it believes."""

    kind: str  # see IdentityKind
    name: str
    site: str
    client_id: str
    client_secret: str = field(repr=False)
    callback_url: str
    identifier_key: str = ""
    username_key: str = ""
    trust_email: bool = False
