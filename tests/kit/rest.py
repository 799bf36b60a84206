"""A client of the REST API for tests, which sends the provider's token along."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from httpx2 import Response
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.services.metrics import HITS, Metric
from server.rest.routes import routes
from server.rest.shapes import PREFIX


class RestClient:
    """Calls operations by their path without prefix: `call("GET", "/accounts.json")`."""

    def __init__(self, client: TestClient, token: str, prefix: str = PREFIX) -> None:
        self._client = client
        self._prefix = prefix
        self.token = token

    def call(self, method: str, path: str, **options: Any) -> Response:
        """Call an operation, with a body or parameters as the library takes them."""
        headers = {"authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return self._client.request(method, f"{self._prefix}{path}", headers=headers, **options)

    def json(self, path: str, **params: Any) -> Any:
        """Read what a path shows as JSON."""
        answer = self.call("GET", f"{path}.json", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, values: Mapping[str, Any]) -> Any:
        """Make an object, and read it."""
        answer = self.call("POST", f"{path}.json", json=dict(values))
        assert answer.status_code == 201, answer.text
        return answer.json()


@contextmanager
def rest_client(deps: Dependencies, provider: NewProvider) -> Iterator[RestClient]:
    """Talk to the API of the first provider, on a bare host."""
    with TestClient(Starlette(routes=routes(deps)), base_url="http://localhost") as client:
        yield RestClient(client, provider.access_token)


def hits_of(deps: Dependencies, provider: NewProvider) -> int:
    """Tell the id of the metric `hits` of the provider's sample service."""
    query = select(Metric.id).where(
        Metric.service_id == provider.sample.service.id, Metric.system_name == HITS
    )
    with deps.database.read() as db:
        return db.exec(query).one()
