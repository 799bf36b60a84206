"""A login by GitHub, which has OAuth 2 and no OpenID Connect: its API tells who somebody is."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus, urlencode

from server.auth.sso.calls import (
    Answered,
    IdentityFault,
    Outgoing,
    find_object,
    read_list,
    read_object,
)
from server.auth.sso.issuers import Issuers
from server.auth.sso.profiles import identity_of
from server.auth.sso.secrets import Secrets
from server.domain.accounts.authentication_providers import GITHUB, GITHUB_API
from server.domain.accounts.identities import Identity, Registration

SCOPE = "read:user user:email"
FORM = "application/x-www-form-urlencoded"


def site_of(ours: Registration) -> str:
    """Tell where people log in: GitHub itself, or a server of one's own."""
    return ours.site or GITHUB


def api_of(ours: Registration) -> str:
    """Tell where the API is; a server of one's own has it below its own address."""
    return GITHUB_API if site_of(ours) == GITHUB else f"{ours.site}/api/v3"


def authorization_url(ours: Registration, secrets: Secrets) -> str:
    """Tell where a browser logs in."""
    from authlib.oauth2.client import OAuth2Client  # type: ignore[import-untyped] # has no types

    client = OAuth2Client(
        None,
        client_id=ours.client_id,
        scope=SCOPE,
        redirect_uri=ours.callback_url,
        code_challenge_method="S256",
    )
    url, _ = client.create_authorization_url(
        f"{site_of(ours)}/login/oauth/authorize",
        state=secrets.state,
        code_verifier=secrets.verifier,
    )
    return str(url)


def identify(issuers: Issuers, ours: Registration, secrets: Secrets, code: str) -> Identity:
    """Turn the code of a browser that came back into who it is. Raises: IdentityFault."""
    token = _token(issuers, ours, secrets, code)
    headers = {
        "authorization": f"Bearer {quote_plus(token)}",
        "accept": "application/vnd.github+json",
    }
    api = api_of(ours)
    user = read_object(issuers.ask(Outgoing(f"{api}/user", headers)), f"{api}/user")
    mails = read_list(issuers.ask(Outgoing(f"{api}/user/emails", headers)), f"{api}/user/emails")
    first, _, last = str(user.get("name") or "").strip().partition(" ")
    claims = {
        **user,
        **_mail_of(mails),
        "given_name": first,
        "family_name": last,
        "company": str(user.get("company") or "").lstrip("@"),
    }
    return identity_of(claims, ours, "id", "login")


def _token(issuers: Issuers, ours: Registration, secrets: Secrets, code: str) -> str:
    """Exchange a code. GitHub answers 200 to a refusal too. Raises: IdentityFault."""
    url = f"{site_of(ours)}/login/oauth/access_token"
    form = {
        "client_id": ours.client_id,
        "client_secret": ours.client_secret,
        "code": code,
        "redirect_uri": ours.callback_url,
        "code_verifier": secrets.verifier,
    }
    answer = issuers.ask(Outgoing(url, {"content-type": FORM}, urlencode(form).encode()))
    told = _told(answer, url)
    token = told.get("access_token")
    if not isinstance(token, str):
        error = str(told.get("error", "no token"))[:60]
        reason = f"{url} refused the code: {error}. Check client id and secret."
        raise IdentityFault(reason, is_of_browser=error == "bad_verification_code")
    return token


def _told(answer: Answered, url: str) -> dict[str, Any]:
    found = find_object(answer)
    return found if found is not None else read_object(answer, url)


def _mail_of(mails: list[Any]) -> Mapping[str, Any]:
    """Choose the first address, which its owner uses; a verified one goes before others."""
    rows = [each for each in mails if isinstance(each, dict) and isinstance(each.get("email"), str)]
    rows.sort(key=lambda each: (each.get("verified") is True, each.get("primary") is True))
    if not rows:
        return {"email": "", "email_verified": False}
    return {"email": rows[-1]["email"], "email_verified": rows[-1].get("verified") is True}
