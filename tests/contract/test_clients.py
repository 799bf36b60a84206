"""What clients of the reference send is taken as they send it, and nothing of it is passed over.

Source: reference-portal 1.0 to 1.6.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.rest.registry import OPERATIONS
from tests.kit.make import make_deps, make_provider
from tests.kit.rest import RestClient, hits_of, rest_client

FRESH = "a few words in a row"


@pytest.fixture(scope="module")
def deps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dependencies]:
    """Stand on SQLite alone: no statement here differs."""
    made = make_deps(tmp_path_factory.mktemp("clients"))
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def acme(deps: Dependencies) -> NewProvider:
    """Make a provider."""
    return make_provider(deps)


@pytest.fixture(scope="module")
def rest(deps: Dependencies, acme: NewProvider) -> Iterator[RestClient]:
    """Talk to the API with the provider's token."""
    with rest_client(deps, acme) as client:
        yield client


def token_of(rest: RestClient, *scopes: str, permission: str = "rw") -> str:
    """Make another token of the admin's."""
    given = {"name": "other", "scopes": list(scopes), "permission": permission}
    value: str = rest.post("/personal/access_tokens", given)["access_token"]["value"]
    return value


def by(rest: RestClient, token: str) -> dict[str, Any]:
    """Call with another token."""
    return {"headers": {"authorization": f"Bearer {token}"}}


def errors(answer: Any) -> set[str]:
    """Name the parameters that an answer of 422 finds fault with."""
    assert answer.status_code == 422, answer.text
    return set(answer.json()["errors"])


