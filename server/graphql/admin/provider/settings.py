"""The provider's switches."""

from datetime import datetime

import strawberry

from server.actions.portal.legal import list_terms
from server.actions.provider import settings as actions
from server.actions.rows import hold
from server.actions.versions import compare, version_of
from server.actions.work import Work
from server.domain.permissions import Permission
from server.domain.plans.changes import PlanChangePermission
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting
from server.domain.provider.spam import SpamProtection
from server.graphql.admin.provider.providers import ProviderType
from server.graphql.context import Info
from server.graphql.fields import OF_CHANGES, OfRow, described, needing
from server.graphql.mutations import Payload, VersionedInput, changes_of, mutation
from server.graphql.prices import currency_of
from server.graphql.topics import Topic

LEGAL_TEXT = "A legal text in Markdown, as it holds now; empty for none."


@strawberry.type(name="Settings", description="The provider's switches.")
class SettingsType(OfRow[Setting]):
    signups_enabled: bool
    useraccountarea_enabled: bool
    multiple_applications: bool
    multiple_users: bool
    public_search: bool
    forum_enabled: bool
    forum_public: bool
    anonymous_posts_enabled: bool
    app_gallery_enabled: bool
    mcp_enabled: bool
    enforce_sso: bool = strawberry.field(
        description="Whether the staff logs in by an account elsewhere alone."
    )
    site_access_code: str
    spam_protection_level: SpamProtection
    multiple_services: bool
    account_plans_ui_visible: bool
    change_account_plan_permission: PlanChangePermission
    service_plans_ui_visible: bool
    change_service_plan_permission: PlanChangePermission
    email_all_users: bool = strawberry.field(
        description="Whether mails go to all users of an account, or to its admins alone."
    )
    allowed_origins: str = strawberry.field(
        description="The origins whose pages may call the APIs, one a line; `*` is every origin."
    )
    sso_login_url: str = strawberry.field(
        description="The page of your own site on which developers log in; empty for none."
    )
    permissions_policy: str = strawberry.field(
        description="The header Permissions-Policy of the portal's pages; empty for none."
    )
    content_security_policy: str = strawberry.field(
        description="A Content-Security-Policy beside the portal's own; empty for none."
    )
    content_security_policy_report_only: str = strawberry.field(
        description="A Content-Security-Policy that browsers only report on; empty for none."
    )
    updated_at: datetime

    @described("The provider that they are of: its name, addresses and time zone.")
    def provider(self, info: Info) -> ProviderType:
        return ProviderType.of(info.context.db.get_one(Provider, self.row.provider_id))

    @described("Whether new accounts wait for approval.")
    def account_approval_required(self, info: Info) -> bool:
        return actions.approval_required(info.context.db, self.row.provider_id)

    @described("Whether there is a key that your site signs logins with; see `ssoKeyCreate`.")
    def has_sso_key(self) -> bool:
        return self.row.sso_key_sealed is not None

    @described("What all prices are in, as ISO 4217 names it.")
    async def currency(self, info: Info) -> str:
        return await currency_of(info.context)

    @described(OF_CHANGES)
    def object_version(self, info: Info) -> str:
        return _version(info.context.work)

    @described(LEGAL_TEXT)
    def signup_licence(self, info: Info) -> str:
        return list_terms(info.context.db, self.row.provider_id)["signup_licence"]

    @described(LEGAL_TEXT)
    def service_subscription_licence(self, info: Info) -> str:
        return list_terms(info.context.db, self.row.provider_id)["service_subscription_licence"]

    @described(LEGAL_TEXT)
    def new_application_licence(self, info: Info) -> str:
        return list_terms(info.context.db, self.row.provider_id)["new_application_licence"]

    @described(LEGAL_TEXT)
    def privacy_policy(self, info: Info) -> str:
        return list_terms(info.context.db, self.row.provider_id)["privacy_policy"]

    @described(LEGAL_TEXT)
    def refund_policy(self, info: Info) -> str:
        return list_terms(info.context.db, self.row.provider_id)["refund_policy"]


def _version(work: Work) -> str:
    settings = actions.get_settings(work)
    provider = work.db.get_one(Provider, work.actor.provider_id)
    return version_of(work.installation.vault, settings, provider)


@strawberry.type
class SettingsPayload(Payload):
    settings: SettingsType | None = None


@strawberry.input
class SettingsUpdateInput(VersionedInput):
    signups_enabled: strawberry.Maybe[bool]
    useraccountarea_enabled: strawberry.Maybe[bool]
    multiple_applications: strawberry.Maybe[bool]
    multiple_users: strawberry.Maybe[bool]
    signup_licence: strawberry.Maybe[str]
    service_subscription_licence: strawberry.Maybe[str]
    new_application_licence: strawberry.Maybe[str]
    privacy_policy: strawberry.Maybe[str]
    refund_policy: strawberry.Maybe[str]
    public_search: strawberry.Maybe[bool]
    forum_enabled: strawberry.Maybe[bool]
    forum_public: strawberry.Maybe[bool]
    anonymous_posts_enabled: strawberry.Maybe[bool]
    app_gallery_enabled: strawberry.Maybe[bool]
    mcp_enabled: strawberry.Maybe[bool]
    enforce_sso: strawberry.Maybe[bool]
    site_access_code: strawberry.Maybe[str]
    spam_protection_level: strawberry.Maybe[SpamProtection]
    multiple_services: strawberry.Maybe[bool]
    account_plans_ui_visible: strawberry.Maybe[bool]
    change_account_plan_permission: strawberry.Maybe[PlanChangePermission]
    service_plans_ui_visible: strawberry.Maybe[bool]
    change_service_plan_permission: strawberry.Maybe[PlanChangePermission]
    email_all_users: strawberry.Maybe[bool]
    allowed_origins: strawberry.Maybe[str]
    sso_login_url: strawberry.Maybe[str]
    permissions_policy: strawberry.Maybe[str]
    content_security_policy: strawberry.Maybe[str]
    content_security_policy_report_only: strawberry.Maybe[str]
    account_approval_required: strawberry.Maybe[bool]
    currency: strawberry.Maybe[str]
    name: strawberry.Maybe[str]
    from_email: strawberry.Maybe[str]
    support_email: strawberry.Maybe[str]
    finance_support_email: strawberry.Maybe[str]
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
            if input.expected_version is not None:
                hold(work.db, actions.get_settings(work))
                compare(_version(work), input.expected_version)
            row = actions.update_settings(work, changes_of(input))
        return SettingsPayload(settings=SettingsType.of(row))


TOPIC = Topic(queries=SettingsQueries, mutations=SettingsMutations)
