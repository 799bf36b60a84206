"""Plans that were made for one application."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlmodel import select

from server.actions.applications.custom_plans import customize_plan
from server.actions.plans.features import include_feature
from server.actions.plans.limits import LIMITS
from server.actions.plans.plans import APPLICATION_PLANS
from server.actions.plans.pricing_rules import PRICING_RULES
from server.actions.work import Work
from server.as_code.moving.move import Move
from server.as_code.moving.tenant import Record
from server.domain.applications.applications import Application
from server.domain.plans.features import PlanFeature
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.plans.pricing_rules import PricingRule

CUSTOM = " (custom)"  # how names of such plans end, there as here
METRICS = ("metric", "method", "backend_metric", "backend_method")


class CustomPlans:
    """Gives applications plans of their own."""

    def __init__(self, move: Move) -> None:
        self.move = move

    def base_of(self, record: Record) -> int | None:
        """Find the plan here that an application's own was made from: its name tells.

        Where nothing has the name, any plan of the API does: limits and prices are told anyway.
        """
        plan: Mapping[str, Any] = record.get("plan") or {}
        if not plan.get("custom"):
            return None
        service = self.move.services.get(str(record.get("service_id")), {})
        plans: Sequence[Record] = service.get("application_plans") or ()
        name = str(plan.get("name", "")).removesuffix(CUSTOM)
        known = [each for each in plans if self.move.link("application_plan", each["id"])]
        named = [each for each in known if each.get("name") == name]
        found = (named or known or [{}])[0]
        return self.move.link("application_plan", found.get("id"))

    def take(
        self, work: Work, application: Application, plan: Mapping[str, Any], what: str
    ) -> None:
        """Have an application on a plan of its own that is as the one there."""
        own = customize_plan(work, application.id)
        values: dict[str, Any] = {
            name: Decimal(str(plan[name]))
            for name in ("setup_fee", "cost_per_month")
            if plan.get(name) is not None
        }
        if plan.get("trial_period_days") is not None:
            values["trial_period_days"] = plan["trial_period_days"]
        with self.move.trying(work, f"{what}, its plan"):
            APPLICATION_PLANS.update(work, own.id, values)
        if "limits" in plan:
            self._limits(work, own, plan["limits"], what)
        if "pricing_rules" in plan:
            self._prices(work, own, plan["pricing_rules"], what)
        if "features" in plan:
            self._features(work, own, plan["features"])

    def _metric(self, record: Record) -> int | None:
        found = (self.move.link(kind, record.get("metric_id")) for kind in METRICS)
        return next((each for each in found if each is not None), None)

    def _limits(
        self, work: Work, own: ApplicationPlan, records: Sequence[Record], what: str
    ) -> None:
        query = select(UsageLimit).where(UsageLimit.plan_id == own.id)
        there = {(row.metric_id, row.period): row for row in work.db.exec(query)}
        wanted = {(self._metric(each), each.get("period")): each.get("value") for each in records}
        for key, row in there.items():
            if key not in wanted:
                LIMITS.delete(work, row.id)
        for (metric_id, period), value in wanted.items():
            with self.move.trying(work, f"{what}, limit a {period}"):
                standing = there.get((metric_id or 0, str(period)))
                if standing is None:
                    given = {"metric_id": metric_id, "period": period, "value": value}
                    LIMITS.create(work, given, own.id)
                elif standing.value != value:
                    LIMITS.update(work, standing.id, {"value": value})

    def _prices(
        self, work: Work, own: ApplicationPlan, records: Sequence[Record], what: str
    ) -> None:
        query = select(PricingRule).where(PricingRule.plan_id == own.id)
        there = {
            (row.metric_id, row.min, row.max, Decimal(row.cost_per_unit)): row
            for row in work.db.exec(query)
        }
        wanted = {
            (
                self._metric(each),
                each.get("min"),
                each.get("max"),
                Decimal(str(each.get("cost_per_unit"))),
            )
            for each in records
        }
        for key, row in there.items():
            if key not in wanted:
                PRICING_RULES.delete(work, row.id)
        work.db.flush()
        for metric_id, least, most, cost in wanted - set(there):
            with self.move.trying(work, f"{what}, price from {least} on"):
                given = {"metric_id": metric_id, "min": least, "max": most, "cost_per_unit": cost}
                PRICING_RULES.create(work, given, own.id)

    def _features(self, work: Work, own: ApplicationPlan, records: Sequence[Record]) -> None:
        query = select(PlanFeature.feature_id).where(PlanFeature.plan_id == own.id)
        there = set(work.db.exec(query))
        wanted = {self.move.link("feature", each["id"]) for each in records} - {None}
        for feature_id in sorted(wanted ^ there, key=lambda each: each or 0):
            if feature_id is not None:
                included = feature_id in wanted
                include_feature(work, own.id, feature_id, included=included)
