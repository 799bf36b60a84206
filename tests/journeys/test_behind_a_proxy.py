"""Behind a real nginx: everybody is himself, and nobody can be another."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2 as httpx
import pytest

from tests.kit.browser import Browser
from tests.kit.process import Gatehouse, nursery_of_run
from tests.kit.services import accepts_connections, free_port, program, stop, wait_until

CONF = """
worker_processes 1;
pid nginx.pid;
error_log error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy;
    fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{behind};
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto https;
            proxy_set_header Connection "";
        }}
    }}
}}
"""
ANN, BOB = "127.0.0.11", "127.0.0.12"
LOGIN = """mutation($u: String!, $p: String!) {
  login(input: {username: $u, password: $p}) { userErrors { code } }
}"""


@dataclass
class Stand:
    """A Gatehouse and the address of the nginx before it."""

    gatehouse: Gatehouse
    url: str

    def client(self, address: str, **headers: str) -> httpx.Client:
        """Make the client of somebody who calls nginx from an address of his own."""
        transport = httpx.HTTPTransport(local_address=address)
        return httpx.Client(base_url=self.url, transport=transport, headers=headers, timeout=30)

    def log_in(self, client: httpx.Client, name: str, password: str) -> str:
        """Log in over GraphQL; gives the code of what was wrong, empty when nothing was."""
        body = {"query": LOGIN, "variables": {"u": name, "p": password}}
        answer = client.post("/graphql", json=body)
        errors = answer.json()["data"]["login"]["userErrors"]
        return errors[0]["code"] if errors else ""

    def echo(self, client: httpx.Client) -> dict[str, str]:
        """Call the sample service; gives the headers that its upstream got."""
        start = self.gatehouse.first_start
        path = f"/gateway/staging/{start['service']['system_name']}/"
        answer = client.get(path, params={"user_key": start["sample"]["user_key"]})
        assert answer.status_code == 200, answer.text
        headers: dict[str, str] = answer.json()["headers"]
        return headers


@contextmanager
def running_nginx(folder: Path, behind: int) -> Iterator[int]:
    """Run nginx before a port; gives its own."""
    port = free_port()
    folder.mkdir()
    (folder / "nginx.conf").write_text(CONF.format(port=port, behind=behind))
    command = [program("nginx"), "-p", str(folder), "-e", "error.log", "-c", "nginx.conf"]
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        wait_until(lambda: accepts_connections(port), process)
        yield port
    finally:
        stop(process)


@contextmanager
def standing(folder: Path, trusted: str) -> Iterator[Stand]:
    """Run Gatehouse and nginx before it."""
    gatehouse = Gatehouse(
        folder / "data", {"GATEHOUSE_TRUSTED_PROXIES": trusted}, nursery=nursery_of_run()
    )
    with running_nginx(folder / "nginx", gatehouse.port) as port:
        try:
            gatehouse.start()
            yield Stand(gatehouse, f"http://127.0.0.1:{port}")
        finally:
            gatehouse.stop()


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """Trust nginx for all tests of this file."""
    with standing(tmp_path_factory.mktemp("proxy"), "127.0.0.1,::1") as stand:
        yield stand


pytestmark = pytest.mark.nginx


@pytest.mark.slow
def test_a_hundred_logins_of_one_do_not_lock_out_the_other(stand: Stand) -> None:
    sample = stand.gatehouse.first_start["sample"]
    with stand.client(ANN) as ann, stand.client(BOB) as bob:
        codes = [stand.log_in(ann, f"guess{n}", "wrong") for n in range(101)]

        assert set(codes[:100]) == {"BAD_CREDENTIALS"}
        assert codes[100] == "LIMIT_REACHED"
        assert stand.log_in(bob, sample["username"], sample["password"]) == ""
        assert stand.log_in(ann, sample["username"], sample["password"]) == "LIMIT_REACHED"
    for forged in ({"x-forwarded-for": BOB}, {"forwarded": f"for={BOB}"}, {"x-real-ip": BOB}):
        with stand.client(ANN, **forged) as ann:
            assert stand.log_in(ann, "guess", "wrong") == "LIMIT_REACHED"


def test_the_upstream_hears_of_the_real_client(stand: Stand) -> None:
    with stand.client(ANN, **{"x-forwarded-for": "6.6.6.6", "forwarded": "for=6.6.6.6"}) as ann:
        headers = stand.echo(ann)

    assert headers["x-forwarded-for"] == headers["x-real-ip"] == ANN
    assert headers["x-forwarded-proto"] == "https"
    assert "forwarded" not in headers


def test_the_log_has_the_real_client(stand: Stand) -> None:
    with stand.client(BOB) as bob:
        assert bob.get("/healthz").status_code == 200

    assert f'"client": "{BOB}"' in stand.gatehouse.output


def test_who_comes_past_the_proxy_is_not_believed(stand: Stand) -> None:
    address = "127.0.0.13"
    transport = httpx.HTTPTransport(local_address=address)
    forged = {
        "x-forwarded-for": "6.6.6.6",
        "x-forwarded-proto": "https",
        "x-forwarded-host": "evil.example",
        "x-real-ip": "6.6.6.6",
        "forwarded": "for=6.6.6.6;proto=https",
    }
    direct = stand.gatehouse.url
    with httpx.Client(base_url=direct, transport=transport, headers=forged, timeout=30) as client:
        headers = stand.echo(client)

    assert headers["x-forwarded-for"] == headers["x-real-ip"] == address
    assert headers["x-forwarded-proto"] == "http"
    assert headers["x-forwarded-host"] == f"127.0.0.1:{stand.gatehouse.port}"
    assert "forwarded" not in headers


def test_portals_work_behind_the_proxy(stand: Stand) -> None:
    browser = Browser.at(stand.url)
    page = browser.open("/p/admin/login")
    home = browser.submit(page, "/login", **stand.gatehouse.first_start["admin"])
    browser.close()

    assert home.status == 200
    assert home.url.endswith("/p/admin")


def test_whom_nobody_trusts_changes_nothing(tmp_path: Path) -> None:
    with standing(tmp_path, "") as stand, stand.client(ANN) as ann:
        headers = stand.echo(ann)

    assert headers["x-forwarded-for"] == headers["x-real-ip"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "http"


def test_a_proxy_that_is_no_address_stops_the_start(tmp_path: Path) -> None:
    gatehouse = Gatehouse(tmp_path, {"GATEHOUSE_TRUSTED_PROXIES": socket.gethostname() + ".local"})

    with pytest.raises(RuntimeError, match="GATEHOUSE_TRUSTED_PROXIES must be addresses"):
        gatehouse.start()
