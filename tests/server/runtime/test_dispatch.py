"""One step from host and path to the app that answers. Source: design 4, Addresses."""

from dataclasses import fields
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from server.domain.provider.hosts import HostKind
from server.runtime.dispatch import Apps, Dispatch


def _app(name: str) -> Any:
    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        scope["answered_by"] = name

    return app


APPS = Apps(**{each.name: _app(each.name) for each in fields(Apps)})
PORTALS = {
    "acme": HostKind.PORTAL,
    "acme-admin": HostKind.ADMIN,
    "acme-labs": HostKind.PORTAL,
    "portal.acme.example.": HostKind.PORTAL,  # a custom domain
}
TAKEN = {"api-acme.gate.example", "api-acme.staging.gate.example", "api.acme.example"}


async def _is_taken(host: str) -> bool:
    return host in TAKEN


DISPATCH = Dispatch(APPS, "gate.example", PORTALS.get, _is_taken, "master.gate.example".__eq__)


async def _answerer(host: str, path: str, kind: str = "http") -> str:
    headers = [(b"host", host.encode("latin-1"))]
    scope: dict[str, Any] = {"type": kind, "path": path, "headers": headers}
    await DISPATCH(scope, _app(""), _app(""))
    return str(scope["answered_by"])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "portal"),
        ("/docs", "portal"),
        ("/admin", "portal"),
        ("/admin/applications", "portal"),
        ("/graphql", "portal"),
        ("/p/admin", "admin"),
        ("/p/admin/services", "admin"),
        ("/admin/api/graphql", "admin"),
        ("/admin/api/signup.xml", "admin"),
        ("/api/cms/files.json", "admin"),
        ("/stats/services/1/usage.json", "admin"),
        ("/master/api/providers.xml", "admin"),
        ("/transactions/authrep.xml", "transactions"),
        ("/transactions.xml", "transactions"),
        ("//transactions/authrep.xml", "transactions"),
        ("/transactions//authrep.xml", "transactions"),
        ("/./transactions/../transactions/authrep.xml", "transactions"),
        ("/../transactions/authrep.xml", "portal"),
        ("/gateway/production/api//transactions/authrep.xml", "mounted_gateway"),
        ("/gateway/../transactions/authrep.xml", "mounted_gateway"),
        ("/gateway/production/api/x", "mounted_gateway"),
        ("/echo", "echo"),
        ("/echo/x", "echo"),
        ("/echoes", "portal"),
        ("/healthz", "operations"),
        ("/readyz", "operations"),
        ("/metrics", "operations"),
    ],
)
@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "gate.example"])
async def test_a_bare_host_serves_everything_by_path(host: str, path: str, name: str) -> None:
    assert await _answerer(host, path) == name


@pytest.mark.parametrize(
    ("host", "path", "name"),
    [
        ("acme.gate.example", "/p/admin", "portal"),
        ("api-acme.gate.example", "/.well-known/gatehouse-domain.txt", "ownership"),
        ("localhost", "/.well-known/gatehouse/ask", "ownership"),
        ("localhost", "/.well-known/gatehouse", "portal"),
        ("acme.gate.example", "/transactions/authrep.xml", "portal"),
        ("acme-admin.gate.example", "/p/admin", "admin"),
        ("acme-admin.gate.example", "/transactions/authrep.xml", "transactions"),
        ("acme-admin.gate.example", "/healthz", "operations"),
        ("acme-labs.gate.example", "/", "portal"),
        ("api-acme.gate.example", "/p/admin", "gateway"),
        ("api-acme.staging.gate.example", "/", "gateway"),
        ("nobody.gate.example", "/", "gateway"),
        ("ACME.Gate.Example.:8000", "/", "portal"),
        ("acme-admin.gate.example.", "/p/admin", "admin"),
        ("portal.acme.example", "/", "portal"),
        # not below the domain, or not quite a name of the table
        ("acme", "/p/admin", "gateway"),
        ("acme-admin", "/p/admin", "gateway"),
        ("acme.", "/", "gateway"),
        ("portal.acme.example.gate.example", "/", "gateway"),
        ("acme.gate.example..", "/", "gateway"),
        ("x.acme.gate.example", "/", "gateway"),
        ("acme-labs-admin.gate.example", "/p/admin", "gateway"),
    ],
)
async def test_a_tenants_host_serves_one_thing(host: str, path: str, name: str) -> None:
    assert await _answerer(host, path) == name


@pytest.mark.parametrize(
    "path",
    [
        "/transactions.xml",
        "/transactions/authrep.xml",
        "//transactions/authrep.xml",
        "/available",
        "/check.txt",
        "/status",
    ],
)
@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("backend.internal:3000", "transactions"),
        ("apisonator", "transactions"),
        ("gatehouse_app_1:8000", "transactions"),
        ("nobody.gate.example", "transactions"),
        ("public.example", "transactions"),
        ("[fe80::1]:8000", "transactions"),
        ("b\xfccher.example", "transactions"),
        ("api-acme.gate.example", "gateway"),
        ("API-acme.Gate.example.:8000", "gateway"),
        ("api-acme.staging.gate.example", "gateway"),
        ("api.acme.example", "gateway"),
        ("acme.gate.example", "portal"),
        ("portal.acme.example", "portal"),
        ("acme-admin.gate.example", "transactions"),
    ],
)
async def test_the_service_management_api_answers_at_every_host_that_is_no_tenants(
    host: str, path: str, name: str
) -> None:
    assert await _answerer(host, path) == name


@pytest.mark.parametrize("path", ["/", "/p/admin", "/healthz", "/gateway/production/api/", "/echo"])
async def test_nothing_else_answers_at_a_host_of_nobodys(path: str) -> None:
    assert await _answerer("backend.internal", path) == "gateway"


async def test_the_life_of_the_process_hangs_on_the_operations() -> None:
    assert await _answerer("", "", "lifespan") == "operations"
