"""The way of a call: who may, what can be read, which answer."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.accounts.users import create_user
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.domain.provider.providers import Provider
from server.domain.provider.tokens import AccessToken
from server.kit.clock import utc_now
from server.kit.crypto import token_digest
from server.rest.routes import routes
from tests.kit.make import make_provider, staff
from tests.kit.work import by

SIGNUP = "/admin/api/signup"
JSON = {"content-type": "application/json"}


def make_token(
    deps: Dependencies, provider: NewProvider, *, role: str = "admin", **over: Any
) -> str:
    """Make an access token of another staff member."""
    value = f"token of a {role}"
    with deps.database.write() as db:
        user = create_user(
            by(db, staff(provider)),
            None,
            {"username": "another", "email": "another@acme.example", "role": role},
        )
        user.state = "active"
        fields: dict[str, Any] = {"scopes": ["account_management"], "permission": "rw", **over}
        token = AccessToken(
            provider_id=provider.provider.id,
            user_id=user.id,
            name="test",
            digest=token_digest(value),
            hint="",
            **fields,
        )
        db.add(token)
    return value


@pytest.mark.parametrize(
    "credential",
    [
        {},
        {"provider_key": ""},
        {"provider_key": "wrong"},
        {"access_token": "wrong"},
        {"access_token": "\x00"},
        {"access_token": "ü" * 2000},
    ],
)
def test_without_a_valid_credential_access_is_denied(
    client: TestClient, credential: dict[str, str]
) -> None:
    xml = client.post(f"{SIGNUP}.xml", data={"org_name": "x", **credential})
    as_json = client.post(f"{SIGNUP}.json", data={"org_name": "x", **credential})

    assert xml.status_code == as_json.status_code == 403
    assert xml.text.endswith("<error>Access denied</error>")
    assert as_json.json() == {"error": "Access denied"}


@pytest.mark.parametrize(
    "header",
    ["Basic", "Basic !!!", "Basic gA==", "Basic Og==", "Bearer", "Bearer \xe9", "Digest x"],
)
def test_a_broken_authorization_header_is_denied(client: TestClient, header: str) -> None:
    answer = client.post(f"{SIGNUP}.json", headers={b"authorization": header.encode("latin-1")})

    assert answer.status_code == 403


def test_the_credential_of_another_provider_is_denied(
    deps: Dependencies, client: TestClient
) -> None:
    umbrella = make_provider(deps, "Umbrella")

    for credential in (
        {"provider_key": umbrella.provider_key},
        {"access_token": umbrella.access_token},
    ):
        assert client.post(f"{SIGNUP}.json", data=credential).status_code == 403


def test_an_expired_token_is_denied(
    deps: Dependencies, acme: NewProvider, client: TestClient
) -> None:
    token = make_token(deps, acme, expires_at=utc_now() - timedelta(seconds=1))

    answer = client.post(f"{SIGNUP}.json", data={"access_token": token})

    assert (answer.status_code, answer.json()) == (403, {"error": "Access denied"})


@pytest.mark.parametrize("over", [{"permission": "ro"}, {"scopes": ["stats"]}, {"scopes": []}])
def test_a_token_that_is_too_weak_is_told_so(
    deps: Dependencies, acme: NewProvider, client: TestClient, over: dict[str, Any]
) -> None:
    token = make_token(deps, acme, **over)

    answer = client.post(f"{SIGNUP}.json", data={"access_token": token})
    xml = client.post(f"{SIGNUP}.xml", data={"access_token": token})

    assert answer.status_code == xml.status_code == 403
    assert "permissions" in answer.json()["error"]
    assert "permissions</error>" in xml.text


def test_a_user_who_may_not_is_forbidden(
    deps: Dependencies, acme: NewProvider, client: TestClient
) -> None:
    token = make_token(deps, acme, role="member")

    answer = client.post(f"{SIGNUP}.json", data={"access_token": token})
    xml = client.post(f"{SIGNUP}.xml", data={"access_token": token})

    assert (answer.status_code, answer.json()) == (403, {"status": "Forbidden"})
    assert (xml.status_code, xml.content) == (403, b"")


def test_a_read_only_token_reads(deps: Dependencies, acme: NewProvider, client: TestClient) -> None:
    token = make_token(deps, acme, permission="ro")

    answer = client.get(
        f"/admin/api/accounts/{acme.sample.user.account_id}.json", params={"access_token": token}
    )

    assert answer.status_code == 200


def test_a_suspended_provider_answers_403_and_nothing(
    deps: Dependencies, acme: NewProvider, client: TestClient
) -> None:
    with deps.database.write() as db:
        db.get_one(Provider, acme.provider.id).state = "suspended"

    answer = client.post(f"{SIGNUP}.xml", data={"provider_key": acme.provider_key})

    assert (answer.status_code, answer.content) == (403, b"")


@pytest.mark.parametrize(
    ("host", "status"),
    [("acme-admin.localhost", 422), ("acme.localhost", 403), ("nobody-admin.localhost", 404)],
)
def test_the_api_lives_on_the_admin_host(
    deps: Dependencies, acme: NewProvider, host: str, status: int
) -> None:
    with TestClient(Starlette(routes=routes(deps)), base_url=f"http://{host}") as client:
        answer = client.post(f"{SIGNUP}.xml", data={"provider_key": acme.provider_key})

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"{", JSON, 400),
        (b"[]", JSON, 400),
        (b'"text"', JSON, 400),
        (b"\xff\xfe", JSON, 400),
        (b'{"org_name": NaN}', JSON, 400),
        (b'{"org_name": "\\ud800"}', JSON, 400),
        (b'{"a":' * 100_000, JSON, 400),
        (b'{"a":' * 30 + b"1" + b"}" * 30, JSON, 400),
        (b'{"n": ' + b"9" * 5000 + b"}", JSON, 400),
        (b"org_name=%ff", {"content-type": "application/x-www-form-urlencoded"}, 400),
        (b"a=1&a[b]=2", {"content-type": "application/x-www-form-urlencoded"}, 400),
        (b"&".join([b"a=1"] * 501), {"content-type": "application/x-www-form-urlencoded"}, 400),
        (b"x", {"content-type": "multipart/form-data"}, 400),
        (b"x", {"content-type": "multipart/form-data; boundary=b"}, 400),
        (b"x", {"content-type": "multipart/form-data; boundary=b; charset=nope"}, 400),
        (b"<a/>", {"content-type": "application/xml"}, 415),
        (b"x" * 1_048_577, JSON, 413),
        (b"x", {**JSON, "content-length": "99999999999999999999"}, 413),
        (b"x", {**JSON, "content-length": "-1"}, 413),
    ],
)
def test_what_cannot_be_read_is_refused_clearly(
    client: TestClient, content: bytes, headers: dict[str, str], status: int
) -> None:
    answer = client.post(f"{SIGNUP}.xml", content=content, headers=headers)

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.strip()


def test_a_body_without_a_length_is_bounded_too(client: TestClient) -> None:
    answer = client.post(f"{SIGNUP}.xml", content=(b"x" * 65_536 for _ in range(20)), headers=JSON)

    assert answer.status_code == 413


@pytest.mark.parametrize("account_id", ["0", "999999", "x", "-1", "9" * 40, "1 OR 1=1", "%00"])
def test_an_account_that_is_not_there_is_404(
    acme: NewProvider, client: TestClient, account_id: str
) -> None:
    params = {"provider_key": acme.provider_key}

    as_json = client.get(f"/admin/api/accounts/{account_id}.json", params=params)
    xml = client.get(f"/admin/api/accounts/{account_id}", params=params)

    assert (as_json.status_code, as_json.json()) == (404, {"status": "Not found"})
    assert (xml.status_code, xml.content) == (404, b"")


def test_an_account_of_another_provider_looks_like_a_missing_one(
    deps: Dependencies, acme: NewProvider, client: TestClient
) -> None:
    umbrella = make_provider(deps, "Umbrella")

    answer = client.get(
        f"/admin/api/accounts/{umbrella.sample.user.account_id}.json",
        params={"provider_key": acme.provider_key},
    )

    assert (answer.status_code, answer.json()) == (404, {"status": "Not found"})


def test_who_has_the_answer_already_gets_304(acme: NewProvider, client: TestClient) -> None:
    path = f"/admin/api/accounts/{acme.sample.user.account_id}.xml"
    params = {"provider_key": acme.provider_key}
    first = client.get(path, params=params)

    second = client.get(path, params=params, headers={"if-none-match": first.headers["etag"]})

    assert first.status_code == 200
    assert (second.status_code, second.content) == (304, b"")


def test_another_method_is_405(client: TestClient) -> None:
    assert client.get(f"{SIGNUP}.xml").status_code == 405


def test_no_password_ever_leaves(deps: Dependencies, acme: NewProvider, client: TestClient) -> None:
    path = f"/admin/api/accounts/{acme.sample.user.account_id}.xml"

    answer = client.get(path, params={"provider_key": acme.provider_key})

    with deps.database.read() as db:
        password_hash = db.exec(select(User.password_hash).where(User.username == "john")).one()
    assert password_hash not in answer.text
    assert acme.sample.password not in answer.text


def test_credentials_and_filters_come_in_many_ways(acme: NewProvider, client: TestClient) -> None:
    token, key = acme.access_token, acme.provider_key

    def states(**given: Any) -> list[str]:
        answer = client.request("GET", "/admin/api/accounts.json", **given)
        assert answer.status_code == 200, answer.text
        return [each["account"]["state"] for each in answer.json()["accounts"]]

    wanted = {"state": "approved"}
    for way in (
        {"auth": (token, ""), "params": wanted},
        {"auth": ("", token), "params": wanted},
        {"auth": (key, ""), "params": wanted},
        {"headers": {"authorization": f"Bearer {token}"}, "json": wanted},
        {"params": {"access_token": token}, "json": wanted},
        {"json": {"provider_key": key, **wanted}},
        {"params": {"provider_key": key}, "data": wanted},
    ):
        assert states(**way) == ["approved"], way
        other = {
            name: {**value, "state": "rejected"}
            for name, value in way.items()
            if isinstance(value, dict) and "state" in value
        }
        assert states(**{**way, **other}) == [], way
