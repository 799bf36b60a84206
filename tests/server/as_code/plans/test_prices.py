"""Prices by use and features of all kinds of plans in a folder."""

from sqlmodel import Session

from server.actions.applications.applications import create_application
from server.actions.applications.custom_plans import customize_plan
from server.actions.plans.pricing_rules import rules_by_plan
from server.actions.provider.providers import NewProvider, create_provider
from server.auth.dependencies import Dependencies
from tests.server.as_code.conftest import apply, export, workspace_of

API, PROVIDER = "services/api.yaml", "provider.yaml"
PRICES = """  pricing_rules:
  - {metric: hits, min: 1, max: 10, cost_per_unit: 0.0125}
  - {metric: hits, min: 11, cost_per_unit: 2}
"""
OTHERS = """  pricing_rules:
  - {metric: hits, min: 1, max: 20, cost_per_unit: 0.0125}
  - {metric: hits, min: 21, cost_per_unit: 1.50}
"""
ACCOUNT_FEATURES = """account_features:
- system_name: phone
  name: A person to call
account_plans:
- system_name: default
  features: [phone]
"""
BASIC = "  features:\n  - unlimited_greetings\n"
WIDE = "- {system_name: wide, name: Wide, scope: service_plan}\n"


def test_prices_and_features_go_into_a_folder_and_come_out_of_it_the_same(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace, plan_id = workspace_of(db, deps, acme), acme.sample.application.plan_id
    folder = export(workspace)
    folder[API] = folder[API].replace(BASIC, BASIC + PRICES, 1)
    folder[API] = folder[API].replace("features:\n", f"features:\n{WIDE}", 1)
    plans = "account_plans:\n- system_name: default\n"
    folder[PROVIDER] = folder[PROVIDER].replace(plans, ACCOUNT_FEATURES, 1)

    assert apply(workspace, folder).edits
    exported = export(workspace)

    assert apply(workspace, exported).edits == []
    assert "- {metric: hits, min: 11, cost_per_unit: 2.00}" in exported[API]
    assert "scope: service_plan" in exported[API]
    assert "- phone" in exported[PROVIDER]
    apply(workspace, {**exported, API: folder[API].replace(PRICES, OTHERS)})
    ranges = [(rule.min, rule.max) for rule in rules_by_plan(db, [plan_id])[plan_id]]
    assert ranges == [(1, 20), (21, None)]
    globex = create_provider(db, deps.installation, "Globex", "admin@globex.example")
    other, now = workspace_of(db, deps, globex), export(workspace)
    apply(other, now)
    assert export(other) == now


def test_a_plan_of_one_application_is_no_configuration(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    before = export(workspace)

    sample = acme.sample.application
    own = create_application(workspace, sample.account_id, sample.plan_id, {"name": "Own"})
    custom = customize_plan(workspace, own.id)
    db.flush()

    assert export(workspace) == before
    assert apply(workspace, before).edits == []
    assert custom in db
