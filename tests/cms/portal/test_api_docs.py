"""ActiveDocs in the portal: published specifications are files, and listed on a page."""

import json
from typing import Any

import pytest
from lxml import etree
from sqlmodel import Session

from cms.portal.api_docs import MOST_AT_ONCE
from server.actions.applications.keys import add_key
from server.actions.portal.api_docs import API_DOCS
from server.actions.provider.providers import NewProvider
from server.actions.services.lookup import get_service
from server.auth.dependencies import Dependencies
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.pages import Template
from server.domain.services.services import Service
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.make import make_provider, staff
from tests.kit.specs import PETSTORE_1_TEXT
from tests.kit.statements import counted
from tests.kit.work import accepting, by

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
    assert browser.get("/swagger/spec/1").json()["info"]["title"] == "Echo API"
    assert len(browser.get("/api_docs/services").json()["apis"]) == 2
    assert browser.client.post("/swagger/spec/rain.json").status_code == 404


def test_all_others_are_not_found(deps: Dependencies, acme: NewProvider, browser: Browser) -> None:
    other = make_provider(deps, "Globex")
    with deps.database.write() as db:
        add(db, acme, "Hidden", published=False)
        add(db, other, "Foreign")

    for name in ("hidden", "foreign", "nothing", "Echo_api", "a%00b", "a%2Fb", "%ED%A0%80", ""):
        assert browser.get(f"/swagger/spec/{name}.json").status_code == 404, name
    for name in ("hidden", "foreign", "nothing", "a%00b"):
        for path in ("", "/changes", "/document.json", "/operations/echo"):
            assert browser.get(f"/api_docs/specs/{name}{path}").status_code == 404, (name, path)
    for path in ("/swagger/spec/", "/swagger/spec/echo_api", "/api_docs/specs/hidden/changes.atom"):
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
    assert '<a href="/api_docs/specs/rain"' in listed
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


PAGE = "/api_docs/specs/echo_api"


def test_a_specification_is_read_without_any_script(browser: Browser) -> None:
    index = browser.open("/api_docs")
    page = browser.open(PAGE)
    operation = browser.open(f"{PAGE}/operations/echopath")

    assert index.value("//h3/a/@href") == PAGE
    assert (
        page.value("//main//section[@class='ops']//li[2]/a/@href") == f"{PAGE}/operations/echopath"
    )
    assert "OpenAPI 3.0.3" in page.text
    assert "GET /{path}" in operation.text
    assert "user_key=YOUR_KEY" in operation.tree.xpath("//*[@id='sample-curl']")[0].text
    assert len(operation.tree.xpath("//details[@name='samples']")) == 7
    assert browser.get(f"{PAGE}/operations/nothing").status_code == 404


def test_samples_and_scripts_get_the_developers_own_keys_and_nobody_elses(
    acme: NewProvider, browser: Browser
) -> None:
    nobody = browser.get("/api_docs/account_data.json")
    browser.log_in_john(acme)
    answer = browser.get("/api_docs/account_data.json")
    page = browser.open(f"{PAGE}/operations/echo")

    older = browser.get("/api_docs/account_data").json()
    results = answer.json()["results"]
    (item,) = results["user_keys"]
    assert older["results"] == results
    key = item["value"]
    assert nobody.json() == {"status": 401}
    assert answer.headers["cache-control"] == "no-store"
    assert (item["name"], item["service"]) == ("Developer's App - API", "api")
    assert results["app_ids"] == results["app_keys"] == []
    assert f"user_key={key}" in page.tree.xpath("//*[@id='sample-python']")[0].text
    assert "With the key of Developer's App" in page.text


def test_the_document_of_the_console_is_tried_at_the_gateway_with_its_key(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    spec = json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "Pets", "version": "1"},
            "servers": [{"url": "https://pets.example/v2"}],
            "paths": {
                "/pets": {
                    "get": {"operationId": "list", "servers": [{"url": "https://x.example"}]}
                },
                "/owners": {"get": {"operationId": "owners", "security": [{"token": []}]}},
            },
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        }
    )
    with deps.database.write() as db:
        values = {"name": "Pets", "body": spec, "published": True}
        service_id = acme.sample.service.id
        API_DOCS.create(by(db, staff(acme)), {**values, "service_id": service_id})
        API_DOCS.create(by(db, staff(acme)), {**values, "name": "Free"})

    whole = browser.get("/api_docs/specs/pets/document.json").json()
    one = browser.get("/api_docs/specs/pets/document.json?operation=owners").json()
    free = browser.get("/api_docs/specs/free/document.json").json()

    assert whole["servers"] == [{"url": "/gateway/production/api/v2"}]
    assert "servers" not in whole["paths"]["/pets"]["get"]
    assert whole["security"] == [{"gatehouse_user_key": []}]
    assert list(one["paths"]) == ["/owners"]
    assert one["paths"]["/owners"]["get"]["security"] == [{"token": [], "gatehouse_user_key": []}]
    assert one["components"]["securitySchemes"]["gatehouse_user_key"]["name"] == "user_key"
    assert free == json.loads(spec)


