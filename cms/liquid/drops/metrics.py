"""What is counted and limited, and what plans offer beside."""

from typing import ClassVar

from cms.liquid.drops.drop import Drop
from cms.liquid.drops.prices import PricingRuleDrop
from cms.liquid.drops.render_data import RenderData
from server.domain.plans.features import Feature
from server.domain.plans.limits import UsageLimit
from server.domain.services.metrics import Metric


class FeatureDrop(Drop[Feature]):
    """A selling point.

    Example: {% for feature in plan.features %}{{ feature.name }}{% else %}None{% endfor %}
    """

    shows: ClassVar[tuple[str, ...]] = ("name", "description", "has_description?", "system_name")

    @property
    def has_description(self) -> bool:
        """Return whether there is a description."""
        return bool(self.model.description)


class PlanFeatureDrop(FeatureDrop):
    """A selling point that a plan includes.

    Example: {% for feature in plan.features %}{{ feature.name }}{% else %}None{% endfor %}
    """

    shows: ClassVar[tuple[str, ...]] = (*FeatureDrop.shows, "enabled?")

    @property
    def enabled(self) -> bool:
        """Return whether the plan includes it, as all that it tells are."""
        return True


class MetricDrop(Drop[Metric]):
    """What is counted.

    Example: {% for metric in service.metrics %}{{ metric.name }} in {{ metric.unit }}s{% endfor %}
    """

    shows = (
        "id",
        "name",
        "system_name",
        "unit",
        "description",
        "has_parent?",
        "mount",
        "usage_limits",
        "pricing_rules",
    )
    aliases = {"has_parent": "has_parent?"}
    says = {
        "unit": "What one is: hit, byte.",
    }

    def __init__(
        self, model: Metric, data: RenderData, plan_id: int | None = None, *, mount: str = ""
    ) -> None:
        super().__init__(model, data)
        self._mount = mount
        self._plan_id = plan_id  # whose limits it tells; None: those of all published plans

    @property
    def name(self) -> str:
        """The name for people."""
        return self.model.friendly_name

    @property
    def has_parent(self) -> bool:
        """Return whether it is a method of another metric."""
        return self.model.parent_id is not None

    @property
    def mount(self) -> str:
        """Below which path of the API it counts; empty for all of it, and outside of `stats`."""
        return self._mount

    @property
    def usage_limits(self) -> "list[UsageLimitDrop]":
        """Its limits: those of the plan that it was asked of, else of all published plans."""
        limits = (limit for plan_id in self._plans for limit in self.data.limits.get(plan_id, []))
        mine = [limit for limit in limits if limit.metric_id == self.model.id]
        return [UsageLimitDrop(row, self.data) for row in sorted(mine, key=lambda row: row.id)]

    @property
    def pricing_rules(self) -> list[PricingRuleDrop]:
        """What its units cost: on the plan that it was asked of, else on all published plans."""
        prices = (rule for plan_id in self._plans for rule in self.data.prices.get(plan_id, []))
        mine = [rule for rule in prices if rule.metric_id == self.model.id]
        return [PricingRuleDrop(row, self.data) for row in mine]

    @property
    def _plans(self) -> list[int]:
        is_of_one = self._plan_id is not None
        return [self._plan_id or 0] if is_of_one else [plan.id for plan in self.data.plans]


class UsageLimitDrop(Drop[UsageLimit]):
    """So many units of a metric for each period.

    Example: {% for most in plan.usage_limits %}{{ most.value }} {{ most.metric.name }}
    per {{ most.period }}{% else %}No limits{% endfor %}
    """

    shows = ("period", "metric", "value")
    says = {
        "period": "The window: minute, hour, day, week, month, year or eternity.",
        "value": "How many fit into it.",
    }

    @property
    def metric(self) -> MetricDrop:
        """What is limited."""
        return MetricDrop(self.data.metrics[self.model.metric_id], self.data)
