"""What units of metrics cost on application plans."""

from collections.abc import Mapping
from typing import Any

from server.actions.plans.pricing_rules import PRICING_RULES
from server.as_code.resources import ResourceTopic


class PricingRules(ResourceTopic):
    """A rule is named by its metric and the first unit that it prices."""

    named_by = ("metric", "min")
    one_line = True

    def rank(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return values["metric"], values["min"]


PRICING_RULE_TOPIC = PricingRules(PRICING_RULES)
