"""Services: the APIs that the provider offers."""

from collections.abc import Sequence
from datetime import datetime

import strawberry
from sqlmodel import col

from server.actions.plans.features import FEATURES
from server.actions.plans.plans import APPLICATION_PLANS, SERVICE_PLANS
from server.actions.portal.api_docs import API_DOCS
from server.actions.secrets import reveal
from server.actions.services import lists
from server.actions.services import services as actions
from server.actions.services.backend_usages import BACKEND_USAGES
from server.actions.services.configs import LISTING as CONFIGS
from server.actions.services.configs import has_undeployed_changes
from server.actions.services.lookup import get_service
from server.actions.services.metrics import METRICS
from server.actions.services.sample_calls import shown_sample_call
from server.actions.services.services import SERVICES
from server.domain.drafts import word_of
from server.domain.permissions import Permission
from server.domain.plans.changes import PlanChangePermission
from server.domain.plans.features import Feature
from server.domain.plans.plans import ApplicationPlan, ServicePlan
from server.domain.portal.api_docs import ApiDocs
from server.domain.services.backend_apis import BackendUsage
from server.domain.services.configs import ProxyConfig
from server.domain.services.metrics import Metric
from server.domain.services.proxies import Proxy
from server.domain.services.services import DeploymentOption, Service, ServiceEvent
from server.graphql.admin.references import connection
from server.graphql.admin.services.proxies import ProxyType
from server.graphql.context import Info
from server.graphql.enums import (
    AuthenticationMode,
    Environment,
    ServiceState,
)
from server.graphql.fields import Node, OfRow, described, needing, secret
from server.graphql.ids import parse_id
from server.graphql.mutations import (
    ChangeInput,
    DeletedPayload,
    IdInput,
    Input,
    Payload,
    changes_of,
    mutation,
)
from server.graphql.paging import Rows
from server.graphql.resources import given
from server.graphql.topics import Shown, Topic

LEVELS_OF = "At which shares of a limit {}, in percent, with spaces between; empty: never."


@strawberry.type(name="Service", description="An API of the provider.")
class ServiceType(OfRow[Service], Node):
    name: str
    system_name: str
    description: str
    support_email: str
    state: ServiceState
    is_default: bool
    deployment_option: DeploymentOption
    buyers_manage_apps: bool
    buyers_manage_keys: bool
    custom_keys_enabled: bool
    buyer_key_regenerate_enabled: bool
    mandatory_app_key: bool
    referrer_filters_required: bool
    intentions_required: bool
    buyer_can_select_plan: bool
    buyer_plan_change_permission: PlanChangePermission
    staging_offered: bool
    managed_by: str
    web_provider_levels: str = strawberry.field(
        description=LEVELS_OF.format("the provider is shown")
    )
    email_provider_levels: str = strawberry.field(
        description=LEVELS_OF.format("the provider is mailed")
    )
    web_buyer_levels: str = strawberry.field(description=LEVELS_OF.format("developers are shown"))
    email_buyer_levels: str = strawberry.field(
        description=LEVELS_OF.format("developers are mailed")
    )
    created_at: datetime
    updated_at: datetime

    @strawberry.field
    def authentication_mode(self) -> AuthenticationMode:
        return AuthenticationMode(self.row.backend_version)

    @described("The public base URL of the service in an environment.")
    def base_url(self, info: Info, environment: Environment) -> str:
        ctx = info.context
        return ctx.installation.addresses.gateway(ctx.provider, self.row, environment.value)

    @secret(
        Service, "service_token_sealed", "What the Service Management API takes as service_token."
    )
    def service_token(self, info: Info) -> str | None:
        return reveal(info.context.work, self.row, "service_token_sealed")

    @strawberry.field
    async def proxy(self, info: Info) -> ProxyType | None:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, Proxy]:
            query = ctx.rows(Proxy).where(col(Proxy.service_id).in_(ids))
            return {row.service_id: row for row in ctx.db.execute(query).scalars()}

        row = await ctx.loaders.batch("proxy of a service", read).load(self.row.id)
        return None if row is None else ProxyType.of(row)

    @connection(Metric, description="Metrics and methods.")
    def metrics(self, info: Info) -> Rows:
        return Rows(METRICS.listing, info.context.rows(Metric), (Metric.service_id, self.row.id))

    @connection(BackendUsage, description="The backend APIs that it is made of.")
    def backend_usages(self, info: Info) -> Rows:
        query = info.context.rows(BackendUsage)
        return Rows(BACKEND_USAGES.listing, query, (BackendUsage.service_id, self.row.id))

    @connection(ApplicationPlan)
    def application_plans(self, info: Info) -> Rows:
        query = info.context.rows(ApplicationPlan)
        query = query.where(col(ApplicationPlan.original_id).is_(None))  # made for one application
        return Rows(APPLICATION_PLANS.listing, query, (ApplicationPlan.service_id, self.row.id))

    @connection(ServicePlan)
    def service_plans(self, info: Info) -> Rows:
        query = info.context.rows(ServicePlan)
        return Rows(SERVICE_PLANS.listing, query, (ServicePlan.service_id, self.row.id))

    @connection(Feature)
    def features(self, info: Info) -> Rows:
        return Rows(FEATURES.listing, info.context.rows(Feature), (Feature.service_id, self.row.id))

    @connection(ApiDocs, description="Its specifications.")
    def api_docs(self, info: Info) -> Rows:
        return Rows(API_DOCS.listing, info.context.rows(ApiDocs), (ApiDocs.service_id, self.row.id))

    @connection(ProxyConfig, description="Deployed versions, newest first.")
    def proxy_configs(self, info: Info, environment: Environment) -> Rows:
        query = info.context.rows(ProxyConfig).where(
            col(ProxyConfig.environment) == environment.value
        )
        return Rows(CONFIGS, query, (ProxyConfig.service_id, self.row.id))


