"""Plans of three kinds. Source: reference-portal 1.4."""

from decimal import Decimal
from typing import Any

from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.rest.shapes import Field, Links, Part, Shape, always, columns, computed

DEFAULT = computed("default", bool, lambda plan: plan.is_default)
MARKS = (always("custom", False), DEFAULT)  # nobody has a plan of his own yet
FREE: tuple[Field, ...] = (
    always("setup_fee", Decimal("0.0")),
    always("cost_per_month", Decimal("0.0")),
    Field("trial_period_days", load=lambda _work, _rows: lambda _row: None, type=int | None),
)
PRICED = columns("setup_fee", "cost_per_month", "trial_period_days")


def _plan(model: type[Any], name: str, prices: tuple[Field, ...], *more: Part) -> Shape[Any]:
    parts = (
        *columns("id", "name"),
        always("type", name),
        *columns("state", "approval_required"),
        *prices,
        always("cancellation_period", 0),
        *more,
    )
    return Shape(
        name=name, model=model, parts=parts, element="plan", plural="plans", attributes=MARKS
    )


ACCOUNT_PLAN = _plan(AccountPlan, "account_plan", FREE)
SERVICE_PLAN = _plan(ServicePlan, "service_plan", FREE, *columns("service_id"))
APPLICATION_PLAN = _plan(
    ApplicationPlan,
    "application_plan",
    PRICED,
    *columns("service_id"),
    Links({"self": "/services/{service_id}/application_plans/{id}"}),
)