def test_a_page_with_a_console_may_call_gateways_and_no_other_host(
    deps: Dependencies, browser: Browser
) -> None:
    other = make_provider(deps, "Globex")
    with deps.database.write() as db:
        text = "{% active_docs services: 'echo_api, nothing' %}"
        db.add(Template(provider_id=other.provider.id, kind="page", name="/t", published=text))
    foreign = open_browser(deps, "http://globex.localhost:8000")

    policy = browser.get(PAGE).headers["content-security-policy"]
    plain = browser.get("/api_docs").headers["content-security-policy"]
    answer = foreign.get("/t")
    tagged = answer.headers["content-security-policy"]
    foreign.close()

    assert "connect-src 'self'; img-src" in policy
    assert "connect-src" not in plain
    assert "connect-src 'self' http://api-" in tagged
    assert answer.text.count("data-console ") == 1
    assert 'data-document="/api_docs/specs/echo_api/document.json"' in answer.text
    assert f'<a href="{PAGE}">Echo API</a>' in answer.text


def test_changes_are_told_with_what_breaks_on_a_page_and_as_atom(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    def body(paths: dict[str, Any], version: str) -> str:
        info = {"title": "T & Co", "version": version}
        return json.dumps({"openapi": "3.0.3", "info": info, "paths": paths})

    with deps.database.write() as db:
        work = accepting(by(db, staff(acme)))
        both: dict[str, Any] = {"/a": {"get": {}}, "/b": {"get": {}}}
        values = {
            "name": "T & <Co>",
            "system_name": "t",
            "body": body(both, "1"),
            "published": True,
        }
        row = API_DOCS.create(work, values)
        API_DOCS.update(work, row.id, {"body": body({"/a": {"get": {}}, "/c": {"get": {}}}, "2")})
        API_DOCS.update(work, row.id, {"published": False, "body": body({}, "3")})

    page = browser.open("/api_docs/specs/echo_api/changes")
    with deps.database.write() as db:
        API_DOCS.update(by(db, staff(acme)), row.id, {"body": body(both, "4")})
        API_DOCS.update(by(db, staff(acme)), row.id, {"published": True})
    changed = browser.open("/api_docs/specs/t/changes")
    answer = browser.get("/api_docs/specs/t/changes.atom")
    feed = etree.fromstring(answer.content)

    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert "The first version" in page.text
    assert [section.get("id") for section in changed.tree.xpath("//main/section")] == [
        "version-4",
        "version-2",
        "version-1",
    ]
    assert "GET /b The operation is removed. Breaks callers: calls to it fail." in changed.text
    told = changed.tree.xpath("//section[@id='version-4']")[0].text_content()
    assert "GET /b The operation is added." in " ".join(told.split())  # since what was seen last
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert [entry.findtext(f"{atom}title") for entry in entries] == [
        "Version 4: breaks callers",
        "Version 2: breaks callers",
        "Version 1",
    ]
    assert feed.findtext(f"{atom}title") == "Changes of T & <Co>"
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(set(ids)) == 3
    required = (f"{atom}id", f"{atom}title", f"{atom}updated")
    assert all(each.find(name) is not None for each in (feed, *entries) for name in required)


def test_as_many_statements_are_sent_for_many_specifications_as_for_one(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    paths = ("/api_docs", "/swagger/spec.json", PAGE, f"{PAGE}/operations/echo", f"{PAGE}/changes")
    browser.log_in_john(acme)

    def costs() -> list[int]:
        found = []
        for path in paths:
            with counted(deps) as statements:
                assert browser.get(path).status_code == 200
            found.append(len(statements))
        return found

    costs()
    few = costs()
    with deps.database.write() as db:
        for number in range(9):
            add(db, acme, f"Rain {number}")
            values = {"name": f"S{number}", "body": SPEC, "service_id": acme.sample.service.id}
            API_DOCS.create(by(db, staff(acme)), {**values, "published": True})

    assert costs() == few


def test_one_of_old_is_shown_as_well(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        values = {"name": "Old", "body": PETSTORE_1_TEXT, "service_id": acme.sample.service.id}
        API_DOCS.create(by(db, staff(acme)), {**values, "published": True})

    page = browser.open("/api_docs/specs/old")
    operation = browser.open("/api_docs/specs/old/operations/getpet")
    document = browser.get("/api_docs/specs/old/document.json").json()

    assert "Swagger 1.2 Changes" in page.text
    assert "Find a pet" in page.text
    assert "/owners, outside of this document" in page.text
    assert "What it is called." in operation.text
    assert document["openapi"] == "3.0.3"
    assert document["servers"] == [{"url": "/gateway/production/api/api"}]


@pytest.mark.parametrize("outline", ["kept", "none"])
def test_a_layout_of_the_providers_frames_every_page_of_a_specification(
    deps: Dependencies, acme: NewProvider, browser: Browser, outline: str
) -> None:
    """What is rendered for a provider's template is rendered in another process."""
    versions = "{% for spec in provider.api_specs %}{{ spec.version }}{% endfor %}"
    text = f"<main>mine {{% content %}}</main>{versions}"
    with deps.database.write() as db:
        layout = Template(
            provider_id=acme.provider.id, kind="layout", name="main_layout", published=text
        )
        index = Template(
            provider_id=acme.provider.id,
            kind="page",
            name="api_docs/index",
            published="{% for g in groups %}{% for s in g.specs %}{{ s.operations_count }} of "
            "{{ s.operations.first.name }}{% endfor %}{% endfor %}",
        )
        db.add_all([layout, index])
        if outline == "none":
            db.get_one(ApiDocs, 1).outline = ""
    browser.log_in_john(acme)

    seen = [browser.page(path) for path in ("/api_docs", PAGE, f"{PAGE}/operations/echo")]
    seen.append(browser.page(f"{PAGE}/changes"))

    assert all("<main>mine" in page and "1.0.0" in page for page in seen)
    assert "2 of Echo a call" in seen[0]
    assert "With the key of" in seen[2]


def test_who_calls_with_an_id_and_a_key_finds_both(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    application = acme.sample.application
    with deps.database.write() as db:
        work = by(db, staff(acme))
        db.get_one(Service, acme.sample.service.id).backend_version = "2"
        _, value = add_key(work, application.id)
    browser.log_in_john(acme)

    results = browser.get("/api_docs/account_data.json").json()["results"]
    page = browser.open(f"{PAGE}/operations/echo")

    assert results["user_keys"] == []
    assert [item["value"] for item in results["app_ids"]] == [application.application_id]
    assert [item["value"] for item in results["app_keys"]] == [value]
    code = page.tree.xpath("//*[@id='sample-curl']")[0].text
    assert f"app_id={application.application_id}&app_key={value}" in code


def test_a_document_too_large_for_a_browser_is_tried_operation_by_operation(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    info = {"title": "Many", "version": "1"}
    paths: dict[str, Any] = {f"/{number}": {"get": {}} for number in range(MOST_AT_ONCE + 1)}
    body = json.dumps({"openapi": "3.0.3", "info": info, "paths": paths})
    with deps.database.write() as db:
        values = {"name": "Many", "body": body, "published": True}
        API_DOCS.create(by(db, staff(acme)), values)

    whole = browser.open("/api_docs/specs/many")
    one = browser.get("/api_docs/specs/many/document.json?operation=get-7").json()

    assert whole.tree.xpath("//*[@data-console]") == []
    assert f"/{MOST_AT_ONCE}" in whole.text
    assert browser.get("/api_docs/specs/many/document.json").status_code == 404
    assert list(one["paths"]) == ["/7"]
    assert browser.open("/api_docs/specs/many/operations/get-7").tree.xpath("//*[@data-console]")


def test_the_largest_page_is_made_within_the_bounds_of_a_render(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    prop = {"type": "string", "description": "A `text` with **bold** words.\n\n- one\n- two"}
    schema = {"properties": {f"p{number}": prop for number in range(300)}}
    content = {f"a/{number}": {"schema": schema} for number in range(12)}
    answers = {str(200 + number): {"description": "x", "content": content} for number in range(60)}
    parameters = [
        {"name": f"q{number}", "in": "query", "description": "x" * 500} for number in range(300)
    ]
    one = {"parameters": parameters, "requestBody": {"content": content}, "responses": answers}
    paths = {
        f"/{number}": {"get": {"tags": [f"t{number}"], "summary": "x" * 200}}
        for number in range(600)
    }
    body = {"openapi": "3.0.3", "info": {"title": "L", "version": "1"}}
    with deps.database.write() as db:
        work = accepting(by(db, staff(acme)))
        text = json.dumps({**body, "paths": {"/": {"post": one}, **paths}})
        values = {"name": "L", "body": text, "published": True}
        row = API_DOCS.create(work, values)
        for at in range(40):
            many: dict[str, Any] = {f"/{at}/{number}": {"get": {}} for number in range(300)}
            API_DOCS.update(work, row.id, {"body": json.dumps({**body, "paths": many})})
        API_DOCS.update(work, row.id, {"body": text})

    for path in ("", "/operations/post", "/changes"):
        answer = browser.get(f"/api_docs/specs/l{path}")
        assert answer.status_code == 200, path
        assert len(answer.text) < 1_500_000
        assert "cannot be shown" not in answer.text
