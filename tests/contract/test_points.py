"""Callers have a bucket of points each, whichever face they ask and whichever process answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.provider.providers import NewProvider
from server.auth import throttle
from server.auth.dependencies import Dependencies
from server.auth.points import Allowance, Bill, Buckets
from server.graphql.paths import ADMIN_PATH
from server.graphql.routes import routes as graphql_routes
from server.rest.routes import routes as rest_routes
from tests.kit.graphql import Client, open_client
from tests.kit.make import make_deps, make_provider


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Make dependencies on SQLite: nothing here is the database's."""
    deps = make_deps(tmp_path)
    yield deps
    deps.database.close()


@pytest.fixture
def acme(deps: Dependencies) -> NewProvider:
    """Make the provider of the bare host."""
    return make_provider(deps, "Acme")


def test_an_empty_bucket_tells_when_to_come_back() -> None:
    buckets = Buckets(Allowance(most_per_query=100, bucket=100, restored_per_s=10))

    assert buckets.take("a", Bill(requested=90))
    refused = Bill(requested=60)
    assert not buckets.take("a", refused)

    assert 4 <= refused.retry_after_s <= 6
    assert buckets.take("b", Bill(requested=100)), "another caller has his own"


def test_old_callers_are_forgotten() -> None:
    buckets = Buckets(Allowance(100, 100, 10), most_callers=2)

    for caller in "abcd":
        buckets.take(caller, Bill(requested=1))

    assert len(buckets._left) == 2


@pytest.mark.redis
def test_processes_share_a_bucket_and_do_without_redis(redis_url: str) -> None:
    tight = Allowance(most_per_query=100, bucket=100, restored_per_s=10)
    one, other = (Buckets(tight, redis_url, "test") for _ in range(2))
    alone = Buckets(tight, "redis://127.0.0.1:1", "test")

    assert one.take("a", Bill(requested=90))
    refused = Bill(requested=60)
    assert not other.take("a", refused)
    assert 4 <= refused.retry_after_s <= 6
    assert other.take("b", Bill(requested=100))
    assert one.take("a", Bill(requested=60), owed=True), "what was served is paid in any case"
    assert not other.take("a", Bill(requested=1))
    assert alone.take("a", Bill(requested=90))
    assert not alone.take("a", Bill(requested=60)), "it counts for itself"


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grant little."""
    few = Allowance(most_per_query=100, bucket=25, restored_per_s=1)
    monkeypatch.setattr(throttle, "DEVELOPERS", few)
    monkeypatch.setattr(throttle, "STAFF", few)


@pytest.mark.usefixtures("acme", "tight")
def test_who_asks_too_much_gets_429(deps: Dependencies) -> None:
    with open_client(deps, "/graphql") as client:
        ok = client.send("{ plans(first: 20) { nodes { name } } rateLimit { remaining cost } }")
        answer = client.send("{ plans(first: 9) { nodes { name } } }")

    assert ok.json()["data"]["rateLimit"] == {"remaining": 3, "cost": 22}
    status = ok.json()["extensions"]["cost"]["throttleStatus"]
    assert status == {"maximumAvailable": 25, "currentlyAvailable": 3, "restoreRate": 1}
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.json()["errors"][0]["extensions"]["code"] == "THROTTLED"


@pytest.mark.usefixtures("tight")
def test_rest_takes_from_the_same_bucket(deps: Dependencies, acme: NewProvider) -> None:
    app = Starlette(routes=[*graphql_routes(deps), *rest_routes(deps)])
    headers = {"authorization": f"Bearer {acme.access_token}"}
    with TestClient(app, base_url="http://localhost:8000", headers=headers) as http:
        left = Client(http, ADMIN_PATH).ask("{ rateLimit { remaining } }")["rateLimit"]
        metrics = f"/admin/api/services/{acme.sample.service.id}/metrics.json"
        lists = [http.get(metrics).status_code for _ in range(20)]
        answers = [http.post(metrics, json={"friendly_name": "x", "unit": "x"})]
        empty = Client(http, ADMIN_PATH).send("{ services(first: 9) { nodes { id } } }")

    assert left["remaining"] == 24
    assert lists == [200] * 20
    assert answers[0].status_code == 429
    assert answers[0].json() == {"error": throttle.TOO_MUCH}
    assert int(answers[0].headers["retry-after"]) >= 1
    assert empty.status_code == 429
