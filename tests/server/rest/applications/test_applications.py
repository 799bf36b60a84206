"""Applications by REST: lists with their filters, finding, documents by the way of the API."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from server.actions.applications.applications import create_application
from server.actions.plans.plans import APPLICATION_PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service, update_service
from server.auth.dependencies import Dependencies
from server.domain.applications.applications import Application
from tests.kit.make import make_provider, staff
from tests.kit.rest import RestClient
from tests.kit.statements import counted
from tests.kit.work import by

SPRING, SUMMER = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture
def buoys(deps: Dependencies, acme: NewProvider) -> Mapping[str, Any]:
    """Make an API of app_ids with a paid plan, and an application that was called in spring."""
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        tides = create_service(work, {"name": "Tides", "backend_version": "2"})
        plan = create_plan(work, APPLICATION_PLANS, {"name": "Low", "setup_fee": "1"}, tides.id)
        values = {"name": "Buoy", "application_id": "buoy", "first_daily_traffic_at": SPRING}
        made = create_application(work, acme.sample.user.account_id or 0, plan.id, values)
        return {"service": tides.id, "plan": plan.id, "application": made.id}


def names(rest: RestClient, path: str, **params: Any) -> list[str]:
    """List the names of applications."""
    return [each["application"]["name"] for each in rest.json(path, **params)["applications"]]


def test_a_list_holds_what_all_filters_fit(
    deps: Dependencies, rest: RestClient, acme: NewProvider, buoys: Mapping[str, Any]
) -> None:
    own, other = acme.sample.application, make_provider(deps, "Umbrella").sample.application
    with deps.database.read() as db:
        key = deps.installation.vault.unseal(db.get_one(Application, own.id).user_key_sealed)

    def listed(**params: Any) -> list[str]:
        return names(rest, "/applications", **params)

    assert listed() == [own.name, "Buoy"]
    assert listed(service_id=buoys["service"]) == ["Buoy"]
    assert listed(plan_id=own.plan_id) == [own.name]
    assert listed(plan_type="paid") == ["Buoy"]
    assert listed(plan_type="free") == [own.name]
    assert listed(state="suspended") == []
    assert listed(name="UOY") == ["Buoy"]
    assert listed(user_key=key) == [own.name]
    assert listed(active_since="2026-03-01") == ["Buoy"]
    assert listed(active_since=SUMMER.isoformat()) == []
    assert listed(inactive_since="2026-05-01") == [own.name, "Buoy"]
    assert listed(inactive_since="2026-03-01", plan_type="paid") == []
    assert listed(service_id=other.service_id) == []
    assert names(rest, f"/accounts/{own.account_id}/applications", state="live") == listed()
    assert rest.call("GET", f"/accounts/{other.account_id}/applications.json").status_code == 404
    for wrong in ({"plan_type": "cheap"}, {"active_since": "yesterday"}, {"service_id": "x"}):
        assert rest.call("GET", "/applications.json", params=wrong).status_code == 422


def test_an_application_is_found_as_its_api_names_callers(
    deps: Dependencies, rest: RestClient, acme: NewProvider, buoys: Mapping[str, Any]
) -> None:
    own = acme.sample.application
    with deps.database.read() as db:
        row = db.get_one(Application, own.id)
        key = deps.installation.vault.unseal(row.user_key_sealed)
    mine = f"/accounts/{own.account_id}/applications/find"

    def found(path: str = "/applications/find", **params: Any) -> int | None:
        answer = rest.call("GET", f"{path}.json", params=params)
        return answer.json()["application"]["id"] if answer.status_code == 200 else None

    assert found(user_key=key) == found(mine, user_key=key) == own.id
    assert found(app_id="buoy") == found(mine, app_id="buoy") == buoys["application"]
    assert found(application_id=own.id) == own.id
    assert found(app_id="buoy", service_id=own.service_id) is None
    assert found(app_id=row.application_id) is None  # its API takes user_keys
    assert found() is found(mine) is found(user_key="nobody's") is None
    other = make_provider(deps, "Umbrella").sample.application
    assert found(application_id=other.id) is None


def test_documents_follow_the_way_in_which_an_api_names_callers(
    deps: Dependencies, rest: RestClient, acme: NewProvider, buoys: Mapping[str, Any]
) -> None:
    own = acme.sample.application
    mine = f"/accounts/{own.account_id}/applications"
    sample = rest.json(f"{mine}/{own.id}")["application"]
    buoy = rest.json(f"{mine}/{buoys['application']}")["application"]
    xml = rest.call("GET", f"{mine}/{buoys['application']}.xml").text

    assert sample["enabled"] is True
    assert sample["user_key"]
    assert "application_id" not in sample
    assert (buoy["application_id"], buoy["plan_name"], buoy["service_name"]) == (
        "buoy",
        "Low",
        "Tides",
    )
    assert "user_key" not in buoy
    assert xml.count("<key>") == 1  # its API wants one
    assert '<plan custom="false" default="false"><id>' in xml
    assert "user_account_id" not in buoy
    assert "<user_account_id>" in xml


def test_an_account_is_subscribed_with_its_first_application(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        tides = create_service(work, {"name": "Tides"})
        update_service(work, tides.id, {"referrer_filters_required": True})
        plan = create_plan(work, APPLICATION_PLANS, {"name": "Low"}, tides.id)
    account = f"/accounts/{acme.sample.user.account_id}"
    contracts = f"{account}/service_subscriptions"
    before = rest.json(contracts)["service_subscriptions"]

    bought = rest.call("POST", f"{account}/application_plans/{plan.id}/buy.json")
    given = {"application": {"plan_id": plan.id, "name": "Two"}}
    made = rest.call("POST", f"{account}/applications.json", json=given)
    unknown = rest.call("POST", f"{account}/applications.json", data={"name": "x", "plan_id": "9"})
    missing = rest.call("POST", f"{account}/applications.json", data={"name": "Three"})

    assert (bought.status_code, bought.json()["application_plan"]["name"]) == (201, "Low")
    assert made.status_code == 201
    location = f"{account}/applications/{made.json()['application']['id']}.json"
    assert made.headers["location"].endswith(location)
    assert len(rest.json(contracts)["service_subscriptions"]) == len(before) + 1
    assert unknown.status_code == 404
    assert (missing.status_code, list(missing.json()["errors"])) == (422, ["plan_id"])


def test_a_list_costs_as_many_statements_as_one(
    deps: Dependencies, rest: RestClient, acme: NewProvider, buoys: Mapping[str, Any]
) -> None:
    path = f"/accounts/{acme.sample.user.account_id}/applications"
    for language in ("xml", "json"):
        rest.call("GET", f"{path}.{language}")
        with counted(deps) as one:
            rest.call("GET", f"{path}.{language}", params={"state": "suspended"})
        with deps.database.write() as db:
            work = by(db, staff(acme), deps.installation)
            for number in range(5):
                values = {"name": f"Buoy {language} {number}"}
                account_id = acme.sample.user.account_id or 0
                create_application(work, account_id, buoys["plan"], values)
        with counted(deps) as few:
            rest.call("GET", f"{path}.{language}")
        with deps.database.write() as db:
            work = by(db, staff(acme), deps.installation)
            for number in range(9):
                values = {"name": f"More {language} {number}"}
                create_application(work, account_id, buoys["plan"], values)
        with counted(deps) as many:
            rest.call("GET", f"{path}.{language}")

        assert len(few) == len(many)
        assert len(one) <= len(few)
