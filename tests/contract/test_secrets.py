"""Each secret is shown to who holds its permission, and to nobody else, on every face."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cms.portal.routes import routes as portal_routes
from cms.rendering.renderer import Renderer
from server.admin.routes import SHOWN
from server.admin.routes import routes as admin_routes
from server.auth.actors import actor_of_user, find_actor_by_token
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.domain.permissions import EVERYTHING, Permission, Scope
from server.graphql.admin.schema import ADMIN
from server.graphql.developer.schema import DEVELOPER
from server.graphql.ids import global_id
from server.graphql.paths import ADMIN_PATH, DEVELOPER_PATH
from server.rest.registry import OPERATIONS
from server.rest.shapes import PREFIX
from tests.kit.browser import DEVELOPERS, PROVIDERS, Browser
from tests.kit.canaries import SHOWN_BY, WORDS, Known, furnish, queries_of, token_of
from tests.kit.graphql import Client, open_client
from tests.kit.make import make_deps, make_provider
from tests.kit.rest import RestClient

pytestmark = pytest.mark.slow
SCOPES = [str(scope) for scope in Scope]
READERS = [
    "nobody",
    "provider key",
    *(f"{scope} {permission}" for scope in SCOPES for permission in ("ro", "rw")),
    "all ro",
    "all rw",
    "member",
]
VALUES = {
    "first": "20",
    "environment": "STAGING",
    "fromVersion": "1",
    "toVersion": "2",
}
EVERYWHERE = {"user key", "app key", "service token", "secret token", "policy's header"}
ON_GRAPHQL = EVERYWHERE | {"client secret", "webhook secret"}
IN_PORTAL = EVERYWHERE | {"provider key", "reset link", "sso key", "webhook secret"}
ON_REST = EVERYWHERE | {"client secret", "provider key"}


@pytest.fixture(scope="module")
def deps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dependencies]:
    """Make dependencies that all readers share: nobody changes anything."""
    deps = make_deps(Path(tmp_path_factory.mktemp("secrets")))
    yield deps
    deps.database.close()


@pytest.fixture(scope="module")
def known(deps: Dependencies) -> Known:
    """Make a provider with one of each secret."""
    return furnish(deps, make_provider(deps, "Acme"))


def credential_of(deps: Dependencies, known: Known, reader: str) -> str:
    """Give a reader what he presents."""
    admin = known.acme.admin.id
    if reader == "nobody":
        return ""
    if reader == "provider key":
        return known.acme.provider_key
    if reader == "member":
        return token_of(deps, known.mia_id, SCOPES, "rw")
    scope, permission = reader.split(" ")
    return token_of(deps, admin, SCOPES if scope == "all" else [scope], permission)


def permissions_of(deps: Dependencies, known: Known, value: str) -> frozenset[Permission]:
    """Tell what a credential may do."""
    if value in {"", known.acme.provider_key}:
        return EVERYTHING if value else frozenset()
    provider_id = known.acme.provider.id
    with deps.database.read() as db:
        clock = deps.installation.clock
        actor = find_actor_by_token(db, clock, provider_id, "provider", value)
        assert actor is not None
        return actor.permissions


def due(permissions: frozenset[Permission], face: set[str]) -> set[str]:
    """Name the secrets that a face shows to who holds these permissions."""
    return {kind for kind in face if SHOWN_BY[kind] in permissions}


def ask_everything(client: Client, schema: Any, known: Known) -> tuple[set[str], int]:
    """Ask for each field; name the secrets in the answers, and count the queries."""
    found: set[str] = set()
    asked = 0
    for query, alone in queries_of(schema, VALUES | ids()):
        text, has_errors = ask(client, query)
        texts = [text, *(ask(client, each)[0] for each in alone if has_errors)]
        found |= {kind for text in texts for kind in known.found_in(text)}
        asked += len(texts)
    return found, asked


def ask(client: Client, query: str) -> tuple[str, bool]:
    """Send one query, about all objects of its kind; tell whether some of it was refused."""
    kind = re.search(r"on (\w+)", query)
    nodes = [global_id(kind[1], number) for number in range(1, 13)] if kind else []
    answer = client.send(query, **({"ids": nodes} if kind else {}))
    assert answer.status_code != 429, query
    errors = answer.json().get("errors", [])
    codes = {error["extensions"]["code"] for error in errors}
    assert not codes & {"BAD_REQUEST", "INTERNAL"}, (query, errors)
    return answer.text, bool(errors)


def ids() -> dict[str, str]:
    """Write the ids that root fields take."""
    return {
        "id": f'"{global_id("Service", 1)}"',
        "serviceId": f'"{global_id("Service", 1)}"',
        "applicationId": f'"{global_id("Application", 1)}"',
    }


@pytest.mark.parametrize("reader", READERS)
def test_the_admin_schema_shows_secrets_by_permission(
    deps: Dependencies, known: Known, reader: str
) -> None:
    credential = credential_of(deps, known, reader)

    with open_client(deps, ADMIN_PATH, credential) as client:
        found, asked = ask_everything(client, ADMIN.schema._schema, known)

    assert asked > 40
    assert found == due(permissions_of(deps, known, credential), ON_GRAPHQL)


@pytest.mark.parametrize(
    ("permission", "expected"), [("rw", {"user key", "app key"}), ("ro", set())]
)
def test_a_developer_reads_his_own_keys_and_no_other_secret(
    deps: Dependencies, known: Known, permission: str, expected: set[str]
) -> None:
    token = token_of(deps, known.acme.sample.user.id, SCOPES, permission)

    with open_client(deps, DEVELOPER_PATH, token) as client:
        found, asked = ask_everything(client, DEVELOPER.schema._schema, known)

    assert asked > 10
    assert found == expected


def test_a_visitor_reads_no_secret(deps: Dependencies, known: Known) -> None:
    with open_client(deps, DEVELOPER_PATH) as client:
        found, _ = ask_everything(client, DEVELOPER.schema._schema, known)

    assert found == set()


@pytest.mark.parametrize("reader", READERS)
def test_rest_shows_keys_by_permission(deps: Dependencies, known: Known, reader: str) -> None:
    from server.rest.routes import routes

    credential = credential_of(deps, known, reader)
    found: set[str] = set()
    with TestClient(Starlette(routes=routes(deps)), base_url="http://localhost:8000") as http:
        client = RestClient(http, credential)
        for operation in OPERATIONS:
            path = operation.path.replace("{environment}", "staging")
            path = re.sub(r"\{\w+\}", "1", path)
            if operation.method == "GET":
                for language in ("json", "xml"):
                    found |= known.found_in(client.call("GET", f"{path}.{language}").text)
        found |= known.found_in(http.get(f"{PREFIX}/openapi.json").text)

    assert found <= due(permissions_of(deps, known, credential), ON_REST)


@contextmanager
def browser_of(deps: Dependencies, routes: Any, portal: Any) -> Iterator[Browser]:
    """Open a browser on a portal."""
    app = Starlette(routes=routes(deps))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        yield Browser(client, portal)


@pytest.mark.parametrize("reader", ["nobody", "member", "admin"])
def test_the_admin_portal_shows_secrets_by_permission(
    deps: Dependencies, known: Known, reader: str
) -> None:
    acme, found = known.acme, set()
    passwords = {"member": ("mia", WORDS), "admin": (acme.admin.username, acme.admin_password)}
    with deps.database.read() as db:
        people = {"member": known.mia_id, "admin": acme.admin.id}
        permissions = (
            actor_of_user(db.get_one(User, people[reader])).permissions
            if reader in people
            else frozenset[Permission]()
        )

    with browser_of(deps, admin_routes, PROVIDERS) as browser:
        if reader in passwords:
            browser.log_in(*passwords[reader])
        for path, _ in SHOWN:
            for number in range(1, 5):
                for stage in ("staging", "production"):
                    filled = re.sub(r"\{(\w+)\}", str(number), path.replace("{environment}", stage))
                    found |= known.found_in(browser.client.get(f"/p/admin{filled}").text)

    assert found == due(permissions, IN_PORTAL)


def test_the_developer_portal_shows_a_developer_his_own_keys(
    deps: Dependencies, known: Known
) -> None:
    paths = ["/", "/admin", "/admin/applications", "/admin/applications/1", "/admin/applications/2",
             "/plans", "/docs", "/admin/account", "/admin/account/users"]  # fmt: skip
    renderer = Renderer(deps.database, deps.installation)
    routes = partial(portal_routes, renderer=renderer)
    with closing(renderer), browser_of(deps, routes, DEVELOPERS) as browser:
        before = {kind for path in paths for kind in known.found_in(browser.client.get(path).text)}
        browser.log_in(known.acme.sample.user.username, known.acme.sample.password)
        after = {kind for path in paths for kind in known.found_in(browser.client.get(path).text)}

    assert before == set()
    assert after == {"user key", "app key"}


def test_no_event_tells_a_secret(deps: Dependencies, known: Known) -> None:
    from sqlmodel import select

    from server.domain.events import EventRecord

    with deps.database.read() as db:
        told = [f"{event.payload} {event.facts}" for event in db.exec(select(EventRecord))]

    assert len(told) > 10
    assert not {kind for text in told for kind in known.found_in(text)}
