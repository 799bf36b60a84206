"""Developer portals with a primary domain: links to their other hosts lead there, no more does."""

from collections.abc import Iterator

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from server.actions.provider.domains import DOMAINS, note_check
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.provider.domains import Domain, Proof, ProvedBy
from tests.kit.make import make_provider, staff
from tests.kit.site import Site, open_site
from tests.kit.work import by

NAMES = {"portal": "developers.acme.example", "admin": "admin.acme.example"}


@pytest.fixture
def site(deps: Dependencies, acme: NewProvider) -> Iterator[Site]:
    """Serve a tenant of two portals with primary domains, and one beside him."""
    make_provider(deps, "Globex")
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        for serves, name in NAMES.items():
            given = {"name": name, "serves": serves, "is_primary": True}
            note_check(work, DOMAINS.create(work, given).id, Proof(ProvedBy.DNS))
    with open_site(deps, acme) as opened:
        yield opened


def at(site: Site, host: str, **headers: str) -> TestClient:
    return site.client(host=f"{host}:8000", **headers)


def test_links_to_other_hosts_lead_to_the_primary_domain(site: Site) -> None:
    assert at(site, NAMES["portal"]).get("/docs").status_code == 200
    for host, path, there in (
        ("acme.localhost", "/docs?a=1&b=%2F", f"http://{NAMES['portal']}:8000/docs?a=1&b=%2F"),
        ("acme.localhost", "//evil.example/", f"http://{NAMES['portal']}:8000//evil.example/"),
    ):
        answer = at(site, host).get(f"http://{host}:8000{path}")
        assert (answer.status_code, answer.headers["location"]) == (302, there), host
    # an admin portal's own host is where a domain that leads nowhere is mended
    for host in ("acme-admin.localhost", NAMES["admin"]):
        page = at(site, host).get("/p/admin/login")
        assert (page.status_code, page.headers.get("location")) == (200, None), host
    # so is a bare host; programs stay where they are
    assert at(site, "localhost").get("/docs").status_code == 200
    assert at(site, "globex.localhost").get("/docs").status_code == 200
    client = at(site, "acme.localhost", **{"sec-fetch-dest": "empty"})
    assert client.get("/docs").status_code == 200
    assert client.post("/login", data={}).status_code not in {301, 302, 307, 308}


def test_they_do_so_for_good_only_when_the_provider_says_so_and_never_to_one_that_fails(
    site: Site,
) -> None:
    deps, acme = site.deps, site.acme
    client = at(site, "acme.localhost")
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        portal = db.exec(select(Domain.id).where(Domain.name == NAMES["portal"])).one()
        DOMAINS.update(work, portal, {"moves": "permanent"})
    assert client.get("/docs").status_code == 301
    with deps.database.write() as db:
        for _ in range(3):
            note_check(by(db, staff(acme), deps.installation), portal, Proof(problem="Gone."))
    assert client.get("/docs").status_code == 200


def test_one_logs_in_and_works_at_the_domain_with_its_own_cookies_and_origin(site: Site) -> None:
    client = at(site, NAMES["portal"], origin=f"http://{NAMES['portal']}:8000")
    page = client.get("/login")
    token = page.text.partition('name="authenticity_token" value="')[2].partition('"')[0]
    name, password = site.first_admin("developer")
    form = {"username": name, "password": password, "authenticity_token": token}

    foreign = at(site, NAMES["portal"], origin="http://acme.localhost:8000")
    assert foreign.post("/login", data=form).status_code == 403
    done = client.post("/login", data=form)

    assert done.status_code == 303
    assert "domain=" not in done.headers["set-cookie"].lower()
    assert client.get("/admin").status_code == 200