@strawberry.type
class ServicePayload(Payload):
    service: ServiceType | None = None


@strawberry.input
class ServiceCreateInput(Input):
    name: str
    system_name: str | None = None
    description: str = ""
    authentication_mode: AuthenticationMode = AuthenticationMode.USER_KEY
    api_backend: str | None = strawberry.field(
        default=None, description="The private base URL; without one, the Echo API."
    )


@strawberry.input
class ServiceUpdateInput(ChangeInput):
    name: strawberry.Maybe[str]
    description: strawberry.Maybe[str | None]
    support_email: strawberry.Maybe[str | None]
    authentication_mode: strawberry.Maybe[AuthenticationMode]
    deployment_option: strawberry.Maybe[DeploymentOption]
    buyers_manage_apps: strawberry.Maybe[bool]
    buyers_manage_keys: strawberry.Maybe[bool]
    custom_keys_enabled: strawberry.Maybe[bool]
    buyer_key_regenerate_enabled: strawberry.Maybe[bool]
    mandatory_app_key: strawberry.Maybe[bool]
    referrer_filters_required: strawberry.Maybe[bool]
    intentions_required: strawberry.Maybe[bool]
    buyer_can_select_plan: strawberry.Maybe[bool]
    buyer_plan_change_permission: strawberry.Maybe[PlanChangePermission]
    staging_offered: strawberry.Maybe[bool]
    managed_by: strawberry.Maybe[str | None]
    web_provider_levels: strawberry.Maybe[str | None]
    email_provider_levels: strawberry.Maybe[str | None]
    web_buyer_levels: strawberry.Maybe[str | None]
    email_buyer_levels: strawberry.Maybe[str | None]


@strawberry.input
class ServiceMoveInput(IdInput):
    event: ServiceEvent


@strawberry.type
class ServiceQueries:
    @connection(Service, Permission.SERVICES_READ)
    def services(
        self,
        info: Info,
        state: ServiceState | None = None,
        search: str | None = None,
        sort: lists.ServiceSort = lists.ServiceSort.OLDEST,
    ) -> Rows:
        wanted = lists.ServiceFilter(state=word_of(state) or "", search=search or "")
        return Rows(lists.LISTINGS[sort], lists.narrowed_services(info.context.actor, wanted))

    @needing(Permission.SERVICES_READ)
    def service(self, info: Info, id: strawberry.ID) -> ServiceType | None:
        row = info.context.find(Service, parse_id(id, "Service"))
        return ServiceType.of(row) if row else None

    @needing(Permission.SERVICES_READ, "Whether staging runs something else than is set up.")
    def undeployed_changes(self, info: Info, service_id: strawberry.ID) -> bool:
        ctx = info.context
        row = get_service(ctx.work, parse_id(service_id, "Service"))
        return has_undeployed_changes(ctx.db, ctx.installation, row)

    @needing(
        Permission.APPLICATIONS_READ,
        "A command line that a live application could run; its keys are hidden, like `userKey`.",
    )
    def sample_curl(
        self, info: Info, service_id: strawberry.ID, environment: Environment
    ) -> str | None:
        ctx = info.context
        row = get_service(ctx.work, parse_id(service_id, "Service"))
        call = shown_sample_call(ctx.work, row, environment.value)
        return call.curl if call else None


@strawberry.type
class ServiceMutations:
    @mutation(ServicePayload, Permission.SERVICES_EDIT)
    def service_create(self, info: Info, input: ServiceCreateInput) -> ServicePayload:
        """Create a service with metric `hits`, rule `GET /`, a service plan and a proxy."""
        ctx = info.context
        values = given(SERVICES, {**vars(input), "backend_version": input.authentication_mode})
        with ctx.write() as work:
            row = actions.create_service(work, {**values, "api_backend": input.api_backend})
        return ServicePayload(service=ServiceType.of(row))

    @mutation(ServicePayload, Permission.SERVICES_EDIT)
    def service_update(self, info: Info, input: ServiceUpdateInput) -> ServicePayload:
        """Change a service's settings."""
        ctx, changes = info.context, changes_of(input)
        if "authentication_mode" in changes:
            changes["backend_version"] = changes.pop("authentication_mode")
        with ctx.write() as work:
            number = parse_id(input.id, "Service")
            ctx.check_version(work, Service, number, input.expected_version)
            row = actions.update_service(work, number, changes)
        return ServicePayload(service=ServiceType.of(row))

    @mutation(ServicePayload, Permission.SERVICES_EDIT)
    def service_move(self, info: Info, input: ServiceMoveInput) -> ServicePayload:
        """Move a service to another state: hidden from developers, closed for calls, or back."""
        with info.context.write() as work:
            number = parse_id(input.id, "Service")
            row = actions.move_service(work, number, input.event.value)
        return ServicePayload(service=ServiceType.of(row))

    @mutation(ServicePayload, Permission.SERVICES_EDIT)
    def service_make_default(self, info: Info, input: IdInput) -> ServicePayload:
        """Make a service the one that answers when none is named."""
        ctx = info.context
        with ctx.write() as work:
            row = actions.make_default_service(work, parse_id(input.id, "Service"))
        return ServicePayload(service=ServiceType.of(row))

    @mutation(DeletedPayload, Permission.SERVICES_EDIT)
    def service_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take a service away; its usage stays."""
        ctx = info.context
        with ctx.write() as work:
            actions.delete_service(work, parse_id(input.id, "Service"))
        return DeletedPayload(deleted_id=input.id)


TOPIC = Topic(
    shows=(Shown(Service, ServiceType, SERVICES.query),),
    queries=ServiceQueries,
    mutations=ServiceMutations,
)
