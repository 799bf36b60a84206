"""The developers' schema: one Query and one Mutation from the topics."""

import strawberry

from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.tokens import AccessToken
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from server.graphql.context import Kinds
from server.graphql.developer.accounts.accounts import (
    AccountMutations,
    AccountQueries,
    AccountType,
    UserType,
)
from server.graphql.developer.accounts.sessions import SessionMutations
from server.graphql.developer.applications.applications import (
    ApplicationMutations,
    ApplicationQueries,
    ApplicationType,
)
from server.graphql.developer.plans.catalogue import (
    CatalogueQueries,
    MetricType,
    PlanType,
    ServiceType,
)
from server.graphql.nodes import NodeQueries
from server.graphql.rates import RateQueries
from server.graphql.schemas import build_schema
from server.graphql.tokens import AccessTokenType, TokenMutations, TokenQueries

KINDS: Kinds = {
    "AccessToken": (AccessToken, AccessTokenType),
    "Account": (Account, AccountType),
    "Application": (Application, ApplicationType),
    "Metric": (Metric, MetricType),
    "Plan": (ApplicationPlan, PlanType),
    "Service": (Service, ServiceType),
    "User": (User, UserType),
}


@strawberry.type
class Query(
    CatalogueQueries, AccountQueries, ApplicationQueries, TokenQueries, NodeQueries, RateQueries
):
    """What developers and visitors may ask."""


@strawberry.type
class Mutation(SessionMutations, AccountMutations, ApplicationMutations, TokenMutations):
    """What developers and visitors may do."""


SCHEMA = build_schema(Query, Mutation, [kind for _, kind in KINDS.values()])
