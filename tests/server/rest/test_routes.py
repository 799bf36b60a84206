"""The OpenAPI document is true: fuzzed calls are answered as it says, and never with a fault."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.provider.providers import NewProvider
from server.rest.router import OPERATIONS, PREFIX
from server.rest.routes import routes
from tests.kit.make import make_deps, make_provider

EXAMPLES = 15


@pytest.fixture(scope="module")
def app_and_provider(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Starlette, NewProvider]]:
    """Make the API on one database for all examples."""
    folder: Path = tmp_path_factory.mktemp("openapi")
    deps = make_deps(folder)
    yield Starlette(routes=routes(deps)), make_provider(deps)
    deps.database.close()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.path)
@pytest.mark.parametrize("suffix", ["", ".{format}"])
def test_fuzzed_calls_are_answered_as_documented(
    app_and_provider: tuple[Starlette, NewProvider], operation: Any, suffix: str, mode: Any
) -> None:
    app, acme = app_and_provider
    document = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", app)
    described = document[f"{PREFIX}{operation.path}{suffix}"][operation.method]
    known = {*described.definition.raw["responses"], "405"}
    seen: set[int] = set()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
        database=None,
    )
    @given(case=described.as_strategy(generation_mode=mode))
    def fuzz(case: Any) -> None:
        headers = {"authorization": f"Bearer {acme.access_token}"}
        response = case.call(base_url="http://localhost", headers=headers)

        seen.add(response.status_code)
        assert response.status_code < 500
        assert str(response.status_code) in known

    fuzz()

    assert operation.method == "GET" or seen - {404, 405}, "no example came through"


def test_every_operation_is_documented(app_and_provider: tuple[Starlette, NewProvider]) -> None:
    with TestClient(app_and_provider[0]) as client:
        paths = client.get(f"{PREFIX}/openapi.json").json()["paths"]

    for operation in OPERATIONS:
        for path in (f"{PREFIX}{operation.path}", f"{PREFIX}{operation.path}.{{format}}"):
            assert operation.method.lower() in paths[path]
