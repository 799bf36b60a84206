"""Links for staff to the portal as it will be: portal and admin portal have hosts of their own."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from server.actions.work import Work
from server.domain.fields import clean_optional_text
from server.domain.installation import Installation
from server.domain.permissions import Permission
from server.domain.provider.providers import Provider

PATH = "/cms/preview"
MOST_PATH = 2_000  # characters, with its query
LINK_LIFETIME = timedelta(minutes=10)
LIFETIME = timedelta(days=1)  # of what the link opens. Source: reference-portal 3
OPENS, LOOKS = "open preview", "preview"  # what a signature is for


def preview_link(work: Work, provider: Provider, path: str = "/", *, drafts: bool = True) -> str:
    """Make a link that shows the portal with its drafts, for a day. Raises: Forbidden, Invalid."""
    work.actor.require(Permission.PORTAL_READ)
    path = clean_optional_text(path, "path", most=MOST_PATH) or "/"
    expires_at = int((work.now + LINK_LIFETIME).timestamp())
    query = urlencode(
        {
            "expires_at": expires_at,
            "signature": signature_of(work.installation, OPENS, provider.id, str(expires_at)),
            "cms": "draft" if drafts else "published",
            "return_to": path,
        }
    )
    return f"{work.installation.addresses.portal(provider)}{PATH}?{query}"


def signature_of(installation: Installation, purpose: str, provider_id: int, text: str) -> str:
    """Sign a text for one purpose and provider."""
    return installation.vault.sign(f"{purpose}\n{provider_id}\n{text}")


def signature_holds(
    installation: Installation, purpose: str, provider_id: int, text: str, signature: str
) -> bool:
    """Return whether we signed this text for this purpose and provider."""
    signed = f"{purpose}\n{provider_id}\n{text}"
    return installation.vault.signature_holds(signed, signature)


def is_past(expires_at: str, now: datetime) -> bool:
    """Return whether a time, in seconds since 1970, is past; what is none is past too."""
    if not (expires_at.isascii() and expires_at.isdecimal() and len(expires_at) <= 12):
        return True
    return datetime.fromtimestamp(int(expires_at), UTC) <= now
