"""The provider's switches."""

from datetime import datetime

import strawberry

from server.actions.provider import settings as actions
from server.domain.permissions import Permission
from server.domain.provider.settings import PlanChangePermission, Setting
from server.graphql.context import Info
from server.graphql.fields import OfRow, described, needing
from server.graphql.mutations import Input, Payload, changes_of, mutation
from server.graphql.prices import currency_of
from server.graphql.topics import Topic


@strawberry.type(name="Settings", description="The provider's switches.")
class SettingsType(OfRow[Setting]):
    signups_enabled: bool
    useraccountarea_enabled: bool
    account_plans_ui_visible: bool
    service_plans_ui_visible: bool
    change_account_plan_permission: PlanChangePermission
    change_service_plan_permission: PlanChangePermission
    public_search: bool
    multiple_applications: bool
    allowed_origins: str = strawberry.field(
        description="The origins whose pages may call the APIs, one a line; `*` is every origin."
    )
    updated_at: datetime

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
    account_plans_ui_visible: strawberry.Maybe[bool]
    service_plans_ui_visible: strawberry.Maybe[bool]
    change_account_plan_permission: strawberry.Maybe[PlanChangePermission]
    change_service_plan_permission: strawberry.Maybe[PlanChangePermission]
    public_search: strawberry.Maybe[bool]
    multiple_applications: strawberry.Maybe[bool]
    allowed_origins: strawberry.Maybe[str]
    account_approval_required: strawberry.Maybe[bool]
    currency: strawberry.Maybe[str]


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
