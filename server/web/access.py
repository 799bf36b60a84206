"""The access code of a portal that is not open yet: whether a browser has given it."""

from hmac import compare_digest

from starlette.requests import Request

from server.auth.dependencies import Dependencies
from server.kit.crypto import Vault
from server.web.cookies import ACCESS


def access_mark(vault: Vault, provider_id: int, code: str) -> str:
    """Make what the cookie holds: another code makes it worthless."""
    return vault.digest(f"access code {provider_id} {code}").hex()


def has_access(request: Request, deps: Dependencies, provider_id: int, code: str) -> bool:
    """Return whether a portal with this code is open, or the browser has given it."""
    if not code:
        return True
    mark = access_mark(deps.installation.vault, provider_id, code)
    return compare_digest(ACCESS.read(request, deps).encode(), mark.encode())
