"""One-time addresses that log developers in, and the key that the provider signs his own with."""

from datetime import datetime

import strawberry

from server.actions.accounts.sso_tokens import USUAL_S, create_sso_token, make_sso_key
from server.domain.permissions import Permission
from server.graphql.context import Info
from server.graphql.ids import number_or_none
from server.graphql.mutations import Input, Payload, mutation
from server.graphql.topics import Topic


@strawberry.input(description="Whom to log in: `userId` or `username`.")
class SSOTokenCreateInput(Input):
    user_id: strawberry.ID | None = None
    username: str = ""
    expires_in: int = strawberry.field(default=USUAL_S, description="Seconds, from 31 to 86400.")
    redirect_url: str = strawberry.field(
        default="", description="A page of the portal, which is shown then."
    )


@strawberry.type
class SSOTokenPayload(Payload):
    sso_url: str | None = strawberry.field(
        default=None, description="The address. It works once; whoever has it acts as that user."
    )
    token: str | None = None
    expires_at: datetime | None = None


@strawberry.type
class SSOKeyPayload(Payload):
    key: str | None = strawberry.field(
        default=None, description="What logins are signed with (HS256). It is not shown here again."
    )


@strawberry.type
class SSOTokenMutations:
    @mutation(SSOKeyPayload, Permission.SETTINGS_SECRETS)
    def sso_key_create(self, info: Info, input: Input) -> SSOKeyPayload:
        """Make the key that your site signs logins with; the one before signs nothing any more."""
        with info.context.write() as work:
            return SSOKeyPayload(key=make_sso_key(work))

    @mutation(SSOTokenPayload, Permission.ACCOUNTS_EDIT)
    def sso_token_create(self, info: Info, input: SSOTokenCreateInput) -> SSOTokenPayload:
        """Make an address that logs a developer in once."""
        values = {
            "user_id": number_or_none(input.user_id, "User", "user_id"),
            "username": input.username,
            "expires_in": input.expires_in,
            "redirect_url": input.redirect_url,
        }
        with info.context.write() as work:
            made = create_sso_token(work, values)
        return SSOTokenPayload(sso_url=made.sso_url, token=made.token, expires_at=made.expires_at)


TOPIC = Topic(mutations=SSOTokenMutations)
