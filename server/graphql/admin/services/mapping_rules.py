"""Mapping rules: which calls count for what."""

import strawberry

from server.actions.services.mapping_rules import MAPPING_RULES, move_mapping_rule
from server.domain.permissions import Permission
from server.domain.services.backend_apis import BackendApi
from server.domain.services.mapping_rules import Direction, HTTPMethod, MappingRule
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from server.graphql.admin.references import related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow
from server.graphql.ids import parse_id
from server.graphql.mutations import IdInput, Payload, mutation
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="MappingRule", description="Calls of this shape count for a metric.")
class MappingRuleType(OfRow[MappingRule], Node):
    http_method: HTTPMethod
    pattern: str
    delta: int
    position: int
    last: bool
    redirect_url: str

    @related(Metric)
    def metric(self) -> int:
        return self.row.metric_id

    @related(Service)
    def service(self) -> int | None:
        return self.row.service_id

    @related(BackendApi)
    def backend_api(self) -> int | None:
        return self.row.backend_api_id


@strawberry.type
class MappingRulePayload(Payload):
    mapping_rule: MappingRuleType | None = None


@strawberry.input
class MappingRuleMoveInput(IdInput):
    direction: Direction


Mutations = mutations_of(MAPPING_RULES, MappingRuleType, "MappingRule", MappingRulePayload)


@strawberry.type
class MappingRuleMutations(Mutations):  # type: ignore[misc, valid-type]  # made
    @mutation(MappingRulePayload, Permission.SERVICES_EDIT)
    def mapping_rule_move(self, info: Info, input: MappingRuleMoveInput) -> MappingRulePayload:
        """Move a rule one place up or down in the order in which gateways ask them."""
        with info.context.write() as work:
            number = parse_id(input.id, "MappingRule")
            row = move_mapping_rule(work, number, input.direction.value)
        return MappingRulePayload(mapping_rule=MappingRuleType.of(row))


TOPIC = Topic(
    shows=(Shown(MappingRule, MappingRuleType, MAPPING_RULES.query),),
    mutations=MappingRuleMutations,
)
