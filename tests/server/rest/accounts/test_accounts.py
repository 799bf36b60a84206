"""Accounts: found, listed, changed, moved between states, deleted."""

from typing import Any

import pytest
from lxml import etree

from server.actions.provider.field_definitions import FIELD_DEFINITIONS
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from tests.kit.make import make_provider, staff
from tests.kit.rest import RestClient
from tests.kit.work import by


def person(name: str) -> dict[str, Any]:
    """Make the fields of a signup."""
    return {
        "org_name": name.title(),
        "username": name,
        "email": f"{name}@example.com",
        "password": "correct horse battery",
    }


def where(acme: NewProvider) -> str:
    """Tell the path of the sample developer's account."""
    return f"/accounts/{acme.sample.user.account_id}"


def test_xml_nests_plans_and_users_and_json_does_not(rest: RestClient, acme: NewProvider) -> None:
    xml = etree.fromstring(rest.call("GET", f"{where(acme)}.xml").content)
    json = rest.json(where(acme))["account"]

    assert [each.findtext("type") for each in xml.find("plans")] == [
        "account_plan",
        "service_plan",
        "application_plan",
    ]
    assert [each.attrib["custom"] for each in xml.find("plans")] == ["false"] * 3
    assert [each.findtext("username") for each in xml.find("users")] == ["john"]
    assert not {"plans", "users"} & set(json)
    assert [link["rel"] for link in json["links"]] == ["self", "users"]


def test_an_extra_field_hides_none_of_ours(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    with deps.database.write() as db:
        field = {"target": "account", "name": "colour", "label": "Colour"}
        FIELD_DEFINITIONS.create(by(db, staff(acme)), field)
        account = db.get_one(Account, acme.sample.user.account_id)
        account.extra_fields = {"colour": ["red", "blue"], "state": "free", "links": []}

    xml = etree.fromstring(rest.call("GET", f"{where(acme)}.xml").content)
    json = rest.json(where(acme))["account"]

    assert [each.text for each in xml.findall("extra_fields/colour")] == ["red", "blue"]
    assert xml.findtext("state") == json["state"] == "approved"
    assert json["colour"] == ["red", "blue"]
    assert json["links"]


def test_a_list_is_narrowed_by_state(rest: RestClient, acme: NewProvider) -> None:
    made = rest.post("/signup", person("peter"))
    rest.call("PUT", f"/accounts/{made['account']['id']}/reject.xml")

    rejected = rest.json("/accounts", state="rejected")["accounts"]

    assert [each["account"]["org_name"] for each in rejected] == ["Peter"]
    assert rest.json("/accounts", state="nonsense")["accounts"] == []
    assert len(rest.json("/accounts", state="")["accounts"]) == 2


def test_an_account_is_found_by_its_user(rest: RestClient, acme: NewProvider) -> None:
    made = rest.post("/signup", person("peter"))
    user = acme.sample.user

    for key in ({"username": "peter"}, {"email": "PETER@example.com"}):
        assert rest.json("/accounts/find", **key) == made
    by_id = rest.json("/accounts/find", user_id=user.id)
    first = rest.json("/accounts/find", username="peter", user_id=user.id, email=user.email)
    assert by_id["account"]["id"] == user.account_id
    assert first == made


@pytest.mark.parametrize(
    "key", [{}, {"username": "nobody"}, {"user_id": "x"}, {"user_id": "9" * 40}, {"email": ""}]
)
def test_who_is_not_found_is_404(deps: Dependencies, rest: RestClient, key: dict[str, str]) -> None:
    make_provider(deps, "Umbrella")
    rest.post("/signup", {"org_name": "No mail", "username": "silent"})

    assert rest.call("GET", "/accounts/find.json", params=key).status_code == 404


def test_staff_and_strangers_are_not_found(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    theirs = make_provider(deps, "Umbrella").sample.user

    for key in ({"username": acme.admin.username}, {"user_id": theirs.id}):
        assert rest.call("GET", "/accounts/find.json", params=key).status_code == 404


def test_a_name_is_changed_wrapped_or_not(rest: RestClient, acme: NewProvider) -> None:
    flat = rest.call("PUT", f"{where(acme)}.json", data={"org_name": "Flat"})
    wrapped = rest.call("PATCH", f"{where(acme)}.xml", json={"account": {"org_name": "Wrapped"}})

    assert flat.json()["account"]["org_name"] == "Flat"
    assert etree.fromstring(wrapped.content).findtext("org_name") == "Wrapped"
    assert rest.call("PUT", f"{where(acme)}.json", data={"org_name": ""}).status_code == 422


def test_states_follow_their_machine(rest: RestClient, acme: NewProvider) -> None:
    moves = [("reject", "rejected"), ("make_pending", "pending"), ("approve", "approved")]

    for verb, state in moves:
        answer = rest.call("PUT", f"{where(acme)}/{verb}.json")
        assert answer.json()["account"]["state"] == state

    again = rest.call("PUT", f"{where(acme)}/approve.json")
    assert (again.status_code, list(again.json()["errors"])) == (422, ["state"])


def test_a_deleted_account_is_gone_with_its_users_and_applications(
    rest: RestClient, acme: NewProvider
) -> None:
    answer = rest.call("DELETE", f"{where(acme)}.json")

    assert (answer.status_code, answer.content) == (200, b"")
    assert rest.call("GET", f"{where(acme)}.json").status_code == 404
    assert rest.call("GET", "/accounts/find.json?username=john").status_code == 404
    assert rest.json("/accounts") == {"accounts": []}
    assert rest.post("/signup", person("john"))["account"]["state"] == "approved"
