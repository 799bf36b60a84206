"""A login by whichever kind of provider of identity: there, and back."""

from server.auth.sso import github, oidc
from server.auth.sso.calls import IdentityFault
from server.auth.sso.issuers import Issuers
from server.auth.sso.secrets import Secrets, WayBack
from server.domain.accounts.authentication_providers import IdentityKind
from server.domain.accounts.identities import Identity, Registration

MOST_CODE = 4_000  # characters: Azure's are longer than one thinks


def authorization_url(issuers: Issuers, ours: Registration, secrets: Secrets) -> str:
    """Tell where a browser logs in. Raises: IdentityFault, Unavailable."""
    if ours.kind == IdentityKind.GITHUB:
        return github.authorization_url(ours, secrets)
    return oidc.authorization_url(issuers, ours, secrets)


def identify(
    issuers: Issuers, ours: Registration, secrets: Secrets, back: WayBack, now_s: int
) -> Identity:
    """Turn what a browser brings back into who it is.

    Cost: two to four calls. Raises: IdentityFault, Unavailable.
    """
    if not back.code or len(back.code) > MOST_CODE:
        raise IdentityFault(f"{ours.name} sent a browser back without a code.", is_of_browser=True)
    if ours.kind == IdentityKind.GITHUB:
        return github.identify(issuers, ours, secrets, back.code)
    return oidc.identify(issuers, ours, secrets, back, now_s)


def check_set_up(issuers: Issuers, ours: Registration) -> str:
    """Look whether people could be sent there; tell what was found.

    Raises: IdentityFault, Unavailable.
    """
    if ours.kind == IdentityKind.GITHUB:
        where = github.site_of(ours)
        return f"People log in at {where}. Client id and secret show with the first login."
    issuer = issuers.get(ours.site, is_fresh=True)
    keys = len(list(issuers.keys(issuer, is_fresh=True)))
    return (
        f"{issuer.name} answers, with {keys} key{'' if keys == 1 else 's'}. "
        f"People log in at {issuer.authorization_endpoint}."
    )
