"""Both GraphQL faces of two providers on one database, and what any of their answers must be."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx2 as httpx
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from server.actions.provider.settings import update_settings
from server.auth.sessions import open_session
from server.graphql.admin.schema import ADMIN
from server.graphql.developer.schema import DEVELOPER
from server.graphql.ids import global_id
from server.graphql.routes import ADMIN_PATH, DEVELOPER_PATH, routes
from server.web.cookies import DEVELOPER as DEVELOPER_PORTAL
from tests.kit.backend_apis import make_mounted
from tests.kit.graphql import Client
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.work import by
from tests.server.graphql.steps import Known, known_to_developer, known_to_provider

STATUSES = {200, 400, 401, 403, 413}  # a 429 would mean that the rest of a test asks nothing
GRAPHQL_JSON = "application/graphql-response+json"
OURS = ("Traceback", "Something went wrong", "INTERNAL_ERROR", 'File "')
FIRST_IDS = range(1, 100)


@dataclass
class Face:
    """One schema, somebody who calls it, and real ids by the names of their types."""

    schema: Any
    client: Client
    known: Known = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    foreign: dict[str, str] = field(default_factory=dict)
    only_hard: bool = False  # whether only what is hard for a database is sent


class ManyCallers:
    """An app to which each request seems to come from another address: none is throttled."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._numbers = count()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "client": (f"2001:db8::{next(self._numbers):x}", 50_000)}
        await self._app(scope, receive, send)


@contextmanager
def open_faces(folder: Path, url: str | None = None) -> Iterator[dict[str, Face]]:
    """Open the faces of Acme as its staff, as its developer and as a visitor."""
    deps = make_deps(folder, url=url)
    acme, globex = make_provider(deps, "Acme"), make_provider(deps, "Globex")
    with deps.database.write() as db:
        update_settings(by(db, staff(acme)), {"privacy_policy": "We keep little."})
        make_mounted(by(db, staff(acme)), acme.sample.service.id)
        session = open_session(db, deps.installation, acme.sample.user).token
    app = ManyCallers(Starlette(routes=routes(deps)))
    with TestClient(app, base_url="http://localhost") as http:
        admin = _as(http, ADMIN_PATH, acme.access_token)
        visitor = _as(http, DEVELOPER_PATH)
        developer = _as(http, DEVELOPER_PATH, _personal_token(http, session))
        other = _as(http, ADMIN_PATH, globex.access_token, "globex-admin.localhost")
        known = known_to_developer(deps, acme, admin, visitor)
        waiting = known_to_provider(deps, acme, known)
        known["user"] = global_id("User", acme.sample.user.id)
        foreign = {name: _some_id(other, name) for name in ADMIN.kinds}
        foreign["Plan"] = global_id("Plan", globex.sample.application.plan_id)
        yield {
            "admin": Face(ADMIN.schema, admin, waiting, _ids(admin, ADMIN.kinds), foreign),
            "developer": Face(
                DEVELOPER.schema, developer, known, _ids(developer, DEVELOPER.kinds), foreign
            ),
            "visitor": Face(
                DEVELOPER.schema, visitor, dict(known), _ids(visitor, DEVELOPER.kinds), foreign
            ),
        }
    deps.database.close()


def _as(http: TestClient, path: str, token: str = "", host: str = "localhost") -> Client:
    """Give a client with a token of its own; the app under it is shared."""
    client = TestClient(http.app, base_url=f"http://{host}")
    client.portal = http.portal  # one event loop for all of them
    client.headers.update({"authorization": f"Bearer {token}"} if token else {})
    return Client(client, path)


def _personal_token(http: TestClient, session: str) -> str:
    client = _as(http, DEVELOPER_PATH)
    client.http.cookies.set(DEVELOPER_PORTAL.session.name, session)
    scopes = ["ACCOUNT_MANAGEMENT", "STATS"]
    given = {"name": "fuzz", "scopes": scopes, "permission": "READ_WRITE"}
    return str(client.do("accessTokenCreate", given, "value")["value"])


def _ids(client: Client, kinds: Any) -> dict[str, str]:
    return {name: _some_id(client, name) for name in kinds}


def _some_id(client: Client, type_name: str) -> str:
    """Find the first object of a type that a client may see; the empty text when there is none."""
    ids = [global_id(type_name, number) for number in FIRST_IDS]
    nodes = client.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)["nodes"]
    return next((node["id"] for node in nodes if node is not None), "")


def fault_of(answer: httpx.Response) -> str:
    """Tell what is wrong with an answer: nothing may be, whatever was asked."""
    if answer.status_code not in STATUSES:
        return f"status {answer.status_code}"
    if any(word in answer.text for word in OURS):
        return answer.text[:500]
    try:
        body = json.loads(answer.content)
    except ValueError:
        return "not JSON"
    if not isinstance(body, dict) or not {"data", "errors"} & set(body):
        return "neither data nor errors"
    errors = body.get("errors", [{"message": "none"}])
    if not errors or not all(isinstance(error.get("message"), str) for error in errors):
        return f"errors without messages: {errors}"
    return ""
