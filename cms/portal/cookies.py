"""The portal's cookies: session, seed of anonymous forms, messages told once; safe return paths."""

import base64
import binascii
import re

from starlette.requests import Request
from starlette.responses import Response

from cms.liquid.drops.pages import FlashMessage
from server.auth.dependencies import Dependencies
from server.auth.sessions import ABSOLUTE_LIFETIME, Login
from server.domain.installation import Installation
from server.kit.ids import random_hex

SESSION = "user_session"
FLASH = "portal_flash"
FLASH_LIFETIME_S = 60
SEED = re.compile(r"[0-9a-f]{32}")
OWN_PAGE = re.compile(r"/(?![/\\])[A-Za-z0-9_\-./?=&%\[\]+~,:@]{0,1000}")
DASHBOARD = "/admin"


def form_cookie(deps: Dependencies) -> str:
    """Name the seed's cookie; over https no other host can set it."""
    return "__Host-portal_form" if deps.cookie_is_secure else "portal_form"


def seed_of(deps: Dependencies, request: Request) -> str:
    """Read the seed of anonymous forms; empty when there is none of ours."""
    seed = request.cookies.get(form_cookie(deps), "")
    return seed if SEED.fullmatch(seed) else ""


def new_seed() -> str:
    """Make a seed."""
    return random_hex(16)


def token_of(installation: Installation, provider_id: int, seed: str) -> str:
    """Make the token of anonymous forms from the seed: signed, so that no one else can."""
    return installation.vault.sign(f"portal-form:{provider_id}:{seed}") if seed else ""


def put_cookie(
    response: Response, deps: Dependencies, name: str, value: str, max_age_s: int
) -> None:
    """Set a cookie that scripts can't read and other sites don't send along."""
    response.set_cookie(
        name,
        value,
        max_age=max_age_s,
        path="/",
        secure=deps.cookie_is_secure,
        httponly=True,
        samesite="lax",
    )


def put_session(response: Response, deps: Dependencies, login: Login) -> None:
    """Give the browser the cookie of a new session."""
    lifetime_s = int(ABSOLUTE_LIFETIME.total_seconds())
    put_cookie(response, deps, SESSION, login.token, lifetime_s)


def put_flash(response: Response, deps: Dependencies, flash: FlashMessage) -> None:
    """Have the next page tell something."""
    text = base64.urlsafe_b64encode(f"{flash.type}:{flash.text}".encode()).decode().rstrip("=")
    signature = deps.installation.vault.sign(f"flash:{text}")
    put_cookie(response, deps, FLASH, f"{signature}.{text}", FLASH_LIFETIME_S)


def flash_of(installation: Installation, request: Request) -> tuple[FlashMessage, ...]:
    """Read what is to be told; nothing when the cookie is not ours."""
    signature, _, text = request.cookies.get(FLASH, "").partition(".")
    if not text or not installation.vault.signature_holds(f"flash:{text}", signature):
        return ()
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ()
    kind, _, message = plain.partition(":")
    return (FlashMessage(kind, message),)


def own_page(text: str) -> str:
    """Keep an address to return to only when it is a page of this portal."""
    usable = OWN_PAGE.fullmatch(text) and not text.startswith(("/login", "/logout", "/session"))
    return text if usable else DASHBOARD
