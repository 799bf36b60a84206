"""A GraphQL client: of an app in this process, or of a real one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2 as httpx
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.auth.dependencies import Dependencies
from server.graphql.paths import ADMIN_PATH
from server.graphql.routes import routes
from tests.kit.process import Gatehouse


@dataclass
class Client:
    """Sends operations to one path."""

    http: httpx.Client
    path: str

    def send(self, query: str, **variables: Any) -> httpx.Response:
        """Send an operation; give the whole answer."""
        content = json.dumps({"query": query, "variables": variables})
        headers = {"content-type": "application/json"}
        return self.http.post(self.path, content=content, headers=headers)

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """Send an operation that must succeed; give its data."""
        answer = self.send(query, **variables).json()
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    def do(self, name: str, given: dict[str, Any], selection: str = "") -> dict[str, Any]:
        """Run one mutation, `name: InputType`; give its payload."""
        mutation, _, kind = name.partition(":")
        kind = kind.strip() or f"{mutation[0].upper()}{mutation[1:]}Input"
        wanted = f"userErrors {{ __typename code message field }} {selection}"
        query = f"mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {wanted} }} }}"
        payload: dict[str, Any] = self.ask(query, input=given)[mutation]
        return payload

    def done(self, query: str, **variables: Any) -> dict[str, Any]:
        """Send mutations that must be carried out; give their payloads."""
        data = self.ask(query, **variables)
        for name, payload in data.items():
            assert not payload.get("userErrors"), (name, payload)
        return data

    def codes(self, query: str, **variables: Any) -> list[str]:
        """Send an operation that fails; give the codes of its errors."""
        errors = self.send(query, **variables).json().get("errors", [])
        return [error["extensions"]["code"] for error in errors]


@contextmanager
def open_client(
    deps: Dependencies, path: str, token: str = "", host: str = "localhost"
) -> Iterator[Client]:
    """Open a client of a running app; cookies are kept."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    app = Starlette(routes=routes(deps))
    with TestClient(app, base_url=f"http://{host}:8000", headers=headers) as http:
        yield Client(http, path)


def client_of(gatehouse: Gatehouse) -> Client:
    """Talk to the admin face of a real process with its first token."""
    headers = {"authorization": f"Bearer {gatehouse.first_start['access_token']}"}
    limits = httpx.Limits(max_keepalive_connections=0)  # nothing is left open
    http = httpx.Client(base_url=gatehouse.url, headers=headers, timeout=30, limits=limits)
    return Client(http, ADMIN_PATH)
