"""Limits: below their plan and metric."""

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.make import make_provider
from tests.kit.rest import RestClient, hits_of


def where(deps: Dependencies, acme: NewProvider) -> tuple[str, str]:
    """Tell where the limits of the sample plan are, and those on hits."""
    plan = f"/application_plans/{acme.sample.application.plan_id}"
    return f"{plan}/limits", f"{plan}/metrics/{hits_of(deps, acme)}/limits"


def test_a_limit_is_on_the_metric_of_its_path(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    of_plan, on_hits = where(deps, acme)

    made = rest.post(on_hits, {"period": "hour", "value": "5", "metric_id": 999_999})

    limit = made["limit"]
    assert (limit["metric_id"], limit["period"], limit["value"]) == (hits_of(deps, acme), "hour", 5)
    assert rest.json(of_plan) == rest.json(on_hits) == {"limits": [made]}
    changed = rest.call("PUT", f"{on_hits}/{limit['id']}.json", data={"value": 7}).json()["limit"]
    assert changed == {**limit, "value": 7, "updated_at": changed["updated_at"]}
    assert rest.call("DELETE", f"{on_hits}/{limit['id']}.json").status_code == 200
    assert rest.json(of_plan) == {"limits": []}


def test_a_limit_is_not_found_on_another_metric_or_plan(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    of_plan, on_hits = where(deps, acme)
    limit_id = rest.post(on_hits, {"period": "hour", "value": 5})["limit"]["id"]
    umbrella = make_provider(deps, "Umbrella")
    elsewhere = on_hits.replace(
        f"metrics/{hits_of(deps, acme)}", f"metrics/{hits_of(deps, umbrella)}"
    )
    theirs = f"/application_plans/{umbrella.sample.application.plan_id}/limits"

    assert rest.call("GET", f"{elsewhere}/{limit_id}.json").status_code == 404
    made = rest.call("POST", f"{elsewhere}.json", data={"period": "day", "value": 5})
    assert made.status_code == 404
    assert rest.call("GET", f"{theirs}.json").status_code == 404
    assert len(rest.json(of_plan)["limits"]) == 1
