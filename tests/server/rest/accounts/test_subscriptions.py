"""Subscriptions and account plans by REST, as the reference has them."""

import pytest

from server.actions.plans.plans import ACCOUNT_PLANS, SERVICE_PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service
from server.auth.dependencies import Dependencies
from tests.kit.make import staff
from tests.kit.rest import RestClient
from tests.kit.work import by


@pytest.fixture
def plans(deps: Dependencies, acme: NewProvider) -> dict[str, int]:
    """Make an API with two service plans, one of which waits for approval."""
    with deps.database.write() as db:
        work = by(db, staff(acme))
        tides = create_service(work, {"name": "Tides"}).id
        slow = {"name": "Slow", "approval_required": True}
        return {
            "slow": create_plan(work, SERVICE_PLANS, slow, tides).id,
            "fast": create_plan(work, SERVICE_PLANS, {"name": "Fast"}, tides).id,
            "silver": create_plan(work, ACCOUNT_PLANS, {"name": "Silver"}).id,
        }


def test_a_subscription_is_made_approved_moved_and_ended(
    rest: RestClient, acme: NewProvider, plans: dict[str, int]
) -> None:
    account = f"/accounts/{acme.sample.user.account_id}"
    home = f"{account}/service_subscriptions"
    made = rest.call("POST", f"{home}.json", data={"plan_id": str(plans["slow"])})
    assert (made.status_code, made.json()["service_subscription"]["state"]) == (201, "pending")
    own = f"{home}/{made.json()['service_subscription']['id']}"

    approved = rest.call("PUT", f"{own}/approve.json").json()["service_subscription"]
    data = {"plan_id": str(plans["fast"])}
    moved = rest.call("PUT", f"{own}/change_plan.json", data=data).json()["service_plan"]
    old = rest.call("GET", f"{account}/service_contracts.xml")
    mine = rest.json(f"{account}/service_plans")["plans"]
    gone = rest.call("DELETE", f"{own}.json")

    assert (approved["state"], moved["name"]) == ("live", "Fast")
    assert b"<service_contract>" in old.content
    assert len(mine) == 2
    assert gone.status_code == 200
    assert rest.call("GET", f"{own}.json").status_code == 404


def test_a_service_plan_is_bought(
    rest: RestClient, acme: NewProvider, plans: dict[str, int]
) -> None:
    account = f"/accounts/{acme.sample.user.account_id}"

    bought = rest.call("POST", f"{account}/service_plans/{plans['fast']}/buy.json")
    again = rest.call("POST", f"{account}/service_plans/{plans['slow']}/buy.json")

    assert (bought.status_code, bought.json()["service_plan"]["name"]) == (201, "Fast")
    assert again.status_code == 422


def test_an_account_moves_to_another_plan(
    rest: RestClient, acme: NewProvider, plans: dict[str, int]
) -> None:
    account = f"/accounts/{acme.sample.user.account_id}"
    data = {"plan_id": str(plans["silver"])}

    moved = rest.call("PUT", f"{account}/change_plan.json", data=data)

    assert moved.json()["account_plan"]["name"] == "Silver"
    assert rest.json(f"{account}/plan")["account_plan"]["name"] == "Silver"
