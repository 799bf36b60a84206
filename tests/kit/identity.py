"""Providers of identity: one that answers in this process as a test says, and npm's, which is real.

The first signs what a test gives it, also what no honest one would.
"""

import base64
import hashlib
import hmac
import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from server.auth.sso.calls import Answered, IdentityFault, Outgoing
from tests.kit.services import NODE, free_port, stop

SITE = "https://id.example.com"
CLIENT = {"client_id": "portal", "client_secret": "the secret"}
SCRIPT = Path(__file__).with_name("oidc_provider.mjs")
REAL_SECRET = "a secret/of: 24 characters"


@cache
def rsa_key(kid: str = "one") -> RSAKey:
    """Make a key, once: that takes a while."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@dataclass
class Login:
    """What a browser was sent away with."""

    state: str
    nonce: str
    challenge: str
    url: str

    @classmethod
    def of(cls, location: str) -> "Login":
        """Read the address of the provider of identity."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        nonce = asked.get("nonce", "")
        return cls(asked["state"], nonce, asked["code_challenge"], location.partition("?")[0])


@dataclass
class StandIn:
    """Answers as a provider of OpenID Connect does, and as GitHub; without a network."""

    now: Callable[[], float]
    keys: list[RSAKey] = field(default_factory=lambda: [rsa_key()])
    codes: dict[str, tuple[str, Any]] = field(default_factory=dict)  # code -> challenge, answer
    mails: list[dict[str, Any]] = field(default_factory=list)  # of GitHub
    person: dict[str, Any] = field(default_factory=dict)  # of GitHub, and of userinfo
    metadata: dict[str, Any] = field(default_factory=dict)  # that differs
    is_away: bool = False
    asked: list[str] = field(default_factory=list)

    def __call__(self, call: Outgoing) -> Answered:
        """Answer a call."""
        self.asked.append(call.url)
        if self.is_away:
            raise IdentityFault(f"{call.url} can't be reached.", is_outage=True)
        match urlsplit(call.url).path:
            case "/.well-known/openid-configuration":
                return _told({**self._described(), **self.metadata})
            case "/jwks":
                return _told({"keys": [key.as_dict(private=False) for key in self.keys]})
            case "/token":
                return self._token(call)
            case "/login/oauth/access_token":
                return self._token(call, refused=200)
            case "/user/emails" | "/api/v3/user/emails":
                return _told(self.mails)
            case "/me" | "/user" | "/api/v3/user":
                return _told(self.person)
        return Answered(404, b"")

    def _described(self) -> Mapping[str, Any]:
        return {
            "issuer": SITE,
            "authorization_endpoint": f"{SITE}/authorize",
            "token_endpoint": f"{SITE}/token",
            "userinfo_endpoint": f"{SITE}/me",
            "jwks_uri": f"{SITE}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def _token(self, call: Outgoing, refused: int = 400) -> Answered:
        """Exchange a code once, and only for who knows what its challenge was made of."""
        form = dict(parse_qsl((call.body or b"").decode()))
        found = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if found is None or found[0] != challenge:
            return _told({"error": "invalid_grant"}, refused)
        return _told(found[1])

    def grant(self, code: str, login: Login, *, signed_by: Any = None, **claims: Any) -> None:
        """Let a code of a login stand for somebody; `claims` are those that differ."""
        now = int(self.now())
        told = {
            "iss": SITE,
            "aud": CLIENT["client_id"],
            "sub": "person-1",
            "iat": now,
            "exp": now + 300,
            "nonce": login.nonce,
            **claims,
        }
        told = {name: value for name, value in told.items() if value is not None}
        sign = signed_by or signed
        answer = {"access_token": "an access token", "id_token": sign(told)}
        self.codes[code] = login.challenge, answer


def signed(claims: Mapping[str, Any], key: RSAKey | None = None, alg: str = "RS256") -> str:
    """Sign claims as the provider of identity does."""
    key = key or rsa_key()
    return jwt.encode({"alg": alg, "kid": key.kid}, dict(claims), key, [alg])


def unsigned(claims: Mapping[str, Any]) -> str:
    """Make a token that nobody has signed."""
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def signed_by_public_key(claims: Mapping[str, Any]) -> str:
    """Sign with what everybody knows: the public key, taken for a shared secret."""
    said = f"{_part({'alg': 'HS256', 'kid': rsa_key().kid})}.{_part(claims)}"
    mac = hmac.digest(rsa_key().as_pem(private=False), said.encode(), "sha256")
    return f"{said}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def _part(value: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _told(value: Any, status: int = 200) -> Answered:
    return Answered(status, json.dumps(value).encode())


@contextmanager
def real_provider(callback: str, people: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Run npm's oidc-provider for a callback address; gives its issuer."""
    port = free_port()
    command = [*NODE, str(SCRIPT), str(port), callback, json.dumps(people)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == b"ready":
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(process)
        if process.stdout is not None:
            process.stdout.close()
