"""Pages have a process of their own: what becomes of it stops no call, and it ends with ours."""

import signal
from os import kill

import httpx2 as httpx

from server.graphql.ids import global_id
from tests.kit.graphql import client_of
from tests.kit.process import Gatehouse, descendants, is_alive, until


def companion_of(gatehouse: Gatehouse) -> int:
    """Find the process of the pages."""
    assert gatehouse.process is not None
    (child,) = descendants(gatehouse.process.pid)
    return child


def call_url(gatehouse: Gatehouse) -> str:
    key = gatehouse.first_start["sample"]["user_key"]
    return f"{gatehouse.url}/gateway/staging/api/hello?user_key={key}"


def test_calls_go_on_when_the_pages_die_and_the_pages_come_back(gatehouse: Gatehouse) -> None:
    login = f"{gatehouse.url}/login"
    assert httpx.get(login, timeout=30).status_code == 200
    first = companion_of(gatehouse)

    kill(first, signal.SIGKILL)
    url = call_url(gatehouse)
    assert {httpx.get(url, timeout=30).status_code for _ in range(50)} == {200}
    assert httpx.get(login, timeout=60).status_code in {200, 503}  # it waits for the next one

    assert until(lambda: httpx.get(login, timeout=60).status_code == 200, seconds=60)
    assert companion_of(gatehouse) != first
    assert "another one is started" in gatehouse.output


def test_the_pages_end_with_the_process_that_lets_calls_in(gatehouse: Gatehouse) -> None:
    killed = companion_of(gatehouse)
    gatehouse.kill()
    until(lambda: not is_alive(killed), seconds=60)

    gatehouse.start()
    told = companion_of(gatehouse)
    gatehouse.stop()
    until(lambda: not is_alive(told), seconds=60)


def test_what_a_page_has_changed_holds_for_the_next_call(gatehouse: Gatehouse) -> None:
    url, api = call_url(gatehouse), client_of(gatehouse)
    application_id = gatehouse.first_start["sample"]["application_id"]
    assert httpx.get(url, timeout=30).status_code == 200
    for verb, status in (("Suspend", 403), ("Resume", 200)) * 10:
        api.do(f"application{verb}: IdInput", {"id": global_id("Application", application_id)})
        assert httpx.get(url, timeout=30).status_code == status


def test_the_test_call_of_a_page_goes_through_the_running_gateway(gatehouse: Gatehouse) -> None:
    service_id = gatehouse.first_start["service"]["id"]
    payload = client_of(gatehouse).do(
        "proxyUpdate", {"serviceId": global_id("Service", service_id)}, "proxy { apiTestStatus }"
    )
    assert payload["proxy"] == {"apiTestStatus": 200}
