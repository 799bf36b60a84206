"""Plans as the REST API shows them. Source: reference-portal 1.4."""

from server.domain.plans.plans import AccountPlan, ApplicationPlan, Plan, ServicePlan
from server.kit.xml import Element
from server.rest.formats import Value, elements, text

TYPES = {
    AccountPlan: "account_plan",
    ServicePlan: "service_plan",
    ApplicationPlan: "application_plan",
}


def plan_element(plan: Plan) -> Element:
    """Write a plan of any kind as XML."""
    fields: dict[str, Value] = {
        "id": plan.id,
        "name": plan.name,
        "type": TYPES[type(plan)],
        "state": plan.state,
        "approval_required": plan.approval_required,
        "setup_fee": plan.setup_fee or "0.0",
        "cost_per_month": plan.cost_per_month or "0.0",
        "trial_period_days": plan.trial_period_days or None,
        "cancellation_period": 0,
    }
    if isinstance(plan, ApplicationPlan):  # which are the ones that show zero in full
        fields["setup_fee"] = plan.setup_fee
        fields["cost_per_month"] = plan.cost_per_month
        fields["trial_period_days"] = plan.trial_period_days
    if isinstance(plan, ServicePlan | ApplicationPlan):
        fields["service_id"] = plan.service_id
    return Element("plan", elements(fields), {"custom": "false", "default": text(plan.is_default)})
