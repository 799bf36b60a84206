"""Access tokens of whoever asks; both schemas have them."""

from datetime import UTC, datetime

import strawberry

from server.actions.provider.tokens import TOKENS, create_token
from server.domain.permissions import Permission, Scope
from server.domain.provider.tokens import AccessToken, TokenPermission
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow
from server.graphql.ids import parse_id
from server.graphql.mutations import DeletedPayload, IdInput, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.references import connection_of
from server.graphql.resources import create_input, given
from server.graphql.topics import Shown, Topic


@strawberry.type(name="AccessToken", description="A key to the APIs; its value is shown once.")
class AccessTokenType(OfRow[AccessToken], Node):
    name: str
    hint: str
    scopes: list[Scope]
    permission: TokenPermission
    registered_only: bool = strawberry.field(
        description="It sends registered documents of GraphQL, and nothing else."
    )
    expires_at: datetime | None
    last_used_at: datetime | None = strawberry.field(
        description="When it was used last, to about a minute; null until then."
    )
    created_at: datetime


@strawberry.type
class AccessTokenPayload(Payload):
    access_token: AccessTokenType | None = None
    value: str | None = strawberry.field(
        default=None, description="Keep it: it is never shown again."
    )


AccessTokenCreateInput = create_input(TOKENS, "AccessToken")


@strawberry.type
class TokenQueries:
    @connection_of(AccessTokenType, Permission.TOKENS_EDIT, "One's own tokens.")
    def access_tokens(self, info: Info) -> Rows:
        return Rows(TOKENS.listing, info.context.rows(AccessToken))


@strawberry.type
class TokenMutations:
    @mutation(AccessTokenPayload, Permission.TOKENS_EDIT)
    def access_token_create(
        self,
        info: Info,
        input: AccessTokenCreateInput,  # type: ignore[valid-type]  # made
    ) -> AccessTokenPayload:
        """Make a token for oneself."""
        values = given(TOKENS, vars(input))
        expires_at = values["expires_at"]
        if expires_at is not None and expires_at.tzinfo is None:
            values["expires_at"] = expires_at.replace(tzinfo=UTC)
        with info.context.write() as work:
            row, value = create_token(work, values)
        return AccessTokenPayload(access_token=AccessTokenType.of(row), value=value)

    @mutation(DeletedPayload, Permission.TOKENS_EDIT)
    def access_token_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take one's own token away; it is dead at once."""
        with info.context.write() as work:
            TOKENS.delete(work, parse_id(input.id, "AccessToken"))
        return DeletedPayload(deleted_id=input.id)


TOPIC = Topic(
    shows=(Shown(AccessToken, AccessTokenType, TOKENS.query),),
    queries=TokenQueries,
    mutations=TokenMutations,
)
