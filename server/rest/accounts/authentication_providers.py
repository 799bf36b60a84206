"""Providers of identity: those of developers, and those of the staff. Source: 1.6, 12."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from pydantic import create_model
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS, callback_url
from server.actions.secrets import reveal
from server.domain.accounts.authentication_providers import (
    AccountType,
    AuthenticationProvider,
    AuthenticationProviderDraft,
    IdentityKind,
    find_addresses,
)
from server.domain.attributes import Name
from server.domain.drafts import Draft
from server.domain.errors import NotFound
from server.rest.answers import Made
from server.rest.context import RestContext
from server.rest.operations import Operation, found, rows_of
from server.rest.shapes import Field, Links, Shape, always, columns, computed

PATH, OF_STAFF = "/authentication_providers", "/account/authentication_providers"
OF = "account_type"
# What one is called by whom nothing is said, as there.
NAMES: Mapping[str, str] = {
    IdentityKind.AUTH0: "Auth0",
    IdentityKind.GITHUB: "GitHub",
    IdentityKind.KEYCLOAK: "Keycloak",
    IdentityKind.OIDC: "OpenID Connect",
}
ADDRESSES = ("token_url", "user_info_url", "authorize_url")


def _address(name: str, row: AuthenticationProvider) -> str | None:
    """Tell an address of it that is known without asking it."""
    found = find_addresses(row.kind, row.site)
    return getattr(found, name) if found else None


def _branding(row: AuthenticationProvider) -> str | None:
    """Tell whose application it is at GitHub, of which alone the reference has one of its own."""
    return "custom_branded" if row.kind == IdentityKind.GITHUB else None


PARTS = (
    *columns("id", OF, "kind", "name", "system_name", "client_id"),
    Field(
        "client_secret",
        load=lambda work, _rows: lambda row: reveal(work, row, "client_secret_sealed"),
        type=str,
        hides=True,
    ),
    *columns("site"),
    *(computed(name, str | None, partial(_address, name)) for name in ADDRESSES),
    always("skip_ssl_certificate_verification", False),
    *columns("automatically_approve_accounts"),
    computed("branding_state", str | None, _branding),
    computed("account_id", int, lambda row: row.provider_id),
    *columns("username_key", "identifier_key", "trust_email", "published"),
    Field("callback_url", load=lambda work, _rows: lambda row: callback_url(work, row), type=str),
    *columns("created_at", "updated_at"),
)
_FIELDS: dict[str, Any] = {
    name: (field.annotation, field)
    for name, field in AuthenticationProviderDraft.model_fields.items()
    if name != OF
}
_FIELDS["name"] = (Name, "")
AuthenticationProviderBody = create_model("AuthenticationProviderBody", __base__=Draft, **_FIELDS)


def _shape(path: str, title: str) -> Shape[AuthenticationProvider]:
    return Shape(
        name="authentication_provider",
        title=title,
        model=AuthenticationProvider,
        parts=(*PARTS, Links({"self": f"{path}/{{id}}"})),
    )


def _list(kind: AccountType, ctx: RestContext) -> SelectOfScalar[AuthenticationProvider]:
    query = AUTHENTICATION_PROVIDERS.query(ctx.actor)
    return query.where(AuthenticationProvider.account_type == kind.value)


def _create(kind: AccountType, ctx: RestContext) -> AuthenticationProvider:
    given = ctx.params.pick(AuthenticationProviderBody.model_fields)
    if given.get("name") in (None, ""):
        given["name"] = NAMES.get(str(given.get("kind")), "")
    return AUTHENTICATION_PROVIDERS.create(ctx, {**given, OF: kind.value})


def _of_that_kind(kind: AccountType, operation: Operation, ctx: RestContext) -> Any:
    """Run an operation on one of the path's kind. Raises: NotFound."""
    if found(AUTHENTICATION_PROVIDERS, ctx).account_type != kind:
        raise NotFound("There is no such authentication provider here.", field="id")
    return operation.run(ctx)


def _rows(path: str, kind: AccountType, title: str) -> tuple[Operation, ...]:
    shape, made = _shape(path, title), []
    whose = "the staff" if kind is AccountType.PROVIDER else "developers"
    for row in rows_of(AUTHENTICATION_PROVIDERS, shape, path):
        summary = f"{row.summary.removesuffix('.')}: of {whose}."
        if row.method == "POST":
            answer, body = Made(shape, f"{path}/{{id}}"), AuthenticationProviderBody
            run: Any = partial(_create, kind)
            made.append(replace(row, run=run, answer=answer, takes=body, summary=summary))
        else:
            run = partial(_list, kind) if row.path == path else partial(_of_that_kind, kind, row)
            made.append(replace(row, run=run, summary=summary))
    return tuple(made)


OPERATIONS = (
    *_rows(PATH, AccountType.DEVELOPER, "AuthenticationProvider"),
    *_rows(OF_STAFF, AccountType.PROVIDER, "StaffAuthenticationProvider"),
)
