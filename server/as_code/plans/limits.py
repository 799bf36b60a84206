"""Usage limits of application plans."""

from collections.abc import Mapping
from typing import Any

from server.actions.plans.limits import LIMITS
from server.as_code.resources import ResourceTopic
from server.domain.plans.limits import LimitPeriod

PERIODS = list(LimitPeriod)


class Limits(ResourceTopic):
    named_by = ("metric", "period")
    one_line = True

    def rank(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return values["metric"], PERIODS.index(values["period"])


LIMIT_TOPIC = Limits(LIMITS)
