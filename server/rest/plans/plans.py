"""Plans as the REST API shows them. Source: reference-portal 1.4."""

from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.kit.xml import Element
from server.rest.formats import Value, elements, text

TYPES = {
    AccountPlan: "account_plan",
    ServicePlan: "service_plan",
    ApplicationPlan: "application_plan",
}


def plan_element(plan: AccountPlan | ServicePlan | ApplicationPlan) -> Element:
    """Write a plan of any kind as XML; only application plans cost something."""
    fields: dict[str, Value] = {
        "id": plan.id,
        "name": plan.name,
        "type": TYPES[type(plan)],
        "state": plan.state,
        "approval_required": plan.approval_required,
        "setup_fee": "0.0",
        "cost_per_month": "0.0",
        "trial_period_days": None,
        "cancellation_period": 0,
    }
    if isinstance(plan, ApplicationPlan):
        fields["setup_fee"] = plan.setup_fee
        fields["cost_per_month"] = plan.cost_per_month
        fields["trial_period_days"] = plan.trial_period_days
    if not isinstance(plan, AccountPlan):
        fields["service_id"] = plan.service_id
    return Element("plan", elements(fields), {"custom": "false", "default": text(plan.is_default)})
