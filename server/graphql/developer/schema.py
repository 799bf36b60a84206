"""The developers' schema: one Query and one Mutation from the topics."""

import strawberry

from server.domain.accounts import Account
from server.domain.applications import Application
from server.domain.metrics import Metric
from server.domain.plans import ApplicationPlan
from server.domain.services import Service
from server.domain.tokens import AccessToken
from server.domain.users import User
from server.graphql.context import Kinds
from server.graphql.developer.accounts import (
    AccountMutations,
    AccountQueries,
    AccountType,
    UserType,
)
from server.graphql.developer.applications import (
    ApplicationMutations,
    ApplicationQueries,
    ApplicationType,
)
from server.graphql.developer.catalogue import (
    CatalogueQueries,
    MetricType,
    PlanType,
    ServiceType,
)
from server.graphql.developer.sessions import SessionMutations
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
