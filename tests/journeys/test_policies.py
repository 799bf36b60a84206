"""Policies from the admin's hands to the wire: set, deployed, in force at the gateway."""

from typing import Any

import httpx2 as httpx

from tests.kit.process import Gatehouse, until

SET = """mutation Set($input: ProxyUpdateInput!) {
  proxyUpdate(input: $input) { proxy { policyChain } userErrors { field message } } }"""
FIRST = "{ services(first: 1) { nodes { id } } }"
CHAIN = [
    {"name": "cors", "configuration": {"allow_origin": "https://shop.example"}},
    {"name": "apicast", "configuration": {}},
    {
        "name": "headers",
        "configuration": {"response": [{"op": "set", "header": "X-Shop", "value": "open"}]},
    },
]
PREFLIGHT = {"Origin": "https://shop.example", "Access-Control-Request-Method": "GET"}


def ask(gatehouse: Gatehouse, query: str, **variables: object) -> dict[str, Any]:
    """Ask the admin GraphQL."""
    start = gatehouse.first_start
    answer = httpx.post(
        f"{gatehouse.url}/admin/api/graphql",
        json={"query": query, "variables": variables},
        headers={"Authorization": f"Bearer {start['access_token']}"},
        timeout=30,
    ).json()
    assert "errors" not in answer, answer
    data: dict[str, Any] = answer["data"]
    return data


def test_a_chain_that_is_set_is_in_force_at_the_gateway(gatehouse: Gatehouse) -> None:
    start = gatehouse.first_start
    url, key = f"{start['service']['staging_base_url']}/v1/hello", start["sample"]["user_key"]
    assert httpx.options(url, headers=PREFLIGHT).status_code == 403

    service_id = ask(gatehouse, FIRST)["services"]["nodes"][0]["id"]
    ask(gatehouse, SET, input={"serviceId": service_id, "policyChain": CHAIN})

    until(lambda: httpx.options(url, headers=PREFLIGHT).status_code == 204)
    answer = httpx.get(url, params={"user_key": key}, headers={"Origin": "https://shop.example"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.example"
    assert answer.headers["X-Shop"] == "open"
    assert httpx.get(url).status_code == 403, "credentials are still asked for"
