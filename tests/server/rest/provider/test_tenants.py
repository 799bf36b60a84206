"""Tenants are made, moved and deleted by the master API, and every face obeys."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel, col
from sqlmodel import select as select_rows
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cms.portal.routes import routes as portal_routes
from cms.rendering.renderer import Renderer
from server.actions.provider.providers import provider_key_of
from server.admin.routes import routes as admin_routes
from server.auth.dependencies import Dependencies
from server.directory import DatabaseDirectory
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from server.graphql.routes import routes as graphql_routes
from server.jobs.tenants import delete_tenants
from server.kit.clock import FixedClock
from server.rest.master import DOCUMENT, master_routes
from server.rest.provider.tenants import OPERATIONS
from server.rest.routes import routes
from tests.kit.make import make_deps, make_provider

TOKEN = "a master token of more than 32 characters"
MASTER = TOKEN.replace(" ", "-")
INITECH = {
    "org_name": "Initech & <Sons>",
    "username": "peter",
    "email": "peter@initech.example",
    "password": "six green apples fell",
}


class Master:
    """Calls any face of an installation, and the master API with its token."""

    def __init__(self, deps: Dependencies, client: TestClient) -> None:
        self.deps, self.client = deps, client
        self.directory = DatabaseDirectory(deps.database, deps.installation)
        deps.database.after_commit(self.directory.forget)

    def call(self, method: str, path: str, **data: str) -> httpx.Response:
        """Call the master API as who runs the installation."""
        where = path if path.startswith("/admin") else f"/master/api{path}"
        return self.client.request(method, where, data={"access_token": MASTER, **data})

    def made(self) -> dict[str, Any]:
        """Make a tenant."""
        answer = self.call("POST", "/providers.json", **INITECH)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()["signup"]
        return found

    def at(self, host: str, path: str, token: str = "", **options: Any) -> int:
        """Tell the status of a path at a host."""
        headers = {"host": host, **({"authorization": f"Bearer {token}"} if token else {})}
        return self.client.request(
            options.pop("method", "GET"), path, headers=headers, **options
        ).status_code


@pytest.fixture
def clock() -> FixedClock:
    """Make a clock that a test moves."""
    return FixedClock(datetime.now(UTC))


@pytest.fixture
def master(tmp_path: Path, clock: FixedClock) -> Iterator[Master]:
    """Run all faces of an installation whose operator has a token."""
    deps = replace(make_deps(tmp_path, clock=clock), master_token=MASTER)
    make_provider(deps)
    with closing(Renderer(deps.database, deps.installation)) as renderer:
        faces = [
            *graphql_routes(deps),
            *routes(deps),
            *master_routes(deps),
            *admin_routes(deps),
            *portal_routes(deps, renderer),
        ]
        app = Starlette(routes=faces)
        with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
            yield Master(deps, client)
    deps.database.close()


def test_only_the_master_token_opens_the_master_api(master: Master) -> None:
    acme_key = {"authorization": "Bearer nothing-of-the-kind-0123456789-0123456789"}
    client = master.client
    refused = [
        client.get("/master/api/providers.json"),
        client.get("/master/api/providers.json", headers=acme_key),
        client.get("/master/api/providers/1.xml", params={"provider_key": "x"}),
        client.post("/admin/api/sso_tokens/provider_create.json", data={"provider_id": "1"}),
    ]
    without = Starlette(routes=master_routes(replace(master.deps, master_token="")))
    with TestClient(without, base_url="http://localhost") as nobodys:
        refused.append(nobodys.get("/master/api/providers.json", params={"access_token": ""}))

    assert {(each.status_code, each.text) for each in refused} == {(401, "unauthorized")}
    assert master.at("acme-admin.localhost", "/master/api/providers.json", MASTER) == 404
    assert master.at("master.localhost", "/master/api/providers.json", MASTER) == 200
    basic = client.get("/master/api/providers.json", auth=("", MASTER))
    assert [each["account"]["org_name"] for each in basic.json()["accounts"]] == ["Acme"]
    assert master.at("localhost", "/admin/api/accounts.json", MASTER) == 403


def test_a_tenant_is_found_by_its_keys(master: Master) -> None:
    installation = master.deps.installation
    with master.deps.database.read() as db:
        tenant = db.get_one(Provider, 1)
        key = provider_key_of(installation, tenant)
        service = db.exec(select_rows(Service).where(Service.provider_id == 1)).first()
        assert service is not None
        token = installation.vault.unseal(service.service_token_sealed)
    answers = {
        name: master.client.get(
            "/master/api/providers/find.json", params={"access_token": MASTER, **keys}
        )
        for name, keys in {
            "key": {"buyer_provider_key": key},
            "token": {"buyer_service_token": token},
            "key first": {"buyer_provider_key": "nobody's", "buyer_service_token": token},
            "wrong": {"buyer_service_token": "nobody's"},
            "none": {},
        }.items()
    }

    assert {name: each.status_code for name, each in answers.items()} == {
        "key": 200,
        "token": 200,
        "key first": 404,
        "wrong": 404,
        "none": 404,
    }
    assert answers["key"].json() == answers["token"].json()
    assert answers["key"].json()["signup"]["account"]["org_name"] == "Acme"


def test_a_tenant_is_made_shown_changed_and_refused_what_is_wrong(master: Master) -> None:
    made = master.made()
    tenant, token = made["account"], made["access_token"]
    one = f"/providers/{tenant['id']}"

    assert (tenant["org_name"], tenant["state"]) == (INITECH["org_name"], "approved")
    assert tenant["users"][0]["user"]["username"] == "peter"
    assert (token["name"], token["permission"]) == ("Administration", "rw")
    assert token["scopes"] == ["account_management", "policy_registry"]
    assert master.at(tenant["admin_domain"], "/admin/api/services.json", token["value"]) == 200
    shown = master.call("GET", f"{one}.xml?access_token={MASTER}")
    assert "<signup><account>" in shown.text
    assert "<access_token>" not in shown.text
    values = {"from_email": "api@initech.example", "site_access_code": "open sesame"}
    changed = master.call("PUT", f"{one}.json", **values, org_name="Initech").json()
    assert {**changed["signup"]["account"], **values} == changed["signup"]["account"]
    assert changed["signup"]["account"]["org_name"] == "Initech"
    listed = master.client.get(
        "/master/api/providers.json", params={"access_token": MASTER, "per_page": 1}
    ).json()
    assert listed["metadata"]["total_entries"] == 2
    for given, field in (
        ({"org_name": ""}, "org_name"),
        ({"username": "no such name!"}, "username"),
        ({"password": "short"}, "password"),
        ({"email": "nowhere"}, "email"),
    ):
        answer = master.call("POST", "/providers.json", **{**INITECH, **given})
        assert (answer.status_code, [*answer.json()["errors"]]) == (422, [field])
    assert master.call("PUT", f"{one}.json", state_event="fly").status_code == 422
    assert master.call("PUT", f"{one}.json", state_event="resume").status_code == 422
    assert master.call("PUT", f"{one}.json").status_code == 400
    assert master.call("GET", f"/providers/999999.json?access_token={MASTER}").status_code == 404
    spare = master.client.post(
        "/admin/api/services.json",
        headers={"host": tenant["admin_domain"], "authorization": f"Bearer {token['value']}"},
        data={"name": "Spare"},
    ).json()["service"]["id"]
    assert master.call("DELETE", f"{one}/services/{spare}.json").status_code == 200
    assert master.call("DELETE", f"/providers/1/services/{spare}.json").status_code == 404


def faces_of(master: Master, made: dict[str, Any]) -> dict[str, int]:
    """Tell how each face of a tenant answers."""
    tenant, token = made["account"], made["access_token"]["value"]
    portal, admin = tenant["domain"], tenant["admin_domain"]
    query = {"query": "{ __typename }"}

    async def of_gateway() -> tuple[Any, Any]:
        service = await master.directory.service(made["service_id"])
        return service, await master.directory.document_by_host(made["gateway"])

    service, document = asyncio.run(of_gateway())
    return {
        "rest": master.at(admin, "/admin/api/accounts.json", token),
        "graphql": master.at(admin, "/admin/api/graphql", token, method="POST", json=query),
        "admin": master.at(admin, "/p/admin/login"),
        "portal": master.at(portal, "/login"),
        "developer graphql": master.at(portal, "/graphql", method="POST", json=query),
        "mcp": master.at(portal, "/mcp", method="POST", json={}),
        "authrep": 200 if service is not None and service.active else 403,
        "gateway": 200 if document is not None else 404,
    }


def test_a_suspended_or_deleted_tenant_is_closed_at_every_face_and_can_come_back(
    master: Master,
) -> None:
    made = master.made()
    one = f"/providers/{made['account']['id']}"
    with master.deps.database.read() as db:
        row = db.execute(select(Service).where(col(Service.provider_id) == made["account"]["id"]))
        service = row.scalars().one()
        made["service_id"] = service.id
        made["gateway"] = master.deps.installation.addresses.gateway_host(service, "production")
    host = {"access_token": MASTER, "host": made["gateway"]}
    configs = "/master/api/proxy/configs/production.json"
    before = faces_of(master, made)
    assert len(master.client.get(configs, params=host).json()["proxy_configs"]) == 1

    assert master.call("PUT", f"{one}.json", state_event="suspend").status_code == 200
    closed = faces_of(master, made)
    none = master.client.get(configs, params=host).json()["proxy_configs"]
    assert master.call("PUT", f"{one}.json", state_event="resume").status_code == 200
    assert faces_of(master, made) == before
    assert master.call("DELETE", f"{one}.json").text == ""
    assert faces_of(master, made) == closed
    assert {name for name, status in closed.items() if status < 400} == set()
    assert (none, {before["rest"], before["portal"], before["gateway"]}) == ([], {200})


def test_what_is_scheduled_for_deletion_changes_its_state_alone_and_comes_back(
    master: Master, clock: FixedClock
) -> None:
    made = master.made()
    one = f"/providers/{made['account']['id']}"
    master.call("DELETE", f"{one}.json")

    assert master.call("DELETE", f"{one}.json").status_code == 404
    assert master.call("PUT", f"{one}.json", from_email="a@b.example").status_code == 422
    shown = master.call("GET", f"{one}.json?access_token={MASTER}").json()["signup"]["account"]
    assert shown["state"] == "scheduled_for_deletion"
    assert shown["deletion_date"]
    clock.advance(timedelta(days=14))
    assert delete_tenants(master.deps) == 0
    assert master.call("PUT", f"{one}.json", state_event="resume").status_code == 200
    clock.advance(timedelta(days=30))
    assert delete_tenants(master.deps) == 0
    assert master.at(made["account"]["domain"], "/login") == 200


def rows_of(deps: Dependencies) -> dict[str, int]:
    """Count the rows of every table."""
    with deps.database.read() as db:
        return {
            table.name: db.execute(select(func.count()).select_from(table)).scalar_one()
            for table in SQLModel.metadata.sorted_tables
        }


def test_a_tenant_is_gone_for_good_after_its_time_and_nobody_elses_row_with_it(
    master: Master, clock: FixedClock
) -> None:
    before = rows_of(master.deps)
    made = master.made()["account"]

    assert master.call("DELETE", "/providers/1.json").status_code == 403  # the bare host's
    master.call("DELETE", f"/providers/{made['id']}.json")
    clock.advance(timedelta(days=16))

    assert delete_tenants(master.deps) == 1
    assert rows_of(master.deps) == before
    assert delete_tenants(master.deps) == 0
    assert master.made()["account"]["domain"] == made["domain"]  # its name is free again


def test_the_operator_looks_into_a_tenant_once_and_is_seen_there(master: Master) -> None:
    made = master.made()
    tenant_id, admin = str(made["account"]["id"]), made["account"]["admin_domain"]
    create = "/admin/api/sso_tokens/provider_create"
    told = master.call("POST", f"{create}.json", provider_id=tenant_id, expires_in="60")
    url = httpx.URL(told.json()["sso_token"]["sso_url"])
    path = f"{url.path}?{url.query.decode()}"

    assert (told.status_code, url.netloc.decode()) == (201, admin)
    assert master.client.head(path, headers={"host": admin}).headers["location"].endswith("/login")
    assert master.at("localhost", path) == 303  # another tenant's portal: it opens nothing
    first = master.client.get(path, headers={"host": admin})
    assert first.headers["location"] == "/p/admin"
    again = master.client.get(path, headers={"host": admin})
    assert again.headers["location"] == "/p/admin/login"
    with master.deps.database.read() as db:
        states = db.execute(select(col(Provider.state))).scalars().all()
    assert set(states) == {"approved"}
    people = master.client.get(
        "/admin/api/users.json",
        headers={"host": admin, "authorization": f"Bearer {made['access_token']['value']}"},
    ).json()["users"]
    assert [each["user"]["username"] for each in people] == ["peter", "installation-operator"]
    assert master.call("POST", f"{create}.xml", provider_id=tenant_id).text.count("<sso_url>") == 1
    for wrong in ({}, {"provider_id": "999999"}, {"provider_id": tenant_id, "expires_in": "5"}):
        assert master.call("POST", f"{create}.json", **wrong).status_code == 422
    master.call("PUT", f"/providers/{tenant_id}.json", state_event="suspend")
    closed = master.call("POST", f"{create}.json", provider_id=tenant_id)
    assert "suspended" in closed.json()["errors"]["provider_id"][0]


def test_the_master_apis_document_is_valid_and_names_its_routes(
    master: Master,
) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    document = schemathesis.openapi.from_asgi(DOCUMENT, master.client.app)

    document.validate()
    told = [method for each in document.raw_schema["paths"].values() for method in each]
    assert len(told) == 2 * len(OPERATIONS)
