"""What issuers of OpenID Connect publish of themselves: their addresses and their keys, kept."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from server.auth.sso.calls import Ask, IdentityFault, Outgoing, ask_nobody, read_object
from server.domain.accounts.authentication_providers import is_loopback
from server.kit.lru import LRU

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

WELL_KNOWN = "/.well-known/openid-configuration"
KEPT_S = 600.0  # an issuer's addresses and keys are looked up again after that
KEYS_AT_MOST_EVERY_S = 20.0  # for a key that is not known: whoever forges names of keys asks for it
MOST_ISSUERS, MOST_KEYS = 1_000, 50
MOST_BYTES, ENTRY_BYTES = 16_000_000, 16_000  # of what is kept, at a guess
ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SYMMETRIC = "oct"  # a key that both sides know is nobody's signature


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer as it describes itself."""

    name: str  # as its tokens write it
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    auth_methods: tuple[str, ...]  # how it is told who asks for a token
    is_told: bool  # whether browsers that come back say that they come from it


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    at_s: float


class Issuers:
    """Looks issuers up and remembers them; one a process."""

    def __init__(self, ask: Ask = ask_nobody, clock: Callable[[], float] = time.monotonic) -> None:
        self.ask = ask
        self._clock = clock
        bounds = {"most_entries": MOST_ISSUERS, "most_bytes": MOST_BYTES}
        self._issuers: LRU[_Kept] = LRU(**bounds)
        self._keys: LRU[_Kept] = LRU(**bounds)

    def get(self, site: str, *, is_fresh: bool = False) -> Issuer:
        """Look up the issuer of an address. Raises: IdentityFault, Unavailable."""
        kept = None if is_fresh else self._find(self._issuers, site, KEPT_S)
        if kept is not None:
            found: Issuer = kept.value
            return found
        url = f"{site}{WELL_KNOWN}"
        issuer = _issuer_of(site, read_object(self.ask(Outgoing(url)), url))
        self._keep(self._issuers, site, issuer)
        return issuer

    def keys(self, issuer: Issuer, *, is_fresh: bool = False) -> "KeySet":
        """Give the keys that an issuer signs with. Raises: IdentityFault, Unavailable.

        With `is_fresh`, those that it has now, unless they were just looked up.
        """
        kept = self._find(self._keys, issuer.jwks_uri, KEYS_AT_MOST_EVERY_S if is_fresh else KEPT_S)
        if kept is None:
            url = issuer.jwks_uri
            found = _keys_of(url, read_object(self.ask(Outgoing(url)), url))
            self._keep(self._keys, url, found)
            return found
        known: KeySet = kept.value
        return known

    def _find(self, kept: LRU[_Kept], name: str, most_s: float) -> _Kept | None:
        found = kept.find(name)
        return found if found is not None and self._clock() - found.at_s < most_s else None

    def _keep(self, kept: LRU[_Kept], name: str, value: Any) -> None:
        kept.keep(name, _Kept(value, self._clock()), ENTRY_BYTES)


def _issuer_of(site: str, told: Mapping[str, Any]) -> Issuer:
    """Read what an issuer tells of itself. Raises: IdentityFault that names what is wrong."""
    name = told.get("issuer")
    if name not in {site, f"{site}/"}:
        raise IdentityFault(
            f"{site}{WELL_KNOWN} is the document of the issuer {str(name)[:200]!r}. "
            "Give that one as the site, exactly."
        )
    for address in ADDRESSES:
        if not is_safe(told.get(address)):
            raise IdentityFault(f"{site}{WELL_KNOWN} has no https address as its {address}.")
    userinfo = told.get("userinfo_endpoint")
    methods = told.get("token_endpoint_auth_methods_supported")
    return Issuer(
        name=str(name),
        authorization_endpoint=told["authorization_endpoint"],
        token_endpoint=told["token_endpoint"],
        jwks_uri=told["jwks_uri"],
        userinfo_endpoint=str(userinfo) if is_safe(userinfo) else "",
        auth_methods=tuple(map(str, methods)) if isinstance(methods, list) else (),
        is_told=told.get("authorization_response_iss_parameter_supported") is True,
    )


def is_safe(url: object) -> bool:
    """Return whether secrets may be sent to an address: https, or this machine."""
    if not isinstance(url, str) or len(url) > 2_000:
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    )


def _keys_of(url: str, told: Mapping[str, Any]) -> "KeySet":
    """Read an issuer's keys; those that we can't use are left out. Raises: IdentityFault."""
    from joserfc.errors import JoseError
    from joserfc.jwk import JWKRegistry, KeySet

    rows = told.get("keys")
    if not isinstance(rows, list):
        raise IdentityFault(f"{url} lists no keys.")
    keys = []
    for row in rows[:MOST_KEYS]:
        if not isinstance(row, dict) or row.get("kty") == SYMMETRIC or row.get("use") == "enc":
            continue
        try:
            keys.append(JWKRegistry.import_key(row))
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    if not keys:
        raise IdentityFault(f"{url} lists no key that signatures can be checked with.")
    return KeySet(keys)
