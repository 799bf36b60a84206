"""How the endpoint speaks HTTP."""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.graphql.routes import routes
from server.web.cookies import ADMIN as ADMIN_PORTAL
from tests.kit.graphql import Client, open_client
from tests.kit.logins import logged_in
from tests.kit.services import NODE, free_port

HERE = Path(__file__).parent
ADMIN = "/admin/api/graphql"
GRAPHQL_JSON = "application/graphql-response+json"
AUDITS = 61


@pytest.fixture
def server(deps: Dependencies, acme: NewProvider) -> Iterator[str]:
    """Serve both faces on a real socket."""
    config = uvicorn.Config(
        Starlette(routes=routes(deps)), port=free_port(), log_config=None, lifespan="off"
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run)
    thread.start()
    deadline_s = time.monotonic() + 10
    while not running.started and time.monotonic() < deadline_s:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{config.port}"
    running.should_exit = True
    thread.join(10)


def audits_of(url: str, authorization: str = "") -> list[dict[str, Any]]:
    command = [*NODE, str(HERE / "audit.mjs"), url, authorization]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results


@pytest.mark.parametrize("path", [ADMIN, "/graphql"])
def test_all_server_audits_of_graphql_http_are_ok(
    server: str, acme: NewProvider, path: str
) -> None:
    authorization = f"Bearer {acme.access_token}" if path == ADMIN else ""

    results = audits_of(f"{server}{path}", authorization)

    assert len(results) == AUDITS
    assert [result for result in results if result["status"] != "ok"] == []


def test_nobody_gets_into_the_admin_face_without_credentials(
    deps: Dependencies, acme: NewProvider
) -> None:
    with open_client(deps, ADMIN) as client:
        answer = client.send("{ __typename }")
    with open_client(deps, ADMIN, "wrong") as client:
        wrong = client.send("{ __typename }")

    assert answer.status_code == wrong.status_code == 401
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert "Bearer" in answer.headers["www-authenticate"]


def test_a_field_that_wants_a_login_is_401_for_a_visitor(visitor: Client) -> None:
    body = {"query": "{ account { orgName } applications(first: 1) { totalCount } }"}

    answer = visitor.http.post("/graphql", json=body, headers={"accept": GRAPHQL_JSON})
    plain = visitor.http.post("/graphql", json=body)

    assert (answer.status_code, plain.status_code) == (401, 200)
    assert {e["extensions"]["code"] for e in plain.json()["errors"]} == {"UNAUTHENTICATED"}


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
)
def test_what_a_foreign_form_can_send_is_refused(admin: Client, content_type: str) -> None:
    body = json.dumps({"query": "{ __typename }"})

    answer = admin.http.post(ADMIN, content=body, headers={"content-type": content_type})

    assert answer.status_code == 415


def test_get_refuses_mutations(admin: Client) -> None:
    query = "mutation { settingsUpdate(input: {}) { clientMutationId } }"

    answer = admin.http.get(ADMIN, params={"query": query})

    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 100_000, 400),
        (b'{"query": 1}', 400),
        (b'{"query": "{ a }", "variables": []}', 400),
        (b'{"query": "{ __typename }", "variables": {"x": NaN}}', 400),
        (b'"' + b"x" * 300_000 + b'"', 413),
    ],
)
def test_bad_bodies_get_a_clear_status(admin: Client, body: bytes, status: int) -> None:
    answer = admin.http.post(ADMIN, content=body, headers={"content-type": "application/json"})

    assert answer.status_code == status
    assert answer.json()["errors"][0]["message"]


@pytest.fixture
def browser(deps: Dependencies, acme: NewProvider) -> Iterator[Client]:
    """Hold the cookie of the admin portal."""
    with deps.database.write() as db:
        side = (acme.provider.id, "provider")
        login = logged_in(db, deps, side, acme.admin.username, acme.admin_password)
    with open_client(deps, ADMIN) as client:
        client.http.cookies.set(ADMIN_PORTAL.session.name, login.token)
        yield client


def test_the_cookie_of_the_admin_portal_lets_in(browser: Client) -> None:
    assert browser.ask("{ viewer { name kind } }")["viewer"] == {"name": "admin", "kind": "staff"}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "same-origin", "sec-fetch-dest": "empty"},
        {"referer": "http://testserver/plans"},
        {"referer": "http://testserver/", "sec-fetch-dest": "empty"},
    ],
)
def test_a_foreign_page_may_not_use_the_cookie(browser: Client, headers: dict[str, str]) -> None:
    answer = browser.http.post(ADMIN, json={"query": "{ __typename }"}, headers=headers)

    assert answer.status_code == 403


def test_a_fault_is_logged_and_told_by_its_id_only(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the secret of the database")

    monkeypatch.setattr("server.actions.provider.settings.get_settings", fail)
    answer = admin.send("{ settings { signupsEnabled } }")

    error = answer.json()["errors"][0]
    assert error["extensions"]["code"] == "INTERNAL_ERROR"
    assert error["extensions"]["requestId"] in error["message"]
    assert "secret" not in answer.text


def test_every_reply_tells_its_cost(admin: Client) -> None:
    ok = admin.send("{ services(first: 5) { nodes { name } } }").json()
    bad = admin.send("{ nothing }").json()

    cost = ok["extensions"]["cost"]
    assert (cost["requestedQueryCost"], cost["maximumAvailable"]) == (6, 20_000)
    assert cost["throttleStatus"]["maximumAvailable"] == 1_000_000
    assert bad["extensions"]["cost"]["requestedQueryCost"] == 0


def test_unknown_fields_get_no_suggestions(admin: Client) -> None:
    assert "Did you mean" not in admin.send("{ service_ }").text


def test_a_foreign_host_is_nobodys(deps: Dependencies, acme: NewProvider) -> None:
    with open_client(deps, ADMIN, acme.access_token, host="nobody-admin.localhost") as client:
        assert client.send("{ __typename }").status_code == 404
