"""Pricing rules below their plan and metric, and plans made for one application."""

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.rest import RestClient, hits_of


def test_prices_are_made_listed_and_deleted_below_plan_and_metric(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    plan = f"/application_plans/{acme.sample.application.plan_id}"
    on_hits = f"{plan}/metrics/{hits_of(deps, acme)}/pricing_rules"

    made = rest.post(on_hits, {"min": 1, "max": 10, "cost_per_unit": 0.0125})

    assert {key: made["pricing_rule"][key] for key in ("min", "max", "cost_per_unit")} == {
        "min": 1,
        "max": 10,
        "cost_per_unit": 0.0125,
    }
    assert rest.json(f"{plan}/pricing_rules") == rest.json(on_hits) == {"pricing_rules": [made]}
    overlap = rest.call("POST", f"{on_hits}.xml", data={"min": "10", "cost_per_unit": "1"})
    assert (overlap.status_code, b"<errors><error>Min overlaps" in overlap.content) == (422, True)
    gone = rest.call("DELETE", f"{on_hits}/{made['pricing_rule']['id']}.json")
    assert (gone.status_code, rest.json(on_hits)) == (200, {"pricing_rules": []})


def test_a_customized_plan_is_found_by_its_id_and_in_no_list(
    rest: RestClient, acme: NewProvider
) -> None:
    application, service = acme.sample.application, acme.sample.service.id
    where = f"/accounts/{application.account_id}/applications/{application.id}"
    plans = f"/services/{service}/application_plans"
    before = rest.json(plans), rest.json("/application_plans")

    custom = rest.call("PUT", f"{where}/customize_plan.json").json()["application_plan"]

    assert (custom["custom"], custom["name"], custom["state"]) == (True, "Basic (custom)", "hidden")
    assert (rest.json(plans), rest.json("/application_plans")) == before
    found = rest.call("GET", f"{plans}/{custom['id']}.xml").text
    assert '<plan custom="true" default="false">' in found
    elsewhere = where.replace(f"accounts/{application.account_id}", "accounts/999999")
    assert rest.call("PUT", f"{elsewhere}/decustomize_plan.json").status_code == 404
    back = rest.call("PUT", f"{where}/decustomize_plan.json").json()["application_plan"]
    assert (back["custom"], back["id"]) == (False, application.plan_id)
    assert rest.call("GET", f"{plans}/{custom['id']}.xml").status_code == 404
