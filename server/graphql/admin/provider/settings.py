"""The provider's switches."""

from datetime import datetime

import strawberry

from server.actions.provider import settings as actions
from server.domain.permissions import Permission
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting
from server.graphql.admin.provider.providers import ProviderType
from server.graphql.context import Info
from server.graphql.fields import OfRow, described, needing
from server.graphql.mutations import Input, Payload, changes_of, mutation
from server.graphql.prices import currency_of
from server.graphql.topics import Topic


@strawberry.type(name="Settings", description="The provider's switches.")
class SettingsType(OfRow[Setting]):
    signups_enabled: bool
    useraccountarea_enabled: bool
    multiple_applications: bool
    email_all_users: bool = strawberry.field(
        description="Whether mails go to all users of an account, or to its admins alone."
    )
    allowed_origins: str = strawberry.field(
        description="The origins whose pages may call the APIs, one a line; `*` is every origin."
    )
    updated_at: datetime

    @described("The provider that they are of: its name, addresses and time zone.")
    def provider(self, info: Info) -> ProviderType:
        return ProviderType.of(info.context.db.get_one(Provider, self.row.provider_id))

    @described("Whether new accounts wait for approval.")
    def account_approval_required(self, info: Info) -> bool:
        return actions.approval_required(info.context.db, self.row.provider_id)

    @described("What all prices are in, as ISO 4217 names it.")
    async def currency(self, info: Info) -> str:
        return await currency_of(info.context)


@strawberry.type
class SettingsPayload(Payload):
    settings: SettingsType | None = None


@strawberry.input
class SettingsUpdateInput(Input):
    signups_enabled: strawberry.Maybe[bool]
    useraccountarea_enabled: strawberry.Maybe[bool]
    multiple_applications: strawberry.Maybe[bool]
    email_all_users: strawberry.Maybe[bool]
    allowed_origins: strawberry.Maybe[str]
    account_approval_required: strawberry.Maybe[bool]
    currency: strawberry.Maybe[str]
    name: strawberry.Maybe[str]
    from_email: strawberry.Maybe[str]
    support_email: strawberry.Maybe[str]
    reply_to_email: strawberry.Maybe[str]
    timezone: strawberry.Maybe[str]


@strawberry.type
class SettingsQueries:
    @needing(Permission.SETTINGS_READ)
    def settings(self, info: Info) -> SettingsType:
        return SettingsType.of(actions.get_settings(info.context.work))


@strawberry.type
class SettingsMutations:
    @mutation(SettingsPayload, Permission.SETTINGS_EDIT)
    def settings_update(self, info: Info, input: SettingsUpdateInput) -> SettingsPayload:
        """Change switches; those that are not named stay."""
        ctx = info.context
        with ctx.write() as work:
            row = actions.update_settings(work, changes_of(input))
        return SettingsPayload(settings=SettingsType.of(row))


TOPIC = Topic(queries=SettingsQueries, mutations=SettingsMutations)
