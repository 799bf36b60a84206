"""Backend APIs, and where services use them."""

from datetime import datetime
from typing import Any

import strawberry

from server.actions.services.backend_apis import BACKEND_APIS
from server.actions.services.backend_usages import BACKEND_USAGES
from server.actions.services.mapping_rules import BACKEND_RULES, MAPPING_RULES
from server.actions.services.metrics import BACKEND_METRICS, METRICS
from server.domain.permissions import Permission
from server.domain.services.backend_apis import BackendApi, BackendUsage
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from server.graphql.admin.references import connection, related
from server.graphql.admin.services.mapping_rules import MappingRulePayload, MappingRuleType
from server.graphql.admin.services.metrics import MetricPayload, MetricType
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, needing
from server.graphql.ids import parse_id
from server.graphql.mutations import mutation
from server.graphql.paging import Rows
from server.graphql.resources import create_input, given, mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(
    name="BackendApi", description="An API behind services, each of which uses it below a path."
)
class BackendApiType(OfRow[BackendApi], Node):
    name: str
    system_name: str
    description: str
    private_endpoint: str
    managed_by: str
    created_at: datetime
    updated_at: datetime

    @connection(Metric, description="Its metrics and methods.")
    def metrics(self, info: Info) -> Rows:
        query = info.context.rows(Metric)
        return Rows(METRICS.listing, query, (Metric.backend_api_id, self.row.id))

    @connection(MappingRule, description="Its rules, whose patterns begin behind the path of use.")
    def mapping_rules(self, info: Info) -> Rows:
        query = info.context.rows(MappingRule)
        return Rows(MAPPING_RULES.listing, query, (MappingRule.backend_api_id, self.row.id))

    @connection(BackendUsage, description="Where it is used.")
    def usages(self, info: Info) -> Rows:
        query = info.context.rows(BackendUsage)
        return Rows(BACKEND_USAGES.listing, query, (BackendUsage.backend_api_id, self.row.id))


@strawberry.type(name="BackendUsage", description="Where a service uses a backend API.")
class BackendUsageType(OfRow[BackendUsage], Node):
    path: str
    created_at: datetime

    @related(BackendApi)
    def backend_api(self) -> int:
        return self.row.backend_api_id

    @related(Service)
    def service(self) -> int:
        return self.row.service_id


@strawberry.type
class BackendApiQueries:
    @connection(BackendApi, Permission.SERVICES_READ)
    def backend_apis(self, info: Info) -> Rows:
        return Rows(BACKEND_APIS.listing, info.context.rows(BackendApi))

    @needing(Permission.SERVICES_READ)
    def backend_api(self, info: Info, id: strawberry.ID) -> BackendApiType | None:
        row = info.context.find(BackendApi, parse_id(id, "BackendApi"))
        return BackendApiType.of(row) if row else None


BackendMetricCreateInput: Any = create_input(BACKEND_METRICS, "BackendMetric")
BackendMappingRuleCreateInput: Any = create_input(BACKEND_RULES, "BackendMappingRule")


@strawberry.type
class BackendPartMutations:
    @mutation(MetricPayload, Permission.SERVICES_EDIT)
    def backend_metric_create(self, info: Info, input: BackendMetricCreateInput) -> MetricPayload:
        """Make a metric of a backend API; a method of it is made by `methodCreate`."""
        number = parse_id(input.backend_api_id, "BackendApi", "backend_api_id")
        with info.context.write() as work:
            row = BACKEND_METRICS.create(work, given(BACKEND_METRICS, vars(input)), number)
        return MetricPayload(metric=MetricType.of(row))

    @mutation(MappingRulePayload, Permission.SERVICES_EDIT)
    def backend_mapping_rule_create(
        self, info: Info, input: BackendMappingRuleCreateInput
    ) -> MappingRulePayload:
        """Make a mapping rule of a backend API."""
        number = parse_id(input.backend_api_id, "BackendApi", "backend_api_id")
        with info.context.write() as work:
            row = BACKEND_RULES.create(work, given(BACKEND_RULES, vars(input)), number)
        return MappingRulePayload(mapping_rule=MappingRuleType.of(row))


Apis: Any = mutations_of(BACKEND_APIS, BackendApiType, "BackendApi")
Usages: Any = mutations_of(BACKEND_USAGES, BackendUsageType, "BackendUsage")


@strawberry.type
class BackendApiMutations(Apis, Usages, BackendPartMutations):  # type: ignore[misc]  # made
    pass


TOPIC = Topic(
    shows=(
        Shown(BackendApi, BackendApiType, BACKEND_APIS.query),
        Shown(BackendUsage, BackendUsageType, BACKEND_USAGES.query),
    ),
    queries=BackendApiQueries,
    mutations=BackendApiMutations,
)