def test_objects_come_wrapped_as_the_references_own_clients_wrap_them(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    service, plan = acme.sample.service.id, acme.sample.application.plan_id
    metrics, hits = f"/services/{service}/metrics", hits_of(deps, acme)
    backend = {"backend_api": {"name": "B", "private_endpoint": "https://b.example"}}
    backend_id = rest.post("/backend_apis", backend)["backend_api"]["id"]
    methods = f"/backend_apis/{backend_id}/metrics"
    of_backend = rest.json(methods)["metrics"][0]["metric"]["id"]
    limits = f"/application_plans/{plan}/metrics/{hits}/limits"
    document = {"name": "D", "body": '{"swagger": "2.0"}', "skip_swagger_validations": True}
    made: dict[str, tuple[dict[str, Any], str]] = {
        f"{metrics}/{hits}/methods": ({"metric": {"friendly_name": "List"}}, "method"),
        f"{methods}/{of_backend}/methods": ({"metric": {"friendly_name": "Get"}}, "method"),
        limits: ({"usage_limit": {"period": "year", "value": 7}}, "limit"),
        f"/services/{service}/backend_usages": (
            {"backend_api_config": {"backend_api_id": backend_id, "path": "/b"}},
            "backend_usage",
        ),
        "/active_docs": ({"api_docs_service": document}, "api_doc"),
    }

    rows = {path: rest.post(path, given)[root] for path, (given, root) in made.items()}

    assert rows[limits]["value"] == 7
    for path, row in rows.items():
        (given, root) = made[path]
        ((wrapper, _),) = given.items()
        word = {"limit": "value", "backend_usage": "path"}.get(root, "description")
        changes = {wrapper: {word: 9 if word == "value" else "/nine"}}
        answer = rest.call("PUT", f"{path}/{row['id']}.json", json=changes)
        assert answer.json()[root].get(word, "/nine") in {9, "/nine"}, answer.text
    hook = rest.call("PUT", "/webhooks.json", json={"web_hook": {"user_created_on": "true"}})
    assert hook.json()["webhook"]["user_created_on"]


def test_what_is_said_of_a_user_is_stored_at_once_or_refused_by_name(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    users = f"/accounts/{acme.sample.user.account_id}/users"
    for name in ("job_role", "team"):
        rest.post("/fields_definitions", {"target": "User", "name": name, "label": name})
    named = {"username": "rita", "email": "rita@x.example", "job_role": "lead", "team": "red"}
    rita = rest.post(users, named)["user"]
    own = f"{users}/{rita['id']}.json"

    def digest(user_id: int) -> str | None:
        with deps.database.read() as db:
            return db.get_one(User, user_id).password_hash

    changed = rest.call("PUT", own, data={"team": "blue", "password": FRESH}).json()["user"]
    was = digest(rita["id"])
    kept = rest.call("PUT", own, data={"password": "", "extra_fields[team]": "green"})
    wrong = rest.call("PUT", own, data={"password": "short", "email": "no"})

    assert (rita["job_role"], rita["team"], changed["team"]) == ("lead", "red", "blue")
    assert kept.json()["user"]["team"] == "green"
    assert errors(wrong) == {"password", "email"}
    assert was is not None
    assert digest(rita["id"]) == was
    # One's own side is not taken over by whoever has found a token.
    staff, admin = f"/users/{acme.admin.id}.json", digest(acme.admin.id)
    assert rest.call("PUT", staff, data={"password": FRESH}).status_code == 403
    assert digest(acme.admin.id) == admin
    member = rest.post("/users", {"username": "moe", "email": "mo@x.example"})["user"]["id"]
    key = {"headers": {"authorization": ""}, "params": {"provider_key": acme.provider_key}}
    answer = rest.call("PUT", f"/users/{member}.json", data={"password": FRESH}, **key)
    assert answer.status_code == 200
    assert digest(member) is not None
    bounds = {"allowed_service_ids": [999999]}
    assert errors(rest.call("PUT", f"/users/{member}/permissions.json", json=bounds)) == {
        "allowed_service_ids"
    }


def test_a_step_that_is_not_possible_is_told_as_the_reference_tells_it(
    rest: RestClient, acme: NewProvider
) -> None:
    john = f"/accounts/{acme.sample.user.account_id}/users/{acme.sample.user.id}"

    assert rest.call("PUT", f"{john}/unsuspend.json").json() == {
        "errors": {"state": ["can't unsuspend while it is active."]}
    }
    assert rest.call("PUT", f"{john}/suspend.json").status_code == 200
    again = rest.call("PUT", f"{john}/suspend.json").json()["error"]
    assert (again["from"], again["event"], again["object"]) == ("suspended", "suspend", "User")
    assert rest.call("PUT", f"{john}/unsuspend.json").status_code == 200


def test_what_is_made_is_201_and_what_is_not_there_404(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    account, plan = acme.sample.user.account_id, acme.sample.application.plan_id
    sent = rest.call("POST", f"/accounts/{account}/messages.json", data={"body": "Hi"})
    below = f"/application_plans/{plan}/metrics/999999"

    made = {each.path for each in OPERATIONS if each.method == "POST"}
    told = {path for path in made for each in OPERATIONS if "201" in each.answer.described()}
    assert told == made
    assert (sent.status_code, "location" in sent.headers) == (201, False)
    for path in (f"{below}/limits", f"{below}/pricing_rules"):
        assert rest.call("GET", f"{path}.json").status_code == 404
    limits = f"/application_plans/{plan}/metrics/{hits_of(deps, acme)}/limits"
    limit = rest.post(limits, {"period": "week", "value": 3})["limit"]["id"]
    one = f"{limits}/{limit}.json"
    same = rest.call("PUT", one, data={"period": "week", "value": "4"})
    assert same.json()["limit"]["value"] == 4
    assert errors(rest.call("PUT", one, data={"period": "day"})) == {"period"}
    levels = {"notification_settings": {"web_buyer": [51]}}
    service = f"/services/{acme.sample.service.id}.json"
    assert errors(rest.call("PUT", service, json=levels)) == {"notification_settings"}
    first = "2025-01-02T03:04:05Z"
    application = f"/accounts/{account}/applications/{acme.sample.application.id}.json"
    changed = rest.call("PUT", application, data={"first_traffic_at": first})
    assert changed.json()["application"]["first_traffic_at"] == first


def test_tokens_reach_what_their_scope_is_for(rest: RestClient, acme: NewProvider) -> None:
    management = by(rest, token_of(rest, "account_management"))
    registry = by(rest, token_of(rest, "policy_registry"))
    reading = by(rest, token_of(rest, "account_management", permission="ro"))
    backend = {"name": "There", "private_endpoint": "https://there.example"}
    backend_id = rest.post("/backend_apis", backend)["backend_api"]["id"]

    def status(path: str, caller: dict[str, Any], **params: Any) -> int:
        return rest.call("GET", f"{path}.json", params=params, **caller).status_code

    assert status("/registry/policies", management) == 403
    assert status("/registry/policies", registry) == 200
    assert status("/accounts", registry) == 403
    there = {"object_type": "backend_api", "object_id": backend_id}
    assert status("/objects/status", reading, **there) == 200
    assert rest.call("DELETE", f"/backend_apis/{backend_id}.json").status_code == 200
    assert status("/objects/status", reading, **there) == 404


def test_logins_show_every_field_of_the_reference(rest: RestClient) -> None:
    path, secret = "/authentication_providers", {"client_id": "c", "client_secret": "s"}
    realm = "https://id.example/realms/a"

    hub = rest.post(path, {**secret, "kind": "github"})["authentication_provider"]
    cloak = rest.post(path, {**secret, "kind": "keycloak", "site": realm})[
        "authentication_provider"
    ]
    other = rest.post(path, {**secret, "kind": "oidc", "site": "https://o.example"})[
        "authentication_provider"
    ]

    assert (hub["name"], hub["branding_state"]) == ("GitHub", "custom_branded")
    assert hub["user_info_url"] == "https://api.github.com/user"
    assert cloak["token_url"] == f"{realm}/protocol/openid-connect/token"
    assert (cloak["branding_state"], cloak["skip_ssl_certificate_verification"]) == (None, False)
    assert [other[name] for name in ("token_url", "authorize_url", "user_info_url")] == [None] * 3


def test_answers_tell_what_clients_go_by(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    service, hits = acme.sample.service.id, hits_of(deps, acme)
    method = rest.post(f"/services/{service}/metrics/{hits}/methods", {"friendly_name": "Sort"})
    metrics = rest.json(f"/services/{service}/metrics")["metrics"]
    parents = {each["metric"]["id"]: each["metric"].get("parent_id") for each in metrics}
    made = rest.post("/services", {"name": "Open", "backend_version": "oidc"})["service"]
    xml = rest.call("GET", f"/services/{made['id']}.xml").text
    plan = rest.json("/account_plans")["plans"][0]["account_plan"]
    account = rest.json(f"/accounts/{acme.sample.user.account_id}")["account"]
    own = rest.json("/provider")["account"]
    reading = by(rest, token_of(rest, "account_management", permission="ro"))
    seen = rest.call("GET", "/provider.json", **reading).json()["account"]

    # Methods are among the metrics; those who read the list tell them apart by this.
    assert (parents[method["method"]["id"]], parents[hits]) == (hits, None)
    assert made["backend_version"] == "oidc"
    assert "<backend_version>oidc</backend_version>" in xml
    assert plan["trial_period_days"] == 0
    assert plan["created_at"] <= plan["updated_at"]
    assert {each["rel"] for each in made["links"]} >= {"service_plans", "features", "metrics"}
    assert {each["rel"] for each in account["links"]} == {"self", "users"}
    # An open portal has an empty code, which is not the same as one that is not told.
    assert (own["site_access_code"], "site_access_code" in seen) == ("", False)


def test_what_is_read_can_be_sent_back_as_it_is(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    service, account = acme.sample.service.id, acme.sample.user.account_id
    plan, hits = acme.sample.application.plan_id, hits_of(deps, acme)
    limits = f"/application_plans/{plan}/metrics/{hits}/limits"
    limit = rest.post(limits, {"period": "eternity", "value": 9})["limit"]["id"]
    rule = rest.json(f"/services/{service}/proxy/mapping_rules")["mapping_rules"][0]
    moving = {"updated_at", "deployed_at", "lock_version"}

    for path in (
        f"/services/{service}",
        f"/services/{service}/proxy",
        f"/services/{service}/proxy/oidc_configuration",
        f"/services/{service}/proxy/mapping_rules/{rule['mapping_rule']['id']}",
        f"/services/{service}/metrics/{hits}",
        f"/services/{service}/application_plans/{plan}",
        f"{limits}/{limit}",
        f"/accounts/{account}",
        f"/accounts/{account}/users/{acme.sample.user.id}",
        f"/accounts/{account}/applications/{acme.sample.application.id}",
        "/settings",
        "/provider",
    ):
        read = rest.json(path)
        ((root, was),) = read.items()
        for body in (read, was):  # wrapped, and flat
            answer = rest.call("PUT", f"{path}.json", json=body)
            assert answer.status_code == 200, (path, answer.text)
            now = answer.json()[root]
            assert {key: now[key] for key in set(now) - moving} == {
                key: was[key] for key in set(was) - moving
            }, path
    # So is a copy made: of another's proxy, with the version that it had there.
    copy = {**rest.json(f"/services/{service}")["service"], "name": "Copy", "system_name": "copy"}
    made = rest.post("/services", {"service": copy})["service"]["id"]
    proxy = rest.json(f"/services/{service}/proxy")["proxy"]
    proxy = {name: proxy[name] for name in set(proxy) - {"endpoint", "sandbox_endpoint"}}
    sent = {"proxy": {**proxy, "lock_version": 77}}
    assert rest.call("PATCH", f"/services/{made}/proxy.json", json=sent).status_code == 200
