"""The addresses of plans of all kinds."""

from server.admin.addresses import SERVICE, Addresses
from server.admin.page_face import AdminPage
from server.admin.plans import features, limits, other_plans, plans, pricing_rules

ACCOUNT_PLANS = "/account_plans"
SERVICE_PLANS = SERVICE + "/service_plans"
PLAN = SERVICE + "/plans/{plan_id}"


def _plans_of(path: str, of: other_plans.Pages) -> tuple[tuple[str, AdminPage, AdminPage], ...]:
    """List the forms of account plans or service plans."""
    plan = path + "/{plan_id}"
    return (
        (f"{path}/features", of.create_feature, of.index),
        (path + "/features/{feature_id}/delete", of.delete_feature, of.index),
        (plan + "/features/{feature_id}", of.include, of.show),
        (path, of.create, of.new),
        (plan, of.update, of.show),
        (f"{plan}/delete", of.delete, of.show),
        (plan + "/{event}", of.move, of.show),
    )


ADDRESSES = Addresses(
    shown=(
        (f"{SERVICE}/plans", plans.index),
        (f"{SERVICE}/plans/new", plans.new),
        (SERVICE_PLANS, other_plans.SERVICE.index),
        (f"{SERVICE_PLANS}/new", other_plans.SERVICE.new),
        (SERVICE_PLANS + "/{plan_id}", other_plans.SERVICE.show),
        (ACCOUNT_PLANS, other_plans.ACCOUNT.index),
        (f"{ACCOUNT_PLANS}/new", other_plans.ACCOUNT.new),
        (ACCOUNT_PLANS + "/{plan_id}", other_plans.ACCOUNT.show),
        (PLAN, plans.show),
    ),
    sent=(
        *_plans_of(ACCOUNT_PLANS, other_plans.ACCOUNT),
        *_plans_of(SERVICE_PLANS, other_plans.SERVICE),
        (f"{SERVICE}/features", features.create, plans.index),
        (SERVICE + "/features/{feature_id}/delete", features.delete, plans.index),
        (f"{SERVICE}/plans", plans.create, plans.new),
        (PLAN, plans.update, plans.show),
        (f"{PLAN}/copy", plans.copy, plans.show),
        (f"{PLAN}/delete", plans.delete, plans.show),
        (f"{PLAN}/limits", limits.create, plans.show),
        (f"{PLAN}/limits/disable", limits.disable, plans.show),
        (f"{PLAN}/limits/enable", limits.enable, plans.show),
        (PLAN + "/limits/{limit_id}", limits.update, plans.show),
        (PLAN + "/limits/{limit_id}/delete", limits.delete, plans.show),
        (f"{PLAN}/pricing_rules", pricing_rules.create, plans.show),
        (PLAN + "/pricing_rules/{rule_id}", pricing_rules.update, plans.show),
        (PLAN + "/pricing_rules/{rule_id}/delete", pricing_rules.delete, plans.show),
        (PLAN + "/features/{feature_id}", features.include, plans.show),
        (PLAN + "/{event}", plans.move, plans.show),
    ),
)
