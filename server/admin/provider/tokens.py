"""Access tokens of the person who is logged in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.provider.tokens import TOKENS, create_token
from server.admin.context import AdminContext
from server.admin.lists import Pager, page_through
from server.admin.render import render
from server.domain.permissions import Scope
from server.domain.provider.tokens import AccessToken
from server.web.cookies import ADMIN_HOME, NOTICE_LIFETIME_S, Cookie
from server.web.shown_once import find_once, put_once

SCOPES: Sequence[tuple[str, str]] = (
    (Scope.ACCOUNT_MANAGEMENT.value, "Account management: accounts, applications, services, plans"),
    (Scope.STATS.value, "Statistics: usage"),
    (Scope.CMS.value, "Developer portal: pages and templates"),
    (Scope.FINANCE.value, "Billing"),
    (Scope.POLICY_REGISTRY.value, "Policies of your own"),
)
NEW = Cookie("admin_new_token", NOTICE_LIFETIME_S, ADMIN_HOME)
PERMISSIONS = (("ro", "Read only"), ("rw", "Read and write"))


@dataclass(frozen=True, slots=True)
class TokensPage:
    """One's own tokens; the value of a new one, this once."""

    tokens: Pager[AccessToken]
    scopes: Sequence[tuple[str, str]]
    permissions: Sequence[tuple[str, str]]
    names: Mapping[str, str]  # of scopes
    new_value: str = ""


def index(ctx: AdminContext) -> Response:
    """List the tokens; the value of one that was made just now is shown once."""
    tokens = page_through(ctx, TOKENS.listing, TOKENS.query(ctx.actor))
    names = {scope: label.partition(":")[0] for scope, label in SCOPES}
    page = TokensPage(tokens, SCOPES, PERMISSIONS, names, find_once(ctx, NEW))
    response = render(ctx, "tokens/index.html.j2", page)
    if page.new_value:
        NEW.drop(response, ctx.deps)
    return response


def create(ctx: AdminContext) -> Response:
    """Make a token. The page that follows shows its value: loading that again makes nothing."""
    scopes = [scope for scope, _ in SCOPES if ctx.flag(f"scope_{scope}")]
    given = {**ctx.sent(TOKENS), "scopes": scopes, "expires_at": ctx.time("expires_at")}
    token, value = create_token(ctx, given)
    response = ctx.go("/tokens", f"{token.name} is created.")
    put_once(ctx, response, NEW, value)
    return response


def delete(ctx: AdminContext) -> Response:
    token = TOKENS.delete(ctx, ctx.path_id("token_id"))
    return ctx.go("/tokens", f"{token.name} is deleted; it opens nothing now.")
