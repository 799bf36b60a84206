"""A bundle before a real Gatehouse: limits hold, and a kill loses nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2 as httpx
import pytest

from tests.kit.bundle import order_bundle, running_bundle
from tests.kit.process import Gatehouse
from tests.kit.seed import limit_the_sample

LIMIT = 30


@pytest.fixture
def bundle(stopped_gatehouse: Gatehouse, tmp_path: Path) -> Iterator[str]:
    """Run a Gatehouse and a bundle of its service; gives the address of a call with a key."""
    limit_the_sample(stopped_gatehouse, period="eternity", value=LIMIT)
    stopped_gatehouse.start()
    folder = tmp_path / "bundle"
    port = order_bundle(stopped_gatehouse, folder)
    with running_bundle(folder, port):
        key = stopped_gatehouse.first_start["sample"]["user_key"]
        yield f"http://127.0.0.1:{port}/hello?user_key={key}"


def calls(url: str, count: int) -> list[int]:
    """Call from eight threads; gives the statuses."""
    with httpx.Client(timeout=10) as client, ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda _: client.get(url).status_code, range(count)))


@pytest.mark.nginx
@pytest.mark.slow
def test_a_limit_holds_through_a_bundle_and_across_a_kill(
    bundle: str, stopped_gatehouse: Gatehouse
) -> None:
    answer = httpx.get(bundle)
    assert (answer.status_code, answer.json()["path"]) == (200, "/hello")
    assert answer.headers["ratelimit"] == f'"hits-eternity";r={LIMIT - 1}'
    assert calls(bundle, 9) == [200] * 9

    stopped_gatehouse.kill()
    down = httpx.get(bundle)
    assert (down.status_code, down.headers["x-gatehouse-error"]) == (
        503,
        "counter_store_unavailable",
    )

    stopped_gatehouse.start()
    statuses = calls(bundle, LIMIT)
    assert (statuses.count(200), statuses.count(429)) == (LIMIT - 10, 10)
