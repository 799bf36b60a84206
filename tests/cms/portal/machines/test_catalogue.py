"""The catalogue is one that RFC 9727 knows, in the JSON of RFC 9264; what it leads to is there."""

from typing import Any
from urllib.parse import urlsplit

from server.actions.portal.api_docs import API_DOCS
from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser
from tests.kit.machines import furnish
from tests.kit.make import staff
from tests.kit.work import by

PATH = "/.well-known/api-catalog"
PROFILE = "https://www.rfc-editor.org/info/rfc9727"
RELATIONS = {"item", "service-desc", "service-doc", "service-meta", "status"}
SPEC = '{"openapi": "3.1.0", "info": {"title": "Alone", "version": "1"}, "paths": {}}'


def check_linkset(document: Any) -> None:
    """Hold a document to RFC 9264, 4.2: contexts with anchors, relations, and their targets."""
    assert set(document) == {"linkset"}
    assert isinstance(document["linkset"], list)
    for context in document["linkset"]:
        assert isinstance(context["anchor"], str)
        relations = set(context) - {"anchor"}
        assert relations
        assert relations <= RELATIONS
        for relation in relations:
            targets = context[relation]
            assert isinstance(targets, list)
            assert targets
            for target in targets:
                assert isinstance(target["href"], str)
                assert set(target) <= {"href", "type", "title", "hreflang", "media"}
                assert all(isinstance(value, str) for value in target.values())
                assert urlsplit(target["href"]).scheme == "http"


def test_it_lists_each_published_api_with_what_describes_it(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    furnish(deps, acme)
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        create_service(work, {"name": "Bare", "system_name": "bare"})
        API_DOCS.create(work, {"name": "Alone", "body": SPEC, "published": True})

    answer = browser.get(PATH)
    document = answer.json()

    assert answer.headers["content-type"] == f'application/linkset+json; profile="{PROFILE}"'
    check_linkset(document)
    catalogue, *apis = document["linkset"]
    assert catalogue["anchor"].endswith(PATH)
    assert [each["href"] for each in catalogue["item"]] == [each["anchor"] for each in apis]
    api = apis[0]
    assert api["anchor"] == "http://localhost:8000/gateway/production/api"
    assert [each["title"] for each in api["service-desc"]] == ["Echo API", "Tides"]
    assert {each["type"] for each in api["service-doc"]} == {"text/html", "text/markdown"}
    assert "hidden" not in answer.text
    alone = apis[-1]
    assert alone["anchor"] == "http://localhost:8000/api_docs/specs/alone"


def test_all_that_it_leads_to_is_there(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    furnish(deps, acme)

    for context in browser.get(PATH).json()["linkset"]:
        for relation in set(context) - {"anchor", "item"}:
            for target in context[relation]:
                answer = browser.get(urlsplit(target["href"]).path)
                assert answer.status_code == 200, target
                assert answer.headers["content-type"].startswith(target["type"]), target


def test_head_tells_where_it_is(acme: NewProvider, browser: Browser) -> None:
    answer = browser.client.head(PATH)

    assert answer.status_code == 200
    assert f'<http://localhost:8000{PATH}>; rel="api-catalog"' in answer.headers["link"]
    assert not answer.content


def test_what_programs_want_to_know_before_they_call(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    furnish(deps, acme)

    meta = browser.get("/api_docs/apis/api/meta.json").json()
    status = browser.get("/api_docs/apis/api/status.json").json()

    assert meta["base_url"] == "http://localhost:8000/gateway/production/api"
    assert meta["authentication"] == {"location": "query", "names": ["user_key"]}
    assert {each["name"] for each in meta["specifications"]} == {"Echo API", "Tides"}
    assert status == {"status": "available", "environment": "production"}
    for name in ("hidden", "nothing", "a%00b"):
        assert browser.get(f"/api_docs/apis/{name}/meta.json").status_code == 404, name
