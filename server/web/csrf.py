"""Tokens of forms: a logged-in browser's is its session's, a visitor's is signed from a seed."""

import hmac
import re

from starlette.requests import Request

from server.auth.dependencies import Dependencies
from server.domain.errors import Forbidden
from server.kit.crypto import Vault
from server.kit.ids import random_hex
from server.web.cookies import Cookie

SEED = re.compile(r"[0-9a-f]{32}")
STALE = "This form is out of date. Go back, load the page again and send it anew."


class StaleForm(Forbidden):
    """A form without the token of its browser."""


def new_seed() -> str:
    """Make the seed that ties anonymous forms to one browser."""
    return random_hex(16)


def find_seed(request: Request, cookie: Cookie, deps: Dependencies) -> str | None:
    """Read the browser's seed; None when it has none of ours."""
    seed = cookie.read(request, deps)
    return seed if SEED.fullmatch(seed) else None


def token_of_seed(vault: Vault, cookie: Cookie, provider_id: int, seed: str) -> str:
    """Make the token of a visitor's forms: signed, so that nobody else can."""
    return vault.sign(f"{cookie.name}:{provider_id}:{seed}")


def token_of_session(vault: Vault, digest: str) -> str:
    """Make the token of a logged-in browser's forms of what its session is known by."""
    return vault.sign(f"session:{digest}")


def check_token(sent: str, token: str) -> None:
    """Refuse a form that holds another token than its page gave it. Raises: StaleForm."""
    if not token or not hmac.compare_digest(sent.encode(), token.encode()):
        raise StaleForm(STALE)
