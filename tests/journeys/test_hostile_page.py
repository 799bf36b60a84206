"""Many visitors of a page that nobody can render: one is tried, and all others get answers."""

from concurrent.futures import ThreadPoolExecutor

import httpx2 as httpx

from server.actions.provider.providers import create_provider
from server.auth.dependencies import Dependencies
from server.domain.provider.providers import Provider
from server.domain.services.proxies import ProbeResult
from server.runtime.first_start import ensure_provider
from server.runtime.storage import open_storage
from server.settings import Settings
from tests.kit.process import Gatehouse, descendants, is_alive, until
from tests.kit.publish import publish

VISITORS = 33
TIMEOUT_S = 60  # on a machine that does much else


def _furnish(gatehouse: Gatehouse) -> None:
    """Make two tenants: one with a page that takes for ever, one with a page of its own."""
    storage = open_storage(Settings.from_env(gatehouse.environment))
    ensure_provider(storage, gatehouse.data_dir)
    deps = Dependencies(
        storage.database, storage.installation, lambda _: ProbeResult(True, 200, "Reached.")
    )
    with storage.database.write() as db:
        made = create_provider(db, storage.installation, "Globex", "admin@globex.example")
        first = db.get_one(Provider, gatehouse.first_start["provider"]["id"])
    publish(deps, first, {"/hostile": "[a](<" * 20_000}, handler="markdown")
    publish(deps, made.provider, {"/quiet": "quiet {{ provider.name }}"})
    storage.database.close()


def test_one_page_stops_nobody_and_nothing_outlives_the_server(
    stopped_gatehouse: Gatehouse,
) -> None:
    _furnish(stopped_gatehouse)
    stopped_gatehouse.start()
    quiet = {"Host": f"globex.localhost:{stopped_gatehouse.port}"}

    def visit(path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        url = f"{stopped_gatehouse.url}{path}"
        return httpx.get(url, headers=headers, timeout=TIMEOUT_S)

    until(lambda: visit("/quiet", quiet).status_code == 200, seconds=TIMEOUT_S)
    with ThreadPoolExecutor(VISITORS + 1) as threads:
        hostile = [threads.submit(visit, "/hostile") for _ in range(VISITORS)]
        others = [threads.submit(visit, "/quiet", quiet) for _ in range(3)]
        answers = [each.result() for each in hostile]
        shown = [each.result() for each in others]
    log = stopped_gatehouse.output
    stops = [line for line in log.splitlines() if "takes too long" in line]

    assert {answer.status_code for answer in answers} <= {500, 503}
    assert all("takes too long" not in answer.text for answer in answers)
    assert [(answer.status_code, "quiet Globex" in answer.text) for answer in shown] == [
        (200, True)
    ] * 3
    assert len([line for line in stops if "not tried again" not in line]) == 1
    assert stopped_gatehouse.process is not None
    visit("/quiet?made=anew", quiet)
    started = descendants(stopped_gatehouse.process.pid)
    assert len(started) > 2  # pages, and what renders them
    stopped_gatehouse.kill()
    until(lambda: not any(map(is_alive, started)), seconds=TIMEOUT_S)
