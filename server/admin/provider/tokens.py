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

SCOPES: Sequence[tuple[str, str]] = (
    (Scope.ACCOUNT_MANAGEMENT.value, "Account management: accounts, applications, services, plans"),
    (Scope.STATS.value, "Statistics: usage"),
    (Scope.CMS.value, "Developer portal: pages and templates"),
)
PERMISSIONS = (("ro", "Read only"), ("rw", "Read and write"))


@dataclass(frozen=True, slots=True)
class TokensPage:
    """One's own tokens; the value of a new one, this once."""

    tokens: Pager[AccessToken]
    scopes: Sequence[tuple[str, str]]
    permissions: Sequence[tuple[str, str]]
    new_value: str = ""


def index(ctx: AdminContext) -> Response:
    return _page(ctx)


def _page(ctx: AdminContext, new_value: str = "") -> Response:
    tokens = page_through(ctx, TOKENS.listing, TOKENS.query(ctx.actor))
    page = TokensPage(tokens, SCOPES, PERMISSIONS, new_value)
    return render(ctx, "tokens/index.html.j2", page)


def create(ctx: AdminContext) -> Response:
    """Make a token and show its value once."""
    scopes = [scope for scope, _ in SCOPES if ctx.flag(f"scope_{scope}")]
    _, value = create_token(ctx, {**ctx.sent(TOKENS), "scopes": scopes})
    return _page(ctx, value)


def delete(ctx: AdminContext) -> Response:
    token = TOKENS.delete(ctx, ctx.path_id("token_id"))
    return ctx.go("/tokens", f"{token.name} is deleted; it opens nothing now.")
