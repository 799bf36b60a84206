"""Access tokens of whoever asks; both schemas have them."""

from datetime import UTC, datetime

import strawberry

from server.actions.provider import tokens as actions
from server.domain.permissions import Permission
from server.domain.provider.tokens import AccessToken
from server.graphql.context import Info
from server.graphql.enums import TokenPermission, TokenScope
from server.graphql.fields import Node, OfRow
from server.graphql.ids import parse_id
from server.graphql.mutations import DeletedPayload, IdInput, Input, Payload, mutation, plain
from server.graphql.paging import Rows
from server.graphql.references import connection_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="AccessToken", description="A key to the APIs; its value is shown once.")
class AccessTokenType(OfRow[AccessToken], Node):
    name: str
    hint: str
    scopes: list[TokenScope]
    permission: TokenPermission
    expires_at: datetime | None
    last_used_at: datetime | None
    created_at: datetime


@strawberry.type
class AccessTokenPayload(Payload):
    access_token: AccessTokenType | None = None
    value: str | None = strawberry.field(
        default=None, description="Keep it: it is never shown again."
    )


@strawberry.input
class AccessTokenCreateInput(Input):
    name: str
    scopes: list[TokenScope]
    permission: TokenPermission = TokenPermission.READ_ONLY
    expires_at: datetime | None = None


@strawberry.type
class TokenQueries:
    @connection_of(AccessTokenType, Permission.TOKENS_EDIT, "One's own tokens.")
    def access_tokens(self, info: Info) -> Rows:
        return Rows(actions.LISTING, info.context.rows(AccessToken))


@strawberry.type
class TokenMutations:
    @mutation(AccessTokenPayload, Permission.TOKENS_EDIT)
    def access_token_create(self, info: Info, input: AccessTokenCreateInput) -> AccessTokenPayload:
        """Make a token for oneself."""
        ctx, expires_at = info.context, input.expires_at
        if expires_at is not None and expires_at.tzinfo is None:
            expires_at = expires_at.replace(tzinfo=UTC)
        draft = actions.NewToken(
            name=input.name,
            scopes=[plain(scope) for scope in input.scopes],
            permission=plain(input.permission),
            expires_at=expires_at,
        )
        with ctx.write() as work:
            row, value = actions.create_token(work, draft)
        return AccessTokenPayload(access_token=AccessTokenType.of(row), value=value)

    @mutation(DeletedPayload, Permission.TOKENS_EDIT)
    def access_token_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take one's own token away; it is dead at once."""
        ctx = info.context
        with ctx.write() as work:
            actions.delete_token(work, parse_id(input.id, "AccessToken"))
        return DeletedPayload(deleted_id=input.id)


TOPIC = Topic(
    shows=(Shown(AccessToken, AccessTokenType, actions.tokens_query),),
    queries=TokenQueries,
    mutations=TokenMutations,
)
