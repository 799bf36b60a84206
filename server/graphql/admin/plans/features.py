"""Features of services, and which plans include them."""

import strawberry

from server.actions.plans.features import FEATURES, include_feature
from server.domain.permissions import Permission
from server.domain.plans.features import Feature
from server.domain.services.services import Service
from server.graphql.admin.references import related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow
from server.graphql.ids import parse_id
from server.graphql.mutations import Input, Payload, mutation
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Feature", description="A selling point that plans may include.")
class FeatureType(OfRow[Feature], Node):
    name: str
    system_name: str
    description: str

    @related(Service)
    def service(self) -> int:
        return self.row.service_id


@strawberry.input
class FeatureIncludeInput(Input):
    plan_id: strawberry.ID
    feature_id: strawberry.ID
    included: bool = True


@strawberry.type
class FeatureIncludePayload(Payload):
    feature: FeatureType | None = None
    plan_id: strawberry.ID | None = None
    included: bool | None = None


@strawberry.type
class FeatureMutations(mutations_of(FEATURES, FeatureType, "Feature")):  # type: ignore[misc]  # made
    @mutation(FeatureIncludePayload, Permission.PLANS_EDIT)
    def feature_include(self, info: Info, input: FeatureIncludeInput) -> FeatureIncludePayload:
        """Put a feature into an application plan, or take it out."""
        plan = parse_id(input.plan_id, "ApplicationPlan", "plan_id")
        number = parse_id(input.feature_id, "Feature", "feature_id")
        with info.context.write() as work:
            include_feature(work, plan, number, included=input.included)
            row = work.db.get_one(Feature, number)
        shown = FeatureType.of(row)
        return FeatureIncludePayload(feature=shown, plan_id=input.plan_id, included=input.included)


TOPIC = Topic(shows=(Shown(Feature, FeatureType, FEATURES.query),), mutations=FeatureMutations)
