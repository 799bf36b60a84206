"""Metrics and methods: what is counted."""

from datetime import datetime

import strawberry

from server.actions.services.metrics import METRICS, create_method
from server.domain.permissions import Permission
from server.domain.services.backend_apis import BackendApi
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described
from server.graphql.ids import parse_id
from server.graphql.mutations import Input, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.resources import given, mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Metric", description="What is counted; one with a parent is a method.")
class MetricType(OfRow[Metric], Node):
    system_name: str
    friendly_name: str
    unit: str
    description: str
    created_at: datetime

    @strawberry.field
    def is_method(self) -> bool:
        return self.row.parent_id is not None

    @related(Metric)
    def parent(self) -> int | None:
        return self.row.parent_id

    @described("How calls and documents name it: one of a backend API ends with that one's number.")
    def wire_name(self) -> str:
        return self.row.wire_name

    @related(Service)
    def service(self) -> int | None:
        return self.row.service_id

    @related(BackendApi)
    def backend_api(self) -> int | None:
        return self.row.backend_api_id

    @connection(Metric, description="The methods under this metric.")
    def methods(self, info: Info) -> Rows:
        return Rows(METRICS.listing, info.context.rows(Metric), (Metric.parent_id, self.row.id))


@strawberry.type
class MetricPayload(Payload):
    metric: MetricType | None = None


@strawberry.input
class MethodCreateInput(Input):
    metric_id: strawberry.ID = strawberry.field(
        description="The metric `hits` of the service or the backend API."
    )
    friendly_name: str
    system_name: str | None = None
    description: str = ""


@strawberry.type
class MetricMutations(mutations_of(METRICS, MetricType, "Metric", MetricPayload)):  # type: ignore[misc]  # made
    @mutation(MetricPayload, Permission.SERVICES_EDIT)
    def method_create(self, info: Info, input: MethodCreateInput) -> MetricPayload:
        """Add a method under the metric `hits`."""
        number = parse_id(input.metric_id, "Metric", "metric_id")
        with info.context.write() as work:
            row = create_method(work, given(METRICS, vars(input)), number)
        return MetricPayload(metric=MetricType.of(row))


TOPIC = Topic(shows=(Shown(Metric, MetricType, METRICS.query),), mutations=MetricMutations)
