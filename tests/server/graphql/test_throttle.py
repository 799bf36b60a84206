"""Callers have a bucket of points each."""

from server.auth.dependencies import Dependencies
from server.graphql import routes
from server.graphql.throttle import Allowance, Bill, Buckets
from tests.kit.graphql import open_client


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


def test_who_asks_too_much_gets_429(deps: Dependencies, monkeypatch: object, acme: object) -> None:
    tight = Allowance(most_per_query=100, bucket=10, restored_per_s=1)
    original, routes.DEVELOPER_ALLOWANCE = routes.DEVELOPER_ALLOWANCE, tight
    try:
        with open_client(deps, "/graphql") as client:
            ok = client.send("{ plans(first: 5) { nodes { name } } rateLimit { remaining cost } }")
            answer = client.send("{ plans(first: 9) { nodes { name } } }")
    finally:
        routes.DEVELOPER_ALLOWANCE = original

    assert ok.json()["data"]["rateLimit"] == {"remaining": 3, "cost": 7}
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.json()["errors"][0]["extensions"]["code"] == "THROTTLED"
