"""A service before ourselves: refused when it is saved, or at the call if only that shows it."""

import socket
from urllib.parse import urlsplit

import httpx2 as httpx
import pytest

from tests.journeys.test_policies import FIRST, ask
from tests.kit.process import Gatehouse, until

SET = """mutation Set($input: ProxyUpdateInput!) {
  proxyUpdate(input: $input) {
    proxy { apiBackend apiTestSuccess apiTestMessage } userErrors { field message } } }"""
OURS = (
    *(
        "http://127.0.0.1:{port}",
        "http://localhost:{port}/gateway/staging/api",
        "http://127.1:{port}",
    ),
    *("http://2130706433:{port}/", "http://[::1]:{port}", "http://0.0.0.0:{port}"),
    *("HTTP://LOCALHOST.:{port}", "http://api-acme.localhost:{port}/echo", "ws://0x7f.1:{port}"),
    *("http://[::ffff:127.0.0.1]:{port}", "http://127.0.0.1:{port}/echo/../p/admin"),
)


@pytest.mark.slow
def test_a_service_before_ourselves_never_loops(gatehouse: Gatehouse) -> None:
    start, port = gatehouse.first_start, urlsplit(gatehouse.url).port
    service_id = ask(gatehouse, FIRST)["services"]["nodes"][0]["id"]

    def update(url: str) -> dict[str, object]:
        changed = {"serviceId": service_id, "apiBackend": url}
        answer: dict[str, object] = ask(gatehouse, SET, input=changed)["proxyUpdate"]
        return answer

    for url in OURS:
        errors = update(url.format(port=port))["userErrors"]
        assert isinstance(errors, list)
        assert [error["field"] for error in errors] == [["apiBackend"]], (url, errors)

    answer = update(f"http://{socket.gethostname()}:{port}/gateway/staging/api")
    assert not answer["userErrors"], "its name does not show it"
    call = f"{start['service']['staging_base_url']}/x?user_key={start['sample']['user_key']}"
    until(
        lambda: httpx.get(call, timeout=30).headers.get("x-gatehouse-error") == "upstream_is_ours"
    )

    assert not update(f"{gatehouse.url}/echo")["userErrors"]
    until(lambda: httpx.get(call, timeout=30).status_code == 200)
