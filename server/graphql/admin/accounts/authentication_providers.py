"""Providers of identity that developers log in by."""

from datetime import datetime

import strawberry

from server.actions.accounts.authentication_providers import (
    AUTHENTICATION_PROVIDERS,
    callback_url,
    get_to_test,
)
from server.actions.secrets import reveal
from server.auth.sso.calls import IdentityFault
from server.auth.sso.logins import check_set_up
from server.domain.accounts.authentication_providers import (
    AccountType,
    AuthenticationProvider,
    IdentityKind,
)
from server.domain.errors import Invalid
from server.domain.permissions import Permission
from server.graphql.admin.references import connection
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described, secret
from server.graphql.ids import parse_id
from server.graphql.mutations import IdInput, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(
    name="AuthenticationProvider",
    description="A provider of identity that developers or the staff log in by.",
)
class AuthenticationProviderType(OfRow[AuthenticationProvider], Node):
    account_type: AccountType
    kind: IdentityKind
    name: str
    system_name: str
    client_id: str
    site: str
    identifier_key: str
    username_key: str
    trust_email: bool
    published: bool
    automatically_approve_accounts: bool
    fault: str = strawberry.field(
        description="Why the last login by it failed; empty when it did not."
    )
    fault_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @secret(AuthenticationProvider, "client_secret_sealed", "What this portal proves itself by.")
    def client_secret(self, info: Info) -> str | None:
        return reveal(info.context.work, self.row, "client_secret_sealed")

    @described("The address to register there.")
    def callback_url(self, info: Info) -> str:
        return callback_url(info.context.work, self.row)


@strawberry.type
class AuthenticationProviderQueries:
    @connection(
        AuthenticationProvider, Permission.SETTINGS_READ, "All providers of identity for logins."
    )
    def authentication_providers(self, info: Info) -> Rows:
        rows = info.context.rows(AuthenticationProvider)
        return Rows(AUTHENTICATION_PROVIDERS.listing, rows)


@strawberry.type
class AuthenticationProviderTestPayload(Payload):
    found: str | None = strawberry.field(default=None, description="What it told of itself.")


Mutations = mutations_of(
    AUTHENTICATION_PROVIDERS, AuthenticationProviderType, "AuthenticationProvider"
)


@strawberry.type
class AuthenticationProviderMutations(Mutations):  # type: ignore[misc, valid-type]  # made
    @mutation(AuthenticationProviderTestPayload, Permission.SETTINGS_EDIT)
    def authentication_provider_test(
        self, info: Info, input: IdInput
    ) -> AuthenticationProviderTestPayload:
        """Ask a provider of identity what it tells of itself."""
        ctx = info.context
        row_id = parse_id(input.id, "AuthenticationProvider")
        with ctx.write() as work:
            ours = get_to_test(work, row_id)
        try:
            found = check_set_up(ctx.deps.issuers, ours)
        except IdentityFault as fault:
            raise Invalid(fault.reason, field="site") from fault
        return AuthenticationProviderTestPayload(found=found)


TOPIC = Topic(
    shows=(
        Shown(AuthenticationProvider, AuthenticationProviderType, AUTHENTICATION_PROVIDERS.query),
    ),
    queries=AuthenticationProviderQueries,
    mutations=AuthenticationProviderMutations,
)
