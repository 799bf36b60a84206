"""A disk that fills up: refusals that say so, and afterwards nothing is lost."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from sqlmodel import select

from server.domain.analytics.usage import UsageTotal
from server.kit.ids import random_hex
from server.runtime.storage import open_storage
from server.settings import Settings
from tests.kit.browser import Browser
from tests.kit.process import COMMAND, Gatehouse, until

pytestmark = pytest.mark.slow
SIZE = "64m"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a small disk; only who may mount can run this."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def gatehouse(disk: Path) -> Iterator[Gatehouse]:
    """Run a Gatehouse whose data is on the small disk, and its log elsewhere."""
    gatehouse = Gatehouse(disk)
    (disk / "output.log").symlink_to(disk.parent / "output.log")
    gatehouse.start()
    yield gatehouse
    gatehouse.stop()


def fill(disk: Path) -> Path:
    """Write until nothing goes any more."""
    file = disk / "filler"
    with file.open("wb", buffering=0) as full:
        for size in (1_000_000, 4_096, 1):
            try:
                while True:
                    full.write(b"x" * size)
            except OSError:
                continue
    return file


def call(gatehouse: Gatehouse) -> int:
    """Call the sample's service."""
    start = gatehouse.first_start
    url = f"{start['service']['staging_base_url']}/hello?user_key={start['sample']['user_key']}"
    return httpx.get(url, timeout=20).status_code


def rename(gatehouse: Gatehouse, accept: str = "application/json") -> httpx.Response:
    """Change the service's name over GraphQL."""
    start = gatehouse.first_start
    headers = {"authorization": f"Bearer {start['access_token']}", "accept": accept}
    url = f"{gatehouse.url}/admin/api/graphql"
    ask = {"query": "{ services(first: 1) { nodes { id name } } }"}
    service = httpx.post(url, json=ask, headers=headers, timeout=20).json()["data"]["services"]
    query = """mutation($id: ID!, $text: String!) {
      serviceUpdate(input: {id: $id, description: $text}) { userErrors { code message } } }"""
    body = {
        "query": query,
        "variables": {"id": service["nodes"][0]["id"], "text": random_hex(30_000)},
    }
    return httpx.post(url, json=body, headers=headers, timeout=20)


def rename_by_rest(gatehouse: Gatehouse) -> httpx.Response:
    """Make a metric over REST."""
    start = gatehouse.first_start
    url = f"{gatehouse.url}/admin/api/services/{start['service']['id']}/metrics.json"
    form = {"friendly_name": random_hex(8), "unit": "hit", "description": random_hex(30_000)}
    return httpx.post(f"{url}?access_token={start['access_token']}", data=form, timeout=20)


def totals(gatehouse: Gatehouse) -> int:
    """Read what the statistics hold."""
    storage = open_storage(Settings.from_env(gatehouse.environment))
    with storage.database.read() as db:
        found = db.exec(select(UsageTotal.value).where(UsageTotal.period == "eternity")).all()
    storage.database.close()
    return sum(found)


def ready(gatehouse: Gatehouse) -> Any:
    answer = httpx.get(f"{gatehouse.url}/readyz", timeout=20)
    return answer.status_code, answer.json()["checks"]


def refusal_of(change: Callable[[], httpx.Response]) -> httpx.Response:
    """Change again and again until it is refused: the database has pages to use up first."""
    for _ in range(400):
        answer = change()
        if answer.status_code != 200 and answer.status_code != 201:
            return answer
    raise AssertionError("it was never refused")


def assert_changes_are_unavailable(gatehouse: Gatehouse) -> None:
    """Ask every face for a change."""
    browser = Browser.at(gatehouse.url)
    login = browser.open("/p/admin/login")
    for accept in ("application/json", "application/graphql-response+json"):
        answer = refusal_of(lambda: rename(gatehouse, accept))  # noqa: B023 - asked at once
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert answer.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    by_rest = refusal_of(lambda: rename_by_rest(gatehouse))
    page = browser.submit(login, "/login", **gatehouse.first_start["admin"])
    assert (by_rest.status_code, by_rest.headers["retry-after"]) == (503, "5")
    assert page.status == 503
    assert "try again" in page.text


def test_a_full_disk_is_told_and_loses_nothing(gatehouse: Gatehouse, disk: Path) -> None:
    let_in = [call(gatehouse) for _ in range(20)].count(200)
    assert (rename(gatehouse).status_code, rename_by_rest(gatehouse).status_code) == (200, 201)

    filler = fill(disk)
    until(lambda: ready(gatehouse)[0] == 503, seconds=20)
    assert ready(gatehouse)[1]["disk"] is False
    assert_changes_are_unavailable(gatehouse)
    statuses = [call(gatehouse) for _ in range(50)]
    let_in += statuses.count(200)
    assert set(statuses) <= {200, 503}
    assert httpx.get(gatehouse.url, timeout=20).status_code == 200, "what is read goes on"
    assert "Traceback" not in gatehouse.output

    filler.unlink()
    until(lambda: ready(gatehouse)[0] == 200, seconds=20)
    let_in += [call(gatehouse) for _ in range(20)].count(200)
    assert rename(gatehouse).status_code == 200
    assert let_in >= 40
    until(lambda: totals(gatehouse) == let_in, seconds=20)
    gatehouse.kill()
    gatehouse.start()
    assert totals(gatehouse) == let_in


def test_a_first_start_on_a_full_disk_says_so(disk: Path) -> None:
    filler = fill(disk)
    gatehouse = Gatehouse(disk / "data")
    env = {**os.environ, "GATEHOUSE_DATA_DIR": str(disk / "data")}
    started = subprocess.run(
        [*COMMAND, "migrate"], env=env, capture_output=True, text=True, check=False
    )

    assert started.returncode == 1
    assert started.stderr.startswith("GATEHOUSE_")
    assert "Traceback" not in started.stderr

    filler.unlink()
    gatehouse.start()
    assert call(gatehouse) == 200
    gatehouse.stop()
