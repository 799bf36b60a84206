"""What clients of the reference rely on though nobody would design it so. Source: 1.0, 1.3, 1.5."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.rest.routes import routes
from tests.kit.make import make_deps, make_provider
from tests.kit.rest import RestClient, rest_client


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Stand on SQLite alone: no statement here differs."""
    made = make_deps(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def acme(deps: Dependencies) -> NewProvider:
    """Make a provider."""
    return make_provider(deps)


@pytest.fixture
def client(deps: Dependencies, acme: NewProvider) -> Iterator[TestClient]:
    """Talk to the API of the first provider, on a bare host."""
    with TestClient(Starlette(routes=routes(deps)), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def rest(deps: Dependencies, acme: NewProvider) -> Iterator[RestClient]:
    """Talk to the API with the provider's token."""
    with rest_client(deps, acme) as client:
        yield client


ACCOUNTS = "/admin/api/accounts"
NAMELESS = {"org_name": ""}


def basic(user: str, password: str = "") -> dict[str, str]:
    """Write an Authorization header."""
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def test_a_credential_comes_in_any_way_and_a_missing_one_is_403(
    client: TestClient, acme: NewProvider
) -> None:
    token, key = acme.access_token, acme.provider_key

    def get(**more: Any) -> Response:
        return client.request("GET", f"{ACCOUNTS}.json", **more)

    taken = [
        get(headers={"authorization": f"Bearer {token}"}),
        get(headers=basic(token)),
        get(headers=basic("", token)),
        get(headers=basic(key)),
        get(params={"access_token": token}),
        get(params={"provider_key": key}),
        get(json={"access_token": token}),  # a JSON body on GET
        get(data={"access_token": token}),
        get(files={"access_token": (None, token)}),
    ]
    refused = [get(), get(params={"access_token": "x"}), get(headers=basic("", ""))]

    assert [each.status_code for each in taken] == [200] * len(taken)
    assert {each.text for each in refused} == {'{"error":"Access denied"}'}
    assert {each.status_code for each in refused} == {403}
    xml = client.get(f"{ACCOUNTS}.xml")
    assert (xml.status_code, xml.text.partition("?>")[2].strip()) == (
        403,
        "<error>Access denied</error>",
    )


CASES: tuple[tuple[str, str, Any, int, str], ...] = (
    ("PUT", "/accounts/{account}.json", NAMELESS, 422, '{"errors":{"org_name":'),
    ("PUT", "/accounts/{account}.xml", NAMELESS, 422, "<errors><error>Org name "),
    ("PUT", "/accounts/{account}.json", {"account": "x"}, 422, "wrong type"),
    ("PUT", "/accounts/{account}.json", {}, 200, '{"account":{'),
    ("PUT", "/provider.json", {}, 400, "account"),
    ("GET", "/accounts/999999.json", {}, 404, '{"status":"Not found"}'),
    ("GET", "/accounts/999999.xml", {}, 404, ""),
    ("GET", "/accounts.json?per_page=1&page=0", {}, 404, "Not found"),
    ("GET", "/accounts.yaml", {}, 406, ""),
    ("POST", "/accounts/{account}/applications/{app}/keys.json", {}, 201, '{"application":{'),
    (
        "POST",
        "/accounts/{account}/applications/{app}/referrer_filters.xml",
        {"referrer_filter": "ok.example"},
        201,
        "<application>",
    ),
    ("DELETE", "/services/{service}.json", {}, 403, '{"errors":'),
    ("GET", "/services/{service}/proxy/configs/moon.json", {}, 422, "sandbox"),
)


def test_statuses_and_shapes_are_the_references(rest: RestClient, acme: NewProvider) -> None:
    ids = {
        "account": acme.sample.user.account_id,
        "app": acme.sample.application.id,
        "service": acme.sample.service.id,
    }

    for method, path, body, status, text in CASES:
        answer = rest.call(method, path.format(**ids), data=body)

        told = (answer.status_code, text in answer.text)
        assert told == (status, True), f"{method} {path}: {answer.text}"


def test_pages_are_told_of_only_when_there_are_several_and_promotion_keeps_the_number(
    deps: Dependencies, acme: NewProvider
) -> None:
    with rest_client(deps, acme) as rest:
        rest.post("/signup", {"org_name": "Initech", "username": "peter"})
        whole, page = rest.json("/accounts"), rest.json("/accounts", per_page=1, page=2)
        proxy = f"/services/{acme.sample.service.id}/proxy"
        rest.call("PATCH", f"{proxy}.json", json={"error_auth_failed": "No."})
        staged = rest.json(f"{proxy}/configs/sandbox/latest")["proxy_config"]
        promoted = rest.call(
            "POST", f"{proxy}/configs/sandbox/{staged['version']}/promote.json?to=production"
        )
        again = rest.call(
            "POST", f"{proxy}/configs/sandbox/{staged['version']}/promote.json?to=production"
        )

    assert "metadata" not in whole
    assert page["metadata"] == {
        "per_page": 1,
        "total_entries": 2,
        "total_pages": 2,
        "current_page": 2,
    }
    assert promoted.json()["proxy_config"]["version"] == staged["version"] > 1
    assert (promoted.status_code, again.status_code) == (201, 422)
