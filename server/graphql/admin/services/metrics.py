"""Metrics and methods: what is counted."""

from datetime import datetime

import strawberry

from server.actions.services import metrics as actions
from server.domain.permissions import Permission
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow
from server.graphql.ids import parse_id
from server.graphql.mutations import (
    DeletedPayload,
    IdInput,
    Input,
    Payload,
    changes_of,
    mutation,
)
from server.graphql.paging import Rows
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

    @related(Service)
    def service(self) -> int:
        return self.row.service_id

    @connection(Metric, description="The methods under this metric.")
    def methods(self, info: Info) -> Rows:
        return Rows(actions.LISTING, info.context.rows(Metric), (Metric.parent_id, self.row.id))


@strawberry.type
class MetricPayload(Payload):
    metric: MetricType | None = None


@strawberry.input
class MetricCreateInput(Input):
    service_id: strawberry.ID
    friendly_name: str
    system_name: str | None = None
    unit: str = "hit"
    description: str = ""


@strawberry.input
class MethodCreateInput(Input):
    metric_id: strawberry.ID = strawberry.field(description="The metric `hits` of the service.")
    friendly_name: str
    system_name: str | None = None
    description: str = ""


@strawberry.input
class MetricUpdateInput(IdInput):
    friendly_name: strawberry.Maybe[str]
    unit: strawberry.Maybe[str]
    description: strawberry.Maybe[str | None]


@strawberry.type
class MetricMutations:
    @mutation(MetricPayload, Permission.SERVICES_EDIT)
    def metric_create(self, info: Info, input: MetricCreateInput) -> MetricPayload:
        """Add a metric to a service."""
        ctx = info.context
        draft = actions.NewMetric(
            friendly_name=input.friendly_name,
            system_name=input.system_name,
            unit=input.unit,
            description=input.description,
        )
        with ctx.write() as work:
            number = parse_id(input.service_id, "Service", "service_id")
            row = actions.create_metric(work, number, draft)
        return MetricPayload(metric=MetricType.of(row))

    @mutation(MetricPayload, Permission.SERVICES_EDIT)
    def method_create(self, info: Info, input: MethodCreateInput) -> MetricPayload:
        """Add a method under the metric `hits`."""
        ctx = info.context
        draft = actions.NewMetric(
            friendly_name=input.friendly_name,
            system_name=input.system_name,
            description=input.description,
        )
        with ctx.write() as work:
            number = parse_id(input.metric_id, "Metric", "metric_id")
            row = actions.create_method(work, number, draft)
        return MetricPayload(metric=MetricType.of(row))

    @mutation(MetricPayload, Permission.SERVICES_EDIT)
    def metric_update(self, info: Info, input: MetricUpdateInput) -> MetricPayload:
        """Change the texts of a metric or method."""
        ctx = info.context
        with ctx.write() as work:
            number = parse_id(input.id, "Metric")
            row = actions.update_metric(work, number, changes_of(input))
        return MetricPayload(metric=MetricType.of(row))

    @mutation(DeletedPayload, Permission.SERVICES_EDIT)
    def metric_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take a metric or method away, with its limits."""
        ctx = info.context
        with ctx.write() as work:
            actions.delete_metric(work, parse_id(input.id, "Metric"))
        return DeletedPayload(deleted_id=input.id)


TOPIC = Topic(shows=(Shown(Metric, MetricType, actions.metrics_query),), mutations=MetricMutations)
