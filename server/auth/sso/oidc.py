"""A login by OpenID Connect: authorization code with PKCE, and an id_token that is checked.

Source: OpenID Connect Core 1.0 3.1, RFC 7636, RFC 9700.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from server.auth.sso.calls import (
    Answered,
    IdentityFault,
    Outgoing,
    find_object,
    read_object,
)
from server.auth.sso.issuers import Issuer, Issuers
from server.auth.sso.profiles import identity_of
from server.auth.sso.secrets import Secrets, WayBack
from server.domain.accounts.authentication_providers import IdentityKind
from server.domain.accounts.identities import Identity, Registration

if TYPE_CHECKING:
    from joserfc.jwt import Token

SCOPE = "openid profile email"
# Signatures that only the issuer can make: with HS256 and none, anybody could.
ALGORITHMS = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    "Ed25519",
]  # fmt: skip
LEEWAY_S = 60  # that clocks may differ
BASIC, POST = "client_secret_basic", "client_secret_post"
HINTS = {
    "invalid_client": " Check client id and secret.",
    "unauthorized_client": " Allow this client the authorization code flow.",
    "invalid_grant": " The code was used before, has expired, or was for another address.",
}
FORM = "application/x-www-form-urlencoded"
NAMES: Mapping[str, str] = {IdentityKind.AUTH0: "nickname"}  # the claim that is a username
USUAL_NAME = "preferred_username"


def authorization_url(issuers: Issuers, ours: Registration, secrets: Secrets) -> str:
    """Tell where a browser logs in. Raises: IdentityFault, Unavailable."""
    from authlib.oauth2.client import OAuth2Client  # type: ignore[import-untyped] # has no types

    issuer = issuers.get(ours.site)
    client = OAuth2Client(
        None,
        client_id=ours.client_id,
        scope=SCOPE,
        redirect_uri=ours.callback_url,
        code_challenge_method="S256",
    )
    url, _ = client.create_authorization_url(
        issuer.authorization_endpoint,
        state=secrets.state,
        nonce=secrets.nonce,
        code_verifier=secrets.verifier,
    )
    return str(url)


def identify(
    issuers: Issuers, ours: Registration, secrets: Secrets, back: WayBack, now_s: int
) -> Identity:
    """Turn what a browser brings back into who it is. Raises: IdentityFault."""
    issuer = issuers.get(ours.site)
    _refuse_mixed_up(issuer, back)
    login = _Login(issuers, issuer, ours, secrets)
    tokens = login.tokens(back.code)
    id_token, access_token = tokens.get("id_token"), tokens.get("access_token")
    if not isinstance(id_token, str):
        raise IdentityFault(f"{login.issuer.token_endpoint} gave no id_token.")
    claims = login.checked(id_token, now_s)
    if "email" not in claims and isinstance(access_token, str):
        claims = {**login.userinfo(access_token, claims["sub"]), **claims}
    return identity_of(claims, ours, "sub", NAMES.get(ours.kind, USUAL_NAME))


def _refuse_mixed_up(issuer: Issuer, back: WayBack) -> None:
    """Give no code to an issuer that another one has made. Source: RFC 9207 2.4.

    Raises: IdentityFault.
    """
    if back.issuer != issuer.name and (back.issuer or issuer.is_told):
        told = f"The answer to a login at {issuer.name} is not its own."
        raise IdentityFault(told, is_of_browser=True)


@dataclass(frozen=True, slots=True)
class _Login:
    """One login, after its browser came back."""

    issuers: Issuers
    issuer: Issuer
    ours: Registration
    secrets: Secrets

    def tokens(self, code: str) -> dict[str, Any]:
        """Exchange a code, telling who asks as the issuer wants it. Raises: IdentityFault."""
        from authlib.oauth2.rfc6749.parameters import (  # type: ignore[import-untyped] # no types
            prepare_token_request,
        )

        url, allowed = self.issuer.token_endpoint, self.issuer.auth_methods or (BASIC,)
        body = prepare_token_request(
            "authorization_code",
            redirect_uri=self.ours.callback_url,
            code=code,
            code_verifier=self.secrets.verifier,
        )
        answer = None
        for method in (each for each in (BASIC, POST) if each in allowed):
            answer = self.issuers.ask(_signed(url, self.ours, str(body), method))
            if answer.status != 401:  # of the ways that it knows, a client may be set to one
                break
        if answer is None:
            told = ", ".join(allowed)[:200]
            raise IdentityFault(f"{self.issuer.name} takes no client secret, but {told}.")
        _refuse_error(url, answer)
        return read_object(answer, url)

    def checked(self, id_token: str, now_s: int) -> dict[str, Any]:
        """Check an id_token: who signed it, for whom, for which browser, and when.

        Raises: IdentityFault.
        """
        from authlib.oidc.core.claims import CodeIDToken  # type: ignore[import-untyped] # no types
        from joserfc.errors import JoseError

        token = self._decoded(id_token)
        claims = CodeIDToken(
            token.claims,
            token.header,
            options={
                "iss": {"essential": True, "value": self.issuer.name},
                "aud": {"essential": True, "value": self.ours.client_id},
            },
            params={"nonce": self.secrets.nonce, "client_id": self.ours.client_id},
        )
        try:
            claims.validate(now=now_s, leeway=LEEWAY_S)
        except JoseError as error:
            raise self._does_not_hold(error) from error
        return dict(claims)

    def _decoded(self, id_token: str) -> "Token":
        """Check the signature; a key that is not known is looked for once more: keys change."""
        from joserfc import jwt
        from joserfc.errors import InvalidKeyIdError, JoseError

        try:
            try:
                return jwt.decode(id_token, self.issuers.keys(self.issuer), algorithms=ALGORITHMS)
            except InvalidKeyIdError:
                fresh = self.issuers.keys(self.issuer, is_fresh=True)
                return jwt.decode(id_token, fresh, algorithms=ALGORITHMS)
        except (JoseError, ValueError, TypeError) as error:
            raise self._does_not_hold(error) from error

    def _does_not_hold(self, error: Exception) -> IdentityFault:
        return IdentityFault(
            f"The id_token of {self.issuer.name} does not hold: {str(error)[:200]}."
        )

    def userinfo(self, access_token: str, sub: str) -> dict[str, Any]:
        """Ask for what the id_token does not tell; of somebody else it is nothing."""
        url = self.issuer.userinfo_endpoint
        if not url or not access_token.isascii() or not access_token.isprintable():
            return {}
        headers = {"authorization": f"Bearer {access_token}"}
        found = read_object(self.issuers.ask(Outgoing(url, headers)), url)
        return found if found.get("sub") == sub else {}


def _signed(url: str, ours: Registration, body: str, method: str) -> Outgoing:
    """Make the call for tokens, with who asks. Source: RFC 6749 2.3.1."""
    headers = {"content-type": FORM}
    client_id, secret = quote_plus(ours.client_id), quote_plus(ours.client_secret)
    if method == BASIC:
        pair = b64encode(f"{client_id}:{secret}".encode()).decode()
        headers["authorization"] = f"Basic {pair}"
    else:
        body = f"{body}&client_id={client_id}&client_secret={secret}"
    return Outgoing(url, headers, body.encode())


def _refuse_error(url: str, answer: Answered) -> None:
    """Tell which error of OAuth an answer is. Raises: IdentityFault."""
    if answer.status in {400, 401}:
        error = (find_object(answer) or {}).get("error")
        word = error[:60] if isinstance(error, str) and error.isascii() else ""
        told = f"{url} refused the code: {word or answer.status}.{HINTS.get(word, '')}"
        raise IdentityFault(told, is_of_browser=word == "invalid_grant")
