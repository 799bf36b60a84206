"""Features of services and accounts, and which plans include them."""

import strawberry

from server.actions.plans.features import ACCOUNT_FEATURES, FEATURES, include_feature
from server.domain.permissions import Permission
from server.domain.plans.features import AccountFeature, Feature, FeatureScope
from server.domain.plans.plans import AccountPlan, ApplicationPlan, Plan, ServicePlan
from server.domain.services.services import Service
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow
from server.graphql.ids import parse_id, parsed
from server.graphql.mutations import Input, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Feature", description="A selling point that plans may include.")
class FeatureType(OfRow[Feature], Node):
    name: str
    system_name: str
    description: str
    scope: FeatureScope = strawberry.field(description="Which plans may include it.")

    @related(Service)
    def service(self) -> int:
        return self.row.service_id


@strawberry.type(name="AccountFeature", description="What account plans may include.")
class AccountFeatureType(OfRow[AccountFeature], Node):
    name: str
    system_name: str
    description: str


@strawberry.input
class FeatureIncludeInput(Input):
    plan_id: strawberry.ID = strawberry.field(
        description="An application plan, or a service plan for a feature of those."
    )
    feature_id: strawberry.ID
    included: bool = True


@strawberry.type
class FeatureIncludePayload(Payload):
    feature: FeatureType | None = None
    plan_id: strawberry.ID | None = None
    included: bool | None = None


@strawberry.input
class AccountFeatureIncludeInput(Input):
    plan_id: strawberry.ID
    feature_id: strawberry.ID
    included: bool = True


@strawberry.type
class AccountFeatureIncludePayload(Payload):
    feature: AccountFeatureType | None = None
    plan_id: strawberry.ID | None = None
    included: bool | None = None


def _plan_of(text: str) -> tuple[type[Plan], int]:
    """Tell the kind of plan that an id means, and its number. Raises: NotFound."""
    pair = parsed(text)
    if pair is not None and pair[0] == "ServicePlan":
        return ServicePlan, pair[1]
    return ApplicationPlan, parse_id(text, "ApplicationPlan", "plan_id")


@strawberry.type
class FeatureMutations(mutations_of(FEATURES, FeatureType, "Feature")):  # type: ignore[misc]  # made
    @mutation(FeatureIncludePayload, Permission.PLANS_EDIT)
    def feature_include(self, info: Info, input: FeatureIncludeInput) -> FeatureIncludePayload:
        """Put a feature into a plan of its service, or take it out."""
        kind, plan = _plan_of(input.plan_id)
        number = parse_id(input.feature_id, "Feature", "feature_id")
        with info.context.write() as work:
            include_feature(work, plan, number, included=input.included, kind=kind)
            row = work.db.get_one(Feature, number)
        shown = FeatureType.of(row)
        return FeatureIncludePayload(feature=shown, plan_id=input.plan_id, included=input.included)


@strawberry.type
class AccountFeatureMutations(
    mutations_of(ACCOUNT_FEATURES, AccountFeatureType, "AccountFeature")  # type: ignore[misc]  # made
):
    @mutation(AccountFeatureIncludePayload, Permission.PLANS_EDIT)
    def account_feature_include(
        self, info: Info, input: AccountFeatureIncludeInput
    ) -> AccountFeatureIncludePayload:
        """Put a feature into an account plan, or take it out."""
        plan = parse_id(input.plan_id, "AccountPlan", "plan_id")
        number = parse_id(input.feature_id, "AccountFeature", "feature_id")
        with info.context.write() as work:
            include_feature(work, plan, number, included=input.included, kind=AccountPlan)
            row = work.db.get_one(AccountFeature, number)
        return AccountFeatureIncludePayload(
            feature=AccountFeatureType.of(row), plan_id=input.plan_id, included=input.included
        )


@strawberry.type
class AccountFeatureQueries:
    @connection(AccountFeature, Permission.PLANS_READ, "What account plans may include.")
    def account_features(self, info: Info) -> Rows:
        return Rows(ACCOUNT_FEATURES.listing, info.context.rows(AccountFeature))


TOPIC = Topic(shows=(Shown(Feature, FeatureType, FEATURES.query),), mutations=FeatureMutations)
OF_ACCOUNTS = Topic(
    shows=(Shown(AccountFeature, AccountFeatureType, ACCOUNT_FEATURES.query),),
    queries=AccountFeatureQueries,
    mutations=AccountFeatureMutations,
)
