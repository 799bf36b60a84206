"""What a page shows once after a form: sealed for who made it, in a cookie of one minute."""

from starlette.responses import Response

from server.web.cookies import Cookie
from server.web.pages import PageContext


def put_once(ctx: PageContext, response: Response, cookie: Cookie, value: str) -> None:
    """Give the browser a value that the page after this answer shows to the same user."""
    sealed = ctx.installation.vault.seal(f"{ctx.actor.user_id}:{value}")
    cookie.put(response, ctx.deps, sealed.hex())


def find_once(ctx: PageContext, cookie: Cookie) -> str:
    """Open what the request before has sealed for this user; empty when there is nothing."""
    try:
        text = ctx.installation.vault.unseal(bytes.fromhex(cookie.read(ctx.request, ctx.deps)))
    except ValueError:
        return ""
    owner, _, value = text.partition(":")
    return value if owner == str(ctx.actor.user_id) else ""
