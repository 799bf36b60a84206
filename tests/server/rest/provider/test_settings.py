"""Switches of the portal as existing clients know them, and whether objects are still there."""

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.graphql.paths import ADMIN_PATH
from tests.kit.graphql import open_client
from tests.kit.make import make_provider
from tests.kit.rest import RestClient

ASKED = "{ settings { publicSearch signupsEnabled changeAccountPlanPermission } }"
KEYS = {
    "useraccountarea_enabled",
    "hide_service",
    "signups_enabled",
    "account_approval_required",
    "public_search",
    "account_plans_ui_visible",
    "change_account_plan_permission",
    "service_plans_ui_visible",
    "change_service_plan_permission",
    "enforce_sso",
}


def test_the_ten_switches_are_told_and_what_is_changed_holds_for_every_face(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    before = rest.json("/settings")["settings"]
    given = {
        "settings": {
            "public_search": "true",
            "signups_enabled": "",
            "account_approval_required": True,
            "change_account_plan_permission": "direct",
            "strong_passwords_enabled": True,
        }
    }

    changed = rest.call("PUT", "/settings.json", json=given)

    assert set(before) == KEYS
    told = {
        "public_search": True,
        "account_approval_required": True,
        "change_account_plan_permission": "direct",
    }
    assert changed.json() == {"settings": {**before, **told}} == rest.json("/settings")
    with open_client(deps, ADMIN_PATH, acme.access_token) as graphql:
        assert graphql.ask(ASKED)["settings"] == {
            "publicSearch": True,
            "signupsEnabled": True,
            "changeAccountPlanPermission": "DIRECT",
        }


def test_what_nothing_stands_behind_is_refused_and_nothing_changes(rest: RestClient) -> None:
    before = rest.json("/settings")

    for given in (
        {"enforce_sso": "true", "public_search": True},
        {"change_service_plan_permission": "card", "public_search": True},
        {"signups_enabled": "perhaps", "public_search": True},
    ):
        refused = rest.call("PUT", "/settings.json", json=given)
        assert (refused.status_code, list(refused.json()["errors"])) == (422, [next(iter(given))])
    assert rest.json("/settings") == before
    assert rest.call("PUT", "/settings.json", json={"enforce_sso": False}).status_code == 200
    assert rest.call("GET", "/settings.xml").status_code == 406


def test_an_object_is_there_until_it_is_deleted(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    account = acme.sample.application.account_id
    theirs = make_provider(deps, "Umbrella").sample

    def status(kind: str, number: object) -> int:
        path = f"/objects/status.json?object_type={kind}&object_id={number}"
        return rest.call("GET", path).status_code

    assert [status(kind, 1) for kind in ("account", "proxy", "service")] == [200, 200, 200]
    assert status("account", theirs.application.account_id) == 404
    assert status("service", theirs.service.id) == 404
    assert status("user", 1) == 403
    assert status("account", "x") == 422
    assert rest.call("DELETE", f"/accounts/{account}.json").status_code == 200
    assert status("account", account) == 404
