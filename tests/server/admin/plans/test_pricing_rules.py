"""Prices by use, and plans for one application, in the admin portal."""

from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.plans.pricing_rules import PricingRule
from server.domain.services.metrics import Metric
from tests.kit.browser import Browser


def test_a_price_is_added_changed_and_deleted_on_the_plans_page(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    plan = f"/services/{acme.sample.service.id}/plans/{acme.sample.application.plan_id}"
    with deps.database.read() as db:
        metric = str(db.exec(select(Metric.id)).one())
    given = {"metric_id": metric, "min": "1", "max": "1000", "cost_per_unit": "0.0005"}

    added = admin.done(f"{plan}/pricing_rules", f"new-price-{metric}", **given)

    assert "Units 1 to 1000 cost USD 0.0005 each." in added
    assert 'value="1001"' in added  # where the next range begins
    with deps.database.read() as db:
        rule = db.exec(select(PricingRule.id)).one()
    refused = admin.send(f"{plan}/pricing_rules", f"new-price-{metric}", **given)
    assert refused.status_code == 422
    assert f'id="new-price-{metric}-min-error"' in refused.text
    changed = admin.done(f"{plan}/pricing_rules/{rule}", max="", cost_per_unit="0.5")
    assert "Units from 1 on cost USD 0.50 each." in changed
    assert "The price is gone." in admin.done(f"{plan}/pricing_rules/{rule}/delete")
    assert admin.send(f"{plan}/pricing_rules/{rule}/delete").status_code == 404


def test_a_plan_is_customized_from_the_application_and_given_up_again(
    acme: NewProvider, admin: Browser
) -> None:
    application = f"/applications/{acme.sample.application.id}"

    page = admin.done(f"{application}/customize_plan")

    assert "Made for" in page
    assert "Back to Basic" in page
    assert "/publish" not in page
    assert "Give up the custom plan" in admin.page(application)
    plans = f"/services/{acme.sample.service.id}/plans"
    assert "(custom)" not in admin.page(plans)
    assert "It is on Basic now." in admin.done(f"{application}/decustomize_plan")
