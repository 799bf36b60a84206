"""Which rows of each table the provider's side may see; each select checks its permission."""

from typing import Any

from sqlalchemy import Select
from sqlmodel import select

from server.actions.accounts.accounts import accounts_query
from server.actions.accounts.users import users_query
from server.actions.applications.applications import applications_query
from server.actions.plans.features import FEATURES
from server.actions.plans.limits import LIMITS
from server.actions.plans.plans import (
    account_plans_query,
    application_plans_query,
    service_plans_query,
)
from server.actions.portal.api_docs import api_docs_query
from server.actions.provider.audit import events_query
from server.actions.provider.tokens import tokens_query
from server.actions.services.mapping_rules import MAPPING_RULES
from server.actions.services.metrics import metrics_query
from server.actions.services.services import services_query
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.events import EventRecord
from server.domain.permissions import Permission
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
from server.graphql.context import Scope


def _proxies(actor: Actor) -> Select[Any]:
    actor.require(Permission.SERVICES_READ)
    return select(Proxy).where(Proxy.provider_id == actor.provider_id)


def _configs(actor: Actor) -> Select[Any]:
    actor.require(Permission.SERVICES_READ)
    return select(ProxyConfig).where(ProxyConfig.provider_id == actor.provider_id)


SCOPES: dict[type, Scope] = {
    Account: accounts_query,
    AccessToken: tokens_query,
    AccountPlan: account_plans_query,
    ApiDocs: api_docs_query,
    Application: applications_query,
    ApplicationPlan: application_plans_query,
    EventRecord: events_query,
    Feature: FEATURES.query,
    MappingRule: MAPPING_RULES.query,
    Metric: metrics_query,
    Proxy: _proxies,
    ProxyConfig: _configs,
    Service: services_query,
    ServicePlan: service_plans_query,
    UsageLimit: LIMITS.query,
    User: users_query,
}
