"""Applications in the provider's schema: filters, sorting, keys, wishes for plans."""

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.graphql import Client
from tests.server.graphql.steps import known_to_provider


def test_lists_are_narrowed_sorted_and_counted(
    deps: Dependencies, acme: NewProvider, admin: Client
) -> None:
    known = known_to_provider(deps, acme)

    def names(arguments: str) -> list[str]:
        query = f"{{ applications(first: 9, {arguments}) {{ totalCount nodes {{ name }} }} }}"
        found = admin.ask(query)["applications"]
        assert found["totalCount"] == len(found["nodes"])
        return [node["name"] for node in found["nodes"]]

    assert names("state: PENDING") == ["waiting"]
    assert names("wantsPlan: true, sort: NAME") == ["hoping", "wishing"]
    assert names('search: "wish"') == ["wishing"]
    assert names("sort: NEWEST")[0] == "hoping"
    assert names(f'planId: "{known["wanted"]}"') == []


def test_an_application_is_found_by_its_key(admin: Client) -> None:
    key = admin.ask("{ applications(first: 1) { nodes { userKey } } }")
    key = key["applications"]["nodes"][0]["userKey"]
    query = "query($key: String!) { applicationsByKey(key: $key) { name } }"

    assert admin.ask(query, key=key)["applicationsByKey"] == [{"name": "Developer's App"}]
    assert admin.ask(query, key="nobodys")["applicationsByKey"] == []


def test_accounts_are_narrowed_by_plan_and_api(admin: Client) -> None:
    service = admin.ask("{ services(first: 1) { nodes { id } } }")["services"]["nodes"][0]["id"]
    query = "query($id: ID!) { accounts(first: 9, serviceId: $id, sort: NAME) { totalCount } }"

    assert admin.ask(query, id=service)["accounts"]["totalCount"] == 1
    wrong = admin.codes('{ accounts(first: 9, planId: "x") { totalCount } }')
    assert wrong == ["NOT_FOUND"]


def test_a_wish_is_shown_and_answered_once(
    deps: Dependencies, acme: NewProvider, admin: Client
) -> None:
    known = known_to_provider(deps, acme)
    query = "query($id: ID!) { application(id: $id) { wantedPlan { id } } }"
    shown = admin.ask(query, id=known["hoping"])["application"]
    assert shown == {"wantedPlan": {"id": known["wanted"]}}

    given = {"id": known["hoping"]}
    assert not admin.do("applicationRefusePlanRequest: IdInput", given)["userErrors"]
    again = admin.do("applicationRefusePlanRequest: IdInput", given)["userErrors"]

    assert [error["code"] for error in again] == ["CONFLICT"]
    assert admin.ask(query, id=known["hoping"])["application"] == {"wantedPlan": None}
