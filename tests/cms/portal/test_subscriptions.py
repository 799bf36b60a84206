"""Subscribing to an API and changing plans, on the pages of the portal."""

import pytest
from sqlmodel import select

from server.actions.plans.plans import ACCOUNT_PLANS, SERVICE_PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.services.services import create_service
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import ServiceContract
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

LIST, NEW, PLANS = "/admin/services", "/admin/service_contracts", "/admin/account/account_plans"
FIELD = "service_contract[plan_id]"


@pytest.fixture
def offered(deps: Dependencies, acme: NewProvider) -> dict[str, int]:
    """Show plans, of an API that nobody is subscribed to."""
    with deps.database.write() as db:
        work = by(db, staff(acme))
        shown = {"service_plans_ui_visible": True, "account_plans_ui_visible": True}
        direct = {"change_account_plan_permission": "direct"}
        update_settings(work, {**shown, **direct})
        tides = create_service(work, {"name": "Tides"}).id
        return {
            "tides": tides,
            **{
                name: create_plan(work, SERVICE_PLANS, {"name": name}, tides, published=True).id
                for name in ("Low", "High")
            },
            "Silver": create_plan(work, ACCOUNT_PLANS, {"name": "Silver"}, published=True).id,
        }


def test_one_subscribes_changes_the_plan_and_unsubscribes(
    deps: Dependencies, acme: NewProvider, browser: Browser, offered: dict[str, int]
) -> None:
    browser.log_in_john(acme)
    form = f"{NEW}/new?service_id={offered['tides']}"
    assert form in browser.page(LIST)
    assert "Low" in browser.open(form).text

    made = browser.follow(browser.send(NEW, {FIELD: str(offered["Low"])}, page=form))
    with deps.database.read() as db:
        query = select(ServiceContract.id).where(ServiceContract.service_id == offered["tides"])
        own = f"{NEW}/{db.exec(query).one()}"
    change = {"_method": "put", FIELD: str(offered["High"])}
    asked = browser.follow(browser.send(own, change, page=form))
    gone = browser.follow(browser.send(own, {"_method": "delete"}, page=form))

    assert "You are subscribed to Tides. You may create applications." in made
    assert "The provider is asked." in asked
    assert "You asked for the plan High." in asked
    assert "You are not subscribed to Tides any more." in gone


def test_a_refused_subscription_shows_its_form_again(
    acme: NewProvider, browser: Browser, offered: dict[str, int]
) -> None:
    browser.log_in_john(acme)
    form = f"{NEW}/new?service_id={offered['tides']}"

    answer = browser.send(NEW, {"service_id": str(offered["tides"])}, page=form)

    assert answer.status_code == 422
    assert "Must be one of the plans below." in answer.text


def test_an_account_moves_to_another_plan(
    acme: NewProvider, browser: Browser, offered: dict[str, int]
) -> None:
    browser.log_in_john(acme)
    form = {"_method": "put", "plan_id": str(offered["Silver"])}

    moved = browser.follow(browser.send("/buyer/account_contract", form, page=PLANS))

    assert "Your account is on the plan Silver now." in moved
    again = browser.send(f"{PLANS}/{offered['Silver']}/change", {}, page=PLANS)
    assert again.headers["location"] == PLANS


def test_where_plans_are_hidden_there_is_nothing_to_see_or_send(
    deps: Dependencies, acme: NewProvider, browser: Browser, offered: dict[str, int]
) -> None:
    browser.log_in_john(acme)
    with deps.database.write() as db:
        hidden = {"service_plans_ui_visible": False, "account_plans_ui_visible": False}
        update_settings(by(db, staff(acme)), hidden)

    seen = [browser.get(path).status_code for path in (LIST, f"{NEW}/new", PLANS)]
    sent = browser.send(NEW, {FIELD: str(offered["Low"])}, page="/admin/account/edit")

    assert seen == [404, 404, 404]
    assert sent.status_code in {403, 404}
    assert "/admin/services" not in browser.page("/admin")
