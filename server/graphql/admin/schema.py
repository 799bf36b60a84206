"""The provider's schema: one Query and one Mutation from the topics."""

import strawberry

from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.events import EventRecord
from server.domain.plans.features import Feature
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.portal.api_docs import ApiDocs
from server.domain.provider.tokens import AccessToken
from server.domain.services.configs import ProxyConfig
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import Metric
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service
from server.graphql.admin.accounts.accounts import AccountMutations, AccountQueries, AccountType
from server.graphql.admin.accounts.users import UserMutations, UserQueries, UserType
from server.graphql.admin.analytics.usage import UsageQueries
from server.graphql.admin.applications.applications import (
    ApplicationMutations,
    ApplicationQueries,
    ApplicationType,
)
from server.graphql.admin.applications.keys import KeyMutations
from server.graphql.admin.plans.features import FeatureMutations, FeatureType
from server.graphql.admin.plans.limits import LimitMutations, UsageLimitType
from server.graphql.admin.plans.plans import (
    AccountPlanType,
    ApplicationPlanType,
    PlanMutations,
    PlanQueries,
    ServicePlanType,
)
from server.graphql.admin.portal.api_docs import ApiDocsMutations, ApiDocsQueries, ApiDocsType
from server.graphql.admin.provider.audit import AuditQueries, EventType
from server.graphql.admin.provider.providers import ProviderQueries
from server.graphql.admin.provider.settings import SettingsMutations, SettingsQueries
from server.graphql.admin.services.mapping_rules import MappingRuleMutations, MappingRuleType
from server.graphql.admin.services.metrics import MetricMutations, MetricType
from server.graphql.admin.services.proxies import (
    ProxyConfigType,
    ProxyMutations,
    ProxyQueries,
    ProxyType,
)
from server.graphql.admin.services.services import ServiceMutations, ServiceQueries, ServiceType
from server.graphql.context import Kinds
from server.graphql.nodes import NodeQueries
from server.graphql.rates import RateQueries
from server.graphql.schemas import build_schema
from server.graphql.tokens import AccessTokenType, TokenMutations, TokenQueries

KINDS: Kinds = {
    "AccessToken": (AccessToken, AccessTokenType),
    "Account": (Account, AccountType),
    "AccountPlan": (AccountPlan, AccountPlanType),
    "ApiDocs": (ApiDocs, ApiDocsType),
    "Application": (Application, ApplicationType),
    "ApplicationPlan": (ApplicationPlan, ApplicationPlanType),
    "Event": (EventRecord, EventType),
    "Feature": (Feature, FeatureType),
    "MappingRule": (MappingRule, MappingRuleType),
    "Metric": (Metric, MetricType),
    "Proxy": (Proxy, ProxyType),
    "ProxyConfig": (ProxyConfig, ProxyConfigType),
    "Service": (Service, ServiceType),
    "ServicePlan": (ServicePlan, ServicePlanType),
    "UsageLimit": (UsageLimit, UsageLimitType),
    "User": (User, UserType),
}


@strawberry.type
class Query(
    ProviderQueries,
    NodeQueries,
    ServiceQueries,
    ProxyQueries,
    PlanQueries,
    ApiDocsQueries,
    AccountQueries,
    UserQueries,
    ApplicationQueries,
    UsageQueries,
    SettingsQueries,
    TokenQueries,
    AuditQueries,
    RateQueries,
):
    """What the provider's side may ask."""


@strawberry.type
class Mutation(
    ServiceMutations,
    MetricMutations,
    MappingRuleMutations,
    ProxyMutations,
    PlanMutations,
    LimitMutations,
    FeatureMutations,
    ApiDocsMutations,
    AccountMutations,
    UserMutations,
    ApplicationMutations,
    KeyMutations,
    SettingsMutations,
    TokenMutations,
):
    """What the provider's side may do."""


SCHEMA = build_schema(Query, Mutation, [kind for _, kind in KINDS.values()])
