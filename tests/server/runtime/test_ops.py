"""Health is open and says little; metrics want a token."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.runtime import ops

TOKEN = "a token of metrics".replace(" ", "-")


@contextmanager
def client(checks: ops.Checks, metrics_token: str = "") -> Iterator[TestClient]:
    with TestClient(Starlette(routes=ops.routes(checks, metrics_token=metrics_token))) as http:
        yield http


def test_what_fails_is_named_and_nothing_else() -> None:
    with client({"database": lambda: True, "disk": lambda: False}) as http:
        answer = http.get("/readyz")
        alive = http.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "checks": {"database": True, "disk": False}}
    assert (alive.status_code, alive.text) == (200, "ok\n")


def test_checks_are_looked_at_once_a_second() -> None:
    numbers = count()
    with client({"database": lambda: next(numbers) >= 0}) as http:
        for _ in range(50):
            http.get("/readyz")

    assert next(numbers) < 25


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer \u00e4"],
)
def test_metrics_are_for_who_has_the_token(authorization: str | None) -> None:
    headers = [] if authorization is None else [(b"authorization", authorization.encode())]
    with client({}, metrics_token=TOKEN) as http:
        refused = http.get("/metrics", headers=headers)
        shown = http.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})

    assert refused.status_code == 401
    assert "gatehouse" not in refused.text
    assert "gatehouse_gateway" in shown.text


def test_without_a_token_there_are_none() -> None:
    with client({}) as http:
        for sent in ("", "Bearer ", "Bearer x"):
            assert http.get("/metrics", headers={"authorization": sent}).status_code == 404
