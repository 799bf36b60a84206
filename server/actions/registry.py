"""Every resource, in one list: what holds for one is tested for all, in every face."""

from typing import Any

from server.actions.plans.features import FEATURES
from server.actions.resources import Resource

RESOURCES: tuple[Resource[Any], ...] = (FEATURES,)
