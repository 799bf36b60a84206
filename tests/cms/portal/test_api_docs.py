"""ActiveDocs in the portal: published specifications are files, and listed on a page."""

import pytest
from sqlmodel import Session

from server.actions.portal.api_docs import API_DOCS
from server.actions.provider.providers import NewProvider
from server.actions.services.lookup import get_service
from server.auth.dependencies import Dependencies
from server.domain.portal.pages import Template
from tests.kit.browser import Browser
from tests.kit.make import make_provider, staff
from tests.kit.work import by

SPEC = '{ "swagger": "2.0",\n "info": {"title": "Rain"}, "paths": {} }'
ECHO = "/swagger/spec/echo_api.json"


def add(db: Session, provider: NewProvider, name: str, *, published: bool = True) -> None:
    """Add a specification."""
    API_DOCS.create(by(db, staff(provider)), {"name": name, "body": SPEC, "published": published})


def test_a_published_specification_is_served_as_it_was_given(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        add(db, acme, "Rain")

    answer = browser.get("/swagger/spec/rain.json")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.text == SPEC
    assert browser.get(ECHO).json()["info"]["title"] == "Echo API"
    assert browser.client.post("/swagger/spec/rain.json").status_code == 404


def test_all_others_are_not_found(deps: Dependencies, acme: NewProvider, browser: Browser) -> None:
    other = make_provider(deps, "Globex")
    with deps.database.write() as db:
        add(db, acme, "Hidden", published=False)
        add(db, other, "Foreign")

    for name in ("hidden", "foreign", "nothing", "Echo_api", "a%00b", "a%2Fb", "%ED%A0%80", ""):
        assert browser.get(f"/swagger/spec/{name}.json").status_code == 404, name
    for path in ("/swagger/spec", "/swagger/spec.json", "/swagger/spec/echo_api"):
        assert browser.get(path).status_code == 404, path


def test_the_documentation_lists_what_is_published(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        add(db, acme, "Rain")
        add(db, acme, "Hidden", published=False)

    listed = browser.get("/docs").text
    with deps.database.write() as db:
        for api_docs_id in (1, 2):
            API_DOCS.update(by(db, staff(acme)), api_docs_id, {"published": False})
    empty = browser.get("/docs").text

    assert f'<a href="{ECHO}"' in listed
    assert '<a href="/swagger/spec/rain.json"' in listed
    assert "Hidden" not in listed
    assert "Specifications" not in empty
    assert "When a call is refused" in empty


@pytest.mark.parametrize("is_bound", [True, False])
def test_a_template_knows_the_service_of_a_specification(
    deps: Dependencies, acme: NewProvider, browser: Browser, is_bound: bool
) -> None:
    text = (
        "{% for spec in provider.api_specs %}{{ spec }}|{{ spec.system_name }}|{{ spec.url }}|"
        "{{ spec.published? }}|{{ spec.service.name }}|"
        "{{ spec.api_product_production_public_base_url }}|{{ spec.body }}{% endfor %}"
    )
    with deps.database.write() as db:
        page = Template(provider_id=acme.provider.id, kind="page", name="/docs", published=text)
        db.add(page)
        service = get_service(by(db, staff(acme)), acme.sample.service.id)
        changes = {"service_id": service.id if is_bound else None}
        API_DOCS.update(by(db, staff(acme)), 1, changes)

    shown = browser.get("/docs").text

    address = "http://localhost:8000/gateway/production/api"
    told = f"API|{address}|" if is_bound else "||"
    assert f"Echo API|echo_api|{ECHO}|true|{told}" in shown
