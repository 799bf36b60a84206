"""Deployed versions: read as gateways of the reference read them, promoted, told by host."""

import base64

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.provider.hosts import Host
from tests.kit.rest import RestClient

LATEST = "/account/proxy_configs/{}.json?version=latest&page=1&per_page=500"


def test_a_gateway_reads_what_runs_with_its_token_as_user_name(
    rest: RestClient, acme: NewProvider
) -> None:
    basic = base64.b64encode(f"{acme.access_token}:".encode()).decode()
    headers = {"authorization": f"Basic {basic}", "user-agent": "APIcast/3.16.0"}

    answer = rest.call("GET", LATEST.format("staging"), headers=headers)

    (config,) = answer.json()["proxy_configs"]
    content = config["proxy_config"]["content"]
    assert config["proxy_config"]["environment"] == "sandbox"
    assert content["proxy"]["proxy_rules"][0]["metric_system_name"] == "hits"
    assert len(content["backend_authentication_value"]) == 64
    assert "metadata" not in answer.json()


def test_a_host_is_told_what_its_gateway_runs(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    service = acme.sample.service.id
    with deps.database.write() as db:
        own = Host(
            name="api.acme.example.",
            kind="custom",
            environment="production",
            provider_id=acme.provider.id,
            service_id=service,
        )
        db.add(own)
    rest.call("PATCH", f"/services/{service}/proxy.json", json={"auth_user_key": "key"})
    promoted = rest.call(
        "POST",
        f"/services/{service}/proxy/configs/sandbox/2/promote.json",
        json={"to": "production"},
    )
    assert (promoted.status_code, promoted.json()["proxy_config"]["version"]) == (201, 2)
    again = rest.call(
        "POST",
        f"/services/{service}/proxy/configs/sandbox/2/promote.json",
        json={"to": "production"},
    )
    assert again.status_code == 422

    def versions(path: str) -> list[int]:
        found = rest.call("GET", path)
        assert found.status_code == 200, found.text
        return [each["proxy_config"]["version"] for each in found.json()["proxy_configs"]]

    latest = LATEST.format("production")
    assert versions(f"{latest}&host=API.acme.example:8443") == [2]
    assert versions(f"{latest}&host=api.globex.example") == []
    assert versions(f"{LATEST.format('staging')}&host=api.acme.example") == []
    assert versions("/services/proxy/configs/production.json?host=api.acme.example") == [2]
    assert versions("/account/proxy_configs/staging.json") == [1, 2]
    assert versions("/account/proxy_configs/staging.json?version=1") == [1]
    assert versions(f"/services/{service}/proxy/configs/staging.json") == [1, 2]
    assert rest.json(f"/services/{service}/proxy/configs/staging/1")["proxy_config"]["version"] == 1
    for wrong in ("sandbox/2/promote", "production/2/promote"):
        path = f"/services/{service}/proxy/configs/{wrong}.json"
        assert rest.call("POST", path, json={"to": "sandbox"}).status_code == 422
    assert rest.call("GET", "/account/proxy_configs/x.json").status_code == 422
    assert rest.call("GET", "/account/proxy_configs/staging.json?version=x").status_code == 422


def test_the_address_of_a_gateway_is_not_silently_kept(rest: RestClient, acme: NewProvider) -> None:
    proxy = f"/services/{acme.sample.service.id}/proxy.json"
    told = rest.call("GET", proxy).json()["proxy"]

    same = rest.call("PATCH", proxy, json={"proxy": {"endpoint": told["endpoint"]}})
    other = rest.call("PATCH", proxy, json={"proxy": {"endpoint": "https://x.example:443"}})

    assert same.status_code == 200
    assert list(other.json()["errors"]) == ["endpoint"]
    copied = rest.call("PUT", proxy, json={"auth_user_key": "a", "lock_version": 99})
    assert copied.json()["proxy"]["lock_version"] == told["lock_version"] + 1


def test_all_that_gateways_run_is_told_at_once(rest: RestClient, acme: NewProvider) -> None:
    spec = rest.json("/nginx/spec")

    assert spec["id"] == acme.provider.id
    assert [each["id"] for each in spec["services"]] == [acme.sample.service.id]
    assert spec["provider_key"]
    assert rest.json("/policies")["headers"][0]["version"] == "builtin"
