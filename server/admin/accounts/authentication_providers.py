"""Providers of identity that developers log in by: listed, made, tested, changed, deleted."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.accounts.authentication_providers import (
    AUTHENTICATION_PROVIDERS,
    callback_url,
    get_to_test,
    note_fault,
)
from server.actions.accounts.sso_tokens import base_url, find_sso_key, make_sso_key
from server.admin.context import AdminContext
from server.admin.lists import Pager, page_through
from server.admin.page_face import AdminRequest
from server.admin.render import render
from server.auth.sso.calls import IdentityFault
from server.auth.sso.logins import check_set_up
from server.domain.accounts.authentication_providers import (
    AccountType,
    AuthenticationProvider,
    IdentityKind,
)
from server.domain.errors import Invalid
from server.domain.permissions import Permission

LIST = "/authentication_providers"
SECRET = "client_secret"  # noqa: S105 - the name of a field
KINDS: Mapping[IdentityKind, str] = {
    IdentityKind.KEYCLOAK: "Keycloak",
    IdentityKind.AUTH0: "Auth0",
    IdentityKind.GITHUB: "GitHub",
    IdentityKind.OIDC: "Another with OpenID Connect",
}

ACCOUNT_TYPES: Mapping[AccountType, str] = {
    AccountType.DEVELOPER: "Developers",
    AccountType.PROVIDER: "The staff",
}


@dataclass(frozen=True, slots=True)
class AuthenticationProvidersPage:
    providers: Pager[AuthenticationProvider]
    kinds: Mapping[IdentityKind, str]
    account_types: Mapping[AccountType, str]
    sso_key: str | None  # that logins are signed with
    portal: str


@dataclass(frozen=True, slots=True)
class NewAuthenticationProviderPage:
    kinds: Mapping[IdentityKind, str]
    account_types: Mapping[AccountType, str]


@dataclass(frozen=True, slots=True)
class AuthenticationProviderPage:
    """One of them, with the address that it has to know."""

    row: AuthenticationProvider
    kind: str
    callback_url: str


def index(ctx: AdminContext) -> Response:
    query = AUTHENTICATION_PROVIDERS.query(ctx.actor)
    providers = page_through(ctx, AUTHENTICATION_PROVIDERS.listing, query)
    page = AuthenticationProvidersPage(
        providers, KINDS, ACCOUNT_TYPES, find_sso_key(ctx), base_url(ctx)
    )
    return render(ctx, "authentication_providers/index.html.j2", page)


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SETTINGS_EDIT)
    page = NewAuthenticationProviderPage(KINDS, ACCOUNT_TYPES)
    return render(ctx, "authentication_providers/new.html.j2", page)


def create(ctx: AdminContext) -> Response:
    row = AUTHENTICATION_PROVIDERS.create(ctx, ctx.sent(AUTHENTICATION_PROVIDERS))
    done = f"{row.name} is added. Register the callback address there, then test it."
    return ctx.go(f"{LIST}/{row.id}", done)


def edit(ctx: AdminContext) -> Response:
    """Show one, with what is to be copied and the form that changes it."""
    row = AUTHENTICATION_PROVIDERS.get(ctx, ctx.path_id("provider_id"))
    page = AuthenticationProviderPage(row, KINDS[IdentityKind(row.kind)], callback_url(ctx, row))
    return render(ctx, "authentication_providers/edit.html.j2", page)


def update(ctx: AdminContext) -> Response:
    """Save one; a secret that is left empty stays."""
    sent = ctx.sent(AUTHENTICATION_PROVIDERS)
    if not sent.get(SECRET):
        sent.pop(SECRET, None)
    row = AUTHENTICATION_PROVIDERS.update(ctx, ctx.path_id("provider_id"), sent)
    return ctx.go(f"{LIST}/{row.id}", f"{row.name} is saved.")


def test(page_request: AdminRequest) -> Response:
    """Ask it what it tells of itself, outside any transaction. Raises: Invalid with why not."""
    with page_request.open(write=False) as ctx:
        row_id = ctx.path_id("provider_id")
        ours = get_to_test(ctx, row_id)
    try:
        found = check_set_up(page_request.deps.issuers, ours)
    except IdentityFault as fault:
        with page_request.open() as ctx:
            note_fault(ctx, row_id, fault.reason)
        raise Invalid(fault.reason) from fault
    with page_request.open() as ctx:
        note_fault(ctx, row_id, "")
        return ctx.go(f"{LIST}/{row_id}", found)


def make_key(ctx: AdminContext) -> Response:
    """Make another key that logins are signed with."""
    make_sso_key(ctx)
    return ctx.go(LIST, "The key is made. Logins signed with an earlier one open nothing now.")


def delete(ctx: AdminContext) -> Response:
    row = AUTHENTICATION_PROVIDERS.delete(ctx, ctx.path_id("provider_id"))
    return ctx.go(LIST, f"{row.name} is deleted. Nobody logs in by it any more.")
