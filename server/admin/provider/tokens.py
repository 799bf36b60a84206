"""Access tokens of the person who is logged in."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.provider.tokens import TOKENS, create_token
from server.admin.context import AdminContext
from server.admin.lists import Pager, page_through
from server.admin.render import render
from server.domain.permissions import Scope
from server.domain.provider.tokens import AccessToken
from server.web.cookies import ADMIN_HOME, NOTICE_LIFETIME_S, Cookie

SCOPES: Sequence[tuple[str, str]] = (
    (Scope.ACCOUNT_MANAGEMENT.value, "Account management: accounts, applications, services, plans"),
    (Scope.STATS.value, "Statistics: usage"),
    (Scope.CMS.value, "Developer portal: pages and templates"),
)
NEW = Cookie("admin_new_token", NOTICE_LIFETIME_S, ADMIN_HOME)
PERMISSIONS = (("ro", "Read only"), ("rw", "Read and write"))


@dataclass(frozen=True, slots=True)
class TokensPage:
    """One's own tokens; the value of a new one, this once."""

    tokens: Pager[AccessToken]
    scopes: Sequence[tuple[str, str]]
    permissions: Sequence[tuple[str, str]]
    new_value: str = ""


def index(ctx: AdminContext) -> Response:
    """List the tokens; the value of one that was made just now is shown once."""
    tokens = page_through(ctx, TOKENS.listing, TOKENS.query(ctx.actor))
    page = TokensPage(tokens, SCOPES, PERMISSIONS, _new_value(ctx))
    response = render(ctx, "tokens/index.html.j2", page)
    if page.new_value:
        NEW.drop(response, ctx.deps)
    return response


def create(ctx: AdminContext) -> Response:
    """Make a token. The page that follows shows its value: loading that again makes nothing."""
    scopes = [scope for scope, _ in SCOPES if ctx.flag(f"scope_{scope}")]
    token, value = create_token(ctx, {**ctx.sent(TOKENS), "scopes": scopes})
    response = ctx.go("/tokens", f"{token.name} is created.")
    sealed = ctx.installation.vault.seal(f"{ctx.actor.user_id}:{value}")
    NEW.put(response, ctx.deps, sealed.hex())
    return response


def _new_value(ctx: AdminContext) -> str:
    """Open what the request before has sealed for this person; empty when there is nothing."""
    try:
        text = ctx.installation.vault.unseal(bytes.fromhex(NEW.read(ctx.request, ctx.deps)))
    except ValueError:
        return ""
    owner, _, value = text.partition(":")
    return value if owner == str(ctx.actor.user_id) else ""


def delete(ctx: AdminContext) -> Response:
    token = TOKENS.delete(ctx, ctx.path_id("token_id"))
    return ctx.go("/tokens", f"{token.name} is deleted; it opens nothing now.")
