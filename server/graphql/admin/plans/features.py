"""Features of services, and which plans include them."""

import strawberry

from server.actions.plans import features as actions
from server.domain.permissions import Permission
from server.domain.plans.plans import Feature
from server.domain.services.services import Service
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, related
from server.graphql.ids import parse_id
from server.graphql.mutations import (
    DeletedPayload,
    IdInput,
    Input,
    Payload,
    changes_of,
    mutation,
)


@strawberry.type(name="Feature", description="A selling point that plans may include.")
class FeatureType(OfRow[Feature], Node):
    name: str
    system_name: str
    description: str

    @related("admin.services.services.ServiceType", Service)
    def service(self) -> int:
        return self.row.service_id


@strawberry.type
class FeaturePayload(Payload):
    feature: FeatureType | None = None


@strawberry.input
class FeatureCreateInput(Input):
    service_id: strawberry.ID
    name: str
    description: str = ""


@strawberry.input
class FeatureUpdateInput(IdInput):
    name: strawberry.Maybe[str]
    description: strawberry.Maybe[str | None]


@strawberry.input
class FeatureIncludeInput(Input):
    plan_id: strawberry.ID
    feature_id: strawberry.ID
    included: bool = True


@strawberry.type
class FeatureIncludePayload(FeaturePayload):
    plan_id: strawberry.ID | None = None
    included: bool | None = None


@strawberry.type
class FeatureMutations:
    @mutation(FeaturePayload, Permission.PLANS_EDIT)
    def feature_create(self, info: Info, input: FeatureCreateInput) -> FeaturePayload:
        """Add a feature to a service."""
        ctx = info.context
        draft = actions.NewFeature(name=input.name, description=input.description)
        with ctx.write() as work:
            number = parse_id(input.service_id, "Service", "service_id")
            row = actions.create_feature(work, number, draft)
        return FeaturePayload(feature=FeatureType.of(row))

    @mutation(FeaturePayload, Permission.PLANS_EDIT)
    def feature_update(self, info: Info, input: FeatureUpdateInput) -> FeaturePayload:
        """Change a feature's texts."""
        ctx = info.context
        with ctx.write() as work:
            number = parse_id(input.id, "Feature")
            row = actions.update_feature(work, number, changes_of(input))
        return FeaturePayload(feature=FeatureType.of(row))

    @mutation(DeletedPayload, Permission.PLANS_EDIT)
    def feature_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take a feature away from its service and all plans."""
        ctx = info.context
        with ctx.write() as work:
            actions.delete_feature(work, parse_id(input.id, "Feature"))
        return DeletedPayload(deleted_id=input.id)

    @mutation(FeatureIncludePayload, Permission.PLANS_EDIT)
    def feature_include(self, info: Info, input: FeatureIncludeInput) -> FeatureIncludePayload:
        """Put a feature into an application plan, or take it out."""
        ctx = info.context
        plan = parse_id(input.plan_id, "ApplicationPlan", "plan_id")
        number = parse_id(input.feature_id, "Feature", "feature_id")
        with ctx.write() as work:
            actions.include_feature(work, plan, number, included=input.included)
            row = work.db.get_one(Feature, number)
        shown = FeatureType.of(row)
        return FeatureIncludePayload(feature=shown, plan_id=input.plan_id, included=input.included)
