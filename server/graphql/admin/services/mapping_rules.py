"""Mapping rules: which calls count for what."""

import strawberry

from server.actions.services import mapping_rules as actions
from server.domain.permissions import Permission
from server.domain.services.metrics import Metric
from server.domain.services.proxies import MappingRule
from server.domain.services.services import Service
from server.graphql.admin.references import related
from server.graphql.context import Info
from server.graphql.enums import HTTPMethod
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
from server.graphql.topics import Shown, Topic


@strawberry.type(name="MappingRule", description="Calls of this shape count for a metric.")
class MappingRuleType(OfRow[MappingRule], Node):
    http_method: HTTPMethod
    pattern: str
    delta: int
    position: int
    last: bool

    @related(Metric)
    def metric(self) -> int:
        return self.row.metric_id

    @related(Service)
    def service(self) -> int:
        return self.row.service_id


@strawberry.type
class MappingRulePayload(Payload):
    mapping_rule: MappingRuleType | None = None


@strawberry.input
class MappingRuleCreateInput(Input):
    service_id: strawberry.ID
    metric_id: strawberry.ID
    http_method: HTTPMethod
    pattern: str
    delta: int = 1
    position: int | None = None
    last: bool = False


@strawberry.input
class MappingRuleUpdateInput(IdInput):
    metric_id: strawberry.Maybe[strawberry.ID]
    http_method: strawberry.Maybe[HTTPMethod]
    pattern: strawberry.Maybe[str]
    delta: strawberry.Maybe[int]
    position: strawberry.Maybe[int]
    last: strawberry.Maybe[bool]


@strawberry.type
class MappingRuleMutations:
    @mutation(MappingRulePayload, Permission.SERVICES_EDIT)
    def mapping_rule_create(
        self,
        info: Info,
        input: MappingRuleCreateInput,
    ) -> MappingRulePayload:
        """Add a mapping rule; it holds from the next deploy on."""
        ctx = info.context
        draft = actions.NewMappingRule(
            http_method=input.http_method.value,
            pattern=input.pattern,
            metric_id=parse_id(input.metric_id, "Metric", "metric_id"),
            delta=input.delta,
            position=input.position,
            last=input.last,
        )
        with ctx.write() as work:
            number = parse_id(input.service_id, "Service", "service_id")
            row = actions.create_rule(work, number, draft)
        return MappingRulePayload(mapping_rule=MappingRuleType.of(row))

    @mutation(MappingRulePayload, Permission.SERVICES_EDIT)
    def mapping_rule_update(
        self,
        info: Info,
        input: MappingRuleUpdateInput,
    ) -> MappingRulePayload:
        """Change a mapping rule."""
        ctx, changes = info.context, changes_of(input)
        if "metric_id" in changes:
            changes["metric_id"] = parse_id(changes["metric_id"], "Metric", "metric_id")
        with ctx.write() as work:
            number = parse_id(input.id, "MappingRule")
            row = actions.update_rule(work, number, changes)
        return MappingRulePayload(mapping_rule=MappingRuleType.of(row))

    @mutation(DeletedPayload, Permission.SERVICES_EDIT)
    def mapping_rule_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take a mapping rule away."""
        ctx = info.context
        with ctx.write() as work:
            actions.delete_rule(work, parse_id(input.id, "MappingRule"))
        return DeletedPayload(deleted_id=input.id)


TOPIC = Topic(
    shows=(Shown(MappingRule, MappingRuleType, actions.rules_query),),
    mutations=MappingRuleMutations,
)
