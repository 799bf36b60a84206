"""Policies of the provider's own."""

from datetime import datetime

import strawberry

from server.actions.services.registry_policies import REGISTRY_POLICIES
from server.domain.permissions import Permission
from server.domain.services.registry_policies import RegistryPolicy
from server.graphql.admin.references import connection
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow
from server.graphql.paging import Rows
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(
    name="RegistryPolicy",
    description="A policy of the provider's own that chains may name; other gateways run it.",
)
class RegistryPolicyType(OfRow[RegistryPolicy], Node):
    name: str
    version: str
    definition: str = strawberry.field(
        description="JSON: its summary, and the JSON Schema of its configuration."
    )
    created_at: datetime
    updated_at: datetime


@strawberry.type
class RegistryPolicyQueries:
    @connection(RegistryPolicy, Permission.POLICIES_READ, "All policies of the provider's own.")
    def registry_policies(self, info: Info) -> Rows:
        return Rows(REGISTRY_POLICIES.listing, info.context.rows(RegistryPolicy))


TOPIC = Topic(
    shows=(Shown(RegistryPolicy, RegistryPolicyType, REGISTRY_POLICIES.query),),
    queries=RegistryPolicyQueries,
    mutations=mutations_of(REGISTRY_POLICIES, RegistryPolicyType, "RegistryPolicy"),
)
