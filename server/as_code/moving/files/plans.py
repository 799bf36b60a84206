"""Application plans of a product, with their limits and prices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.as_code.moving.files.counted import metric_id
from server.as_code.moving.files.spec import Spec, given

PLAN, LIMIT, PRICE = "application plan", "limit", "pricing rule"
STATES = ("published", "hidden")


@dataclass(frozen=True, slots=True)
class Countable:
    """What limits and prices of a product may name: what it counts, and what its backends do."""

    product: str
    names: set[str]
    backends: Mapping[str, set[str]]  # of those that it uses

    def id_of(self, spec: Spec) -> str:
        """Find the metric or method that a limit or price names."""
        below = spec.below("metricMethodRef")
        if below is None:
            spec.refuse("metricMethodRef", "needs 'metricMethodRef', with a systemName.")
            return ""
        name, backend = below.needed("systemName"), below.text("backend")
        if backend is None:
            if name and name not in self.names:
                below.refuse("systemName", f"there is no metric or method {name!r} in it.")
            return metric_id(f"service/{self.product}", name)
        if backend not in self.backends:
            below.refuse("backend", f"it uses no backend {backend!r}.")
        elif name and name not in self.backends[backend]:
            below.refuse("systemName", f"backend {backend!r} has no metric or method {name!r}.")
        return metric_id(f"backend/{backend}", name)


def plan_id(product: str, name: str) -> str:
    """Make the id of a plan: the files have no other."""
    return f"{product}/{name}"


def plans_of(spec: Spec, countable: Countable) -> list[dict[str, Any]] | None:
    """Read the plans; None when the product tells nothing of any."""
    told = spec.named("applicationPlans")
    if told is None:
        return None
    plans = []
    for name, each in told.items():
        plan = _plan_of(each, name, countable)
        if each.flag("custom"):
            why = "It was made for one application alone, which takes a plan of its own here."
            each.findings.leave(each.doc, f"{spec.of}, application plan {name!r}", why)
        else:
            plans.append(plan)
    return plans


def _plan_of(spec: Spec, name: str, countable: Countable) -> dict[str, Any]:
    published, state = spec.flag("published"), spec.one_of("state", STATES)
    if published is not None:
        state = "published" if published else "hidden"
    return given(
        id=plan_id(countable.product, name),
        system_name=name,
        name=spec.take("name", PLAN, "name") or name,
        state=state or "hidden",
        approval_required=spec.take("appsRequireApproval", PLAN, "approval_required"),
        trial_period_days=spec.take("trialPeriod", PLAN, "trial_period_days"),
        setup_fee=spec.take("setupFee", PLAN, "setup_fee"),
        cost_per_month=spec.take("costMonth", PLAN, "cost_per_month"),
        limits=_limits_of(spec, name, countable),
        pricing_rules=_prices_of(spec, name, countable),
    )


def _limits_of(spec: Spec, plan: str, countable: Countable) -> list[dict[str, Any]]:
    limits: dict[tuple[str, str], dict[str, Any]] = {}
    for each in spec.each("limits") or ():
        metric = countable.id_of(each)
        each.needed("period")
        if each.find("value") is None:
            each.refuse("value", "needs 'value'.")
        period = each.take("period", LIMIT, "period") or ""
        if (metric, period) in limits:
            each.refuse("period", f"plan {plan!r} limits this in a {period} already.")
        limits[metric, period] = given(
            id=f"{plan_id(countable.product, plan)}/{metric}/{period}",
            metric_id=metric,
            period=period,
            value=each.take("value", LIMIT, "value"),
        )
    return list(limits.values())


def _prices_of(spec: Spec, plan: str, countable: Countable) -> list[dict[str, Any]]:
    prices: dict[tuple[str, int], dict[str, Any]] = {}
    for each in spec.each("pricingRules") or ():
        metric = countable.id_of(each)
        for name in ("from", "pricePerUnit"):
            if each.find(name) is None:
                each.refuse(name, f"needs {name!r}.")
        first = each.take("from", PRICE, "min") or 0
        if (metric, first) in prices:
            each.refuse("from", f"plan {plan!r} has a price from unit {first} on already.")
        prices[metric, first] = {
            "id": f"{plan_id(countable.product, plan)}/{metric}/{first}",
            "metric_id": metric,
            "min": first,
            "max": each.take("to", PRICE, "max"),
            "cost_per_unit": each.take("pricePerUnit", PRICE, "cost_per_unit"),
        }
    return list(prices.values())
