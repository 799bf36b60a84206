"""Custom domains behind the nginx of the documentation, proved by a resolver of the test's own."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2 as httpx
import pytest

from tests.kit.browser import Browser
from tests.kit.dns import Resolver, running_resolver
from tests.kit.process import Gatehouse, nursery_of_run
from tests.kit.services import accepts_connections, free_port, program, stop, wait_until

DOCS = Path(__file__).parents[2] / "docs" / "domains.md"
CONF = """
worker_processes 1; pid nginx.pid; error_log error.log;
events { worker_connections 512; }
http {
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy;
    fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    SERVER
}
"""
PORTAL, API = "developers.acme.example", "api.acme.example"


@dataclass
class Stand:
    """A Gatehouse, the resolver that it asks, and the nginx before it."""

    gatehouse: Gatehouse
    resolver: Resolver
    port: int

    def get(self, host: str, path: str) -> httpx.Response:
        """Ask nginx for a page of a host."""
        url = f"http://127.0.0.1:{self.port}{path}"
        return httpx.get(url, headers={"host": f"{host}:{self.port}"}, timeout=30)

    def may_be_served(self, name: str) -> bool:
        """Ask what a front server asks before it gets a certificate."""
        url = f"{self.gatehouse.url}/.well-known/gatehouse/ask"
        return httpx.get(url, params={"domain": name}, timeout=30).status_code == 200


@contextmanager
def running_nginx(folder: Path, port: int, behind: int) -> Iterator[None]:
    """Run nginx as the documentation says, at other ports."""
    (found,) = re.findall(r"```nginx\n(.*?)```", DOCS.read_text(), re.DOTALL)
    server = found.replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    folder.mkdir()
    server = server.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{behind}")
    (folder / "nginx.conf").write_text(CONF.replace("SERVER", server))
    command = [program("nginx"), "-p", str(folder), "-e", "error.log", "-c", "nginx.conf"]
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        wait_until(lambda: accepts_connections(port), process)
        yield
    finally:
        stop(process)


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    """Run all three."""
    port = free_port()
    with running_resolver() as resolver:
        env = {
            "GATEHOUSE_DNS_RESOLVER": resolver.address,
            "GATEHOUSE_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "GATEHOUSE_TRUSTED_PROXIES": "127.0.0.1",
        }
        gatehouse = Gatehouse(tmp_path / "data", env, nursery=nursery_of_run())
        gatehouse.start()
        try:
            with running_nginx(tmp_path / "nginx", port, gatehouse.port):
                yield Stand(gatehouse, resolver, port)
        finally:
            gatehouse.stop()


@pytest.mark.nginx
def test_a_name_serves_once_it_is_proved_and_no_longer(stand: Stand) -> None:
    start = stand.gatehouse.first_start
    admin = Browser.at(f"http://127.0.0.1:{stand.port}")
    admin.submit(admin.open("/p/admin/login"), "/login", **start["admin"])
    pages = {}
    for name, given in (
        (PORTAL, {"serves": "portal", "is_primary": "yes"}),
        (API, {"serves": "production", "service_id": str(start["service"]["id"])}),
    ):
        index = admin.open("/p/admin/domains")
        pages[name] = admin.submit(index, "/domains", name=name, **given)
        assert "Not proved yet" in admin.submit(pages[name], "/check").text
        assert stand.get(name, "/").status_code == 404
        assert not stand.may_be_served(name)

    key = start["sample"]["user_key"]
    for name, page in pages.items():
        (value,) = re.findall(r"gatehouse-domain=[0-9a-f]+", page.text)[:1]
        stand.resolver.records[f"_gatehouse.{name}"] = [value]
        page = admin.open(f"/p/admin{page.url.partition('/p/admin')[2]}")
        assert "it serves now" in admin.submit(page, "/check").text
        assert stand.may_be_served(name)

    assert stand.get(PORTAL, "/").status_code == 200
    called = stand.get(API, f"/?user_key={key}")
    assert called.status_code == 200, called.text
    (own,) = re.findall(r"CNAME record to (\S+?),", pages[PORTAL].text)
    moved = stand.get(own, "/docs?a=b")
    assert moved.status_code == 302
    assert moved.headers["location"] == f"http://{PORTAL}:{stand.port}/docs?a=b"

    for name, page in pages.items():
        page = admin.open(f"/p/admin{page.url.partition('/p/admin')[2]}")
        admin.submit(page, "/delete")
        assert stand.get(name, f"/?user_key={key}").status_code == 404
        assert not stand.may_be_served(name)
