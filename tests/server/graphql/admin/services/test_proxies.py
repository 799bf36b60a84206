"""The provider's way from a new service to production, and back."""

from server.actions.provider.providers import NewProvider
from tests.kit.graphql import Client


def test_a_service_is_set_up_deployed_promoted_and_rolled_back(admin: Client) -> None:
    made = admin.do(
        "serviceCreate",
        {"name": "Weather"},
        "service { id metrics(first: 1) { nodes { id } } }",
    )["service"]
    service, hits = made["id"], made["metrics"]["nodes"][0]["id"]
    method = admin.do("methodCreate", {"metricId": hits, "friendlyName": "Today"}, "metric { id }")
    rule = {
        "serviceId": service,
        "metricId": method["metric"]["id"],
        "httpMethod": "GET",
        "pattern": "/today",
    }
    assert admin.do("mappingRuleCreate", rule)["userErrors"] == []
    given = {"serviceId": service, "apiTestPath": "/today", "clientMutationId": "7"}

    deployed = admin.do(
        "proxyUpdate",
        given,
        "clientMutationId proxy { apiTestSuccess apiTestStatus } proxyConfig { version }",
    )
    first = admin.do("proxyPromote", {"serviceId": service}, "proxyConfig { environment version }")
    admin.do("proxyUpdate", {"serviceId": service, "apiTestPath": "/tomorrow"})
    admin.do("proxyPromote", {"serviceId": service})
    back = admin.do("proxyPromote", {"serviceId": service, "version": 2}, "proxyConfig { version }")
    query = "query($s: ID!) { proxyConfigDiff(serviceId: $s, fromVersion: 2, toVersion: 3) }"
    diff = admin.ask(query, s=service)["proxyConfigDiff"]

    assert deployed["proxy"] == {"apiTestSuccess": True, "apiTestStatus": 200}
    assert (deployed["proxyConfig"]["version"], deployed["clientMutationId"]) == (2, "7"), (
        "a new service is version 1"
    )
    assert first["proxyConfig"] == {"environment": "PRODUCTION", "version": 2}
    assert back["proxyConfig"] == {"version": 2}
    assert any("/tomorrow" in line for line in diff if line.startswith("+"))


def test_a_refused_mutation_rolls_back_only_itself(admin: Client, acme: NewProvider) -> None:
    answer = admin.ask(
        """mutation {
          good: settingsUpdate(input: {signupsEnabled: false}) { settings { signupsEnabled } }
          bad: serviceCreate(input: {name: ""}) { service { id } userErrors { code field } }
          last: settingsUpdate(input: {multipleApplications: false}) {
            settings { signupsEnabled multipleApplications } } }"""
    )

    assert answer["bad"] == {
        "service": None,
        "userErrors": [{"code": "BLANK", "field": ["name"]}],
    }
    assert answer["last"]["settings"] == {"signupsEnabled": False, "multipleApplications": False}


def test_a_state_conflict_tells_state_and_event(admin: Client) -> None:
    account = admin.ask("{ accounts(first: 1) { nodes { id } } }")["accounts"]["nodes"][0]["id"]
    query = """mutation($i: IdInput!) { accountApprove(input: $i) {
      userErrors { __typename code ... on StateConflict { state event } } } }"""

    errors = admin.ask(query, i={"id": account})["accountApprove"]["userErrors"]

    assert errors == [
        {
            "__typename": "StateConflict",
            "code": "STATE_CONFLICT",
            "state": "approved",
            "event": "approve",
        }
    ]
