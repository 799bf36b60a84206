"""Every resource, in one list: what holds for one is tested for all, in every face."""

from typing import Any

from server.actions.plans.features import FEATURES
from server.actions.plans.plans import ACCOUNT_PLANS, APPLICATION_PLANS, SERVICE_PLANS
from server.actions.resources import Resource

RESOURCES: tuple[Resource[Any], ...] = (
    FEATURES,
    ACCOUNT_PLANS,
    SERVICE_PLANS,
    APPLICATION_PLANS,
)
