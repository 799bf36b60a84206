"""One's own access tokens, for the GraphQL API of developers and for MCP."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from starlette.responses import Response

from cms.liquid.drops.access_tokens import AccessTokenDrop
from cms.liquid.drops.pages import FormDrop
from cms.liquid.forms import TOKENS as PAGE
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.lists import page_of
from cms.portal.machines.mcp import MCP_PATH
from cms.portal.render import render_page
from server.actions.provider.tokens import TOKENS, create_token
from server.domain.permissions import Scope, permissions_of_token
from server.domain.provider.tokens import TokenPermission
from server.web.cookies import NOTICE_LIFETIME_S, Cookie
from server.web.shown_once import find_once, put_once

GRAPHQL_PATH = "/graphql"  # of developers, on their portal
NEW = Cookie("portal_new_token", NOTICE_LIFETIME_S)
LIFETIMES = (30, 90, 365)  # days that the page offers
FIRST = {"permission": TokenPermission.READ_ONLY.value, "scope_account_management": "1"}


def show(ctx: PortalContext) -> Response:
    """List one's tokens, with the form of another one; a new one's value is shown once."""
    rows, pagination = page_of(ctx, TOKENS.listing, TOKENS.query(ctx.actor), PAGE)
    new_token = find_once(ctx, NEW)
    form = forms.filled(forms.TOKEN, ctx.values, ctx.error, None if ctx.error else FIRST)
    variables = {
        "access_tokens": [AccessTokenDrop(row, ctx.data) for row in rows],
        "endpoints": _endpoints(ctx),
        "form": FormDrop(form, ctx.data),
        "lifetimes": _lifetimes(ctx.now),
        "new_token": new_token,
        "pagination": pagination,
        "scopes": _scopes(ctx),
    }
    response = render_page(ctx, "user/tokens", variables)
    if new_token:
        NEW.drop(response, ctx.deps)
    return response


def create(ctx: PortalContext) -> Response:
    """Make a token. The page that follows shows its value: loading that again makes nothing."""
    sent = forms.values_of(forms.TOKEN, ctx.values)
    scopes = [scope.value for scope in Scope if sent.get(f"scope_{scope.value}")]
    values: dict[str, object] = {"scopes": scopes}
    values |= {name: sent[name] for name in ("name", "permission") if name in sent}
    if sent.get("expires_at"):
        values["expires_at"] = sent["expires_at"]
    token, value = create_token(ctx, values)
    response = ctx.go(PAGE, f"The token {token.name} is created.")
    put_once(ctx, response, NEW, value)
    return response


def delete(ctx: PortalContext) -> Response:
    token = TOKENS.delete(ctx, ctx.path_id("id"))
    return ctx.go(PAGE, f"The token {token.name} is deleted; it opens nothing now.")


def _scopes(ctx: PortalContext) -> Sequence[str]:
    """List the scopes that reach anything of what this developer may."""
    own = ctx.actor.permissions
    return [scope.value for scope in Scope if permissions_of_token([scope], writes=True) & own]


def _lifetimes(now: datetime) -> Sequence[Mapping[str, object]]:
    """Offer ends at midnight, so that the page says the same all day."""
    today = datetime.combine(now.astimezone(UTC), time(), UTC)
    return [
        {"days": days, "ends_at": (today + timedelta(days=days + 1)).isoformat()}
        for days in LIFETIMES
    ]


def _endpoints(ctx: PortalContext) -> Mapping[str, str]:
    """Tell where tokens are used; what is switched off is empty."""
    portal = ctx.installation.addresses.portal(ctx.provider)
    mcp = f"{portal}{MCP_PATH}" if ctx.data.settings.mcp_enabled else ""
    return {"graphql": f"{portal}{GRAPHQL_PATH}", "mcp": mcp}
