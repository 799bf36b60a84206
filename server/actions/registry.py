"""Every resource, in one list: what holds for one is tested for all, in every face."""

from typing import Any

from server.actions.plans.features import FEATURES
from server.actions.plans.limits import LIMITS
from server.actions.plans.plans import ACCOUNT_PLANS, APPLICATION_PLANS, SERVICE_PLANS
from server.actions.portal.api_docs import API_DOCS
from server.actions.resources import Resource
from server.actions.services.mapping_rules import MAPPING_RULES
from server.actions.services.metrics import METRICS

RESOURCES: tuple[Resource[Any], ...] = (
    ACCOUNT_PLANS,
    API_DOCS,
    APPLICATION_PLANS,
    FEATURES,
    LIMITS,
    MAPPING_RULES,
    METRICS,
    SERVICE_PLANS,
)
