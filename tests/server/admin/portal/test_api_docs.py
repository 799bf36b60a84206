"""ActiveDocs in the admin portal."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from server.actions.portal.api_docs import API_DOCS
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.portal.api_docs import MOST_BODY, ApiDocs
from tests.kit.browser import Browser
from tests.kit.fetching import SPEC as FETCHED_SPEC
from tests.kit.fetching import Site, a_fetcher, a_site_beside, connections_in_use, sends_on, streams
from tests.kit.make import make_deps, staff

SPEC = '{"swagger": "2.0",\r\n"info": {"title": "<b>Rain</b>"}, "paths": {}}'
SAMPLE = "/api_docs/1"
SNOW = b"openapi: 3.0.3\ninfo: {title: Snow}\npaths: {}\n"


@pytest.fixture
def fetcher() -> Any:
    """Make what fetches for the portal."""
    return a_fetcher()


@pytest.fixture
def site(fetcher: Any) -> Iterator[Site]:
    """Serve what is fetched."""
    with a_site_beside(fetcher) as site:
        yield site


@pytest.fixture
def deps(tmp_path: Path, fetcher: Any) -> Iterator[Dependencies]:
    """Make dependencies that fetch."""
    deps = replace(make_deps(tmp_path), fetch=fetcher)
    yield deps
    deps.database.close()


def docs_of(deps: Dependencies) -> dict[int, ApiDocs]:
    """Read all specifications."""
    with deps.database.read() as db:
        return {row.id: row for row in db.exec(select(ApiDocs))}


def body_of(deps: Dependencies, provider: NewProvider, name: str) -> str:
    """Read the document of a specification."""
    with deps.database.read() as db:
        rows = {row.name: row for row in db.exec(API_DOCS.query(staff(provider)))}
        return rows[name].body


def add_rain(admin: Browser) -> str:
    """Add a specification, the second one; gives the page that shows it."""
    return admin.done("/api_docs", name="Rain", body=SPEC, service_id="", description="Wet.")


def test_a_specification_is_added_hidden(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    shown = add_rain(admin)

    assert "Rain is added." in shown
    assert "hidden" in shown
    assert "&lt;b&gt;Rain" in shown
    assert "/swagger/spec/" not in shown
    assert body_of(deps, acme, "Rain") == SPEC.replace("\r\n", "\n")


def test_a_specification_is_published_and_hidden_again(admin: Browser) -> None:
    add_rain(admin)

    published, hidden = admin.done("/api_docs/2/publish"), admin.done("/api_docs/2/hide")

    assert "http://localhost:8000/swagger/spec/rain.json" in published
    assert "Rain is hidden" in hidden


def test_a_specification_is_changed(acme: NewProvider, admin: Browser) -> None:
    add_rain(admin)
    service = str(acme.sample.service.id)
    fields = {"name": "Snow", "body": "{}", "service_id": service, "description": ""}

    shown = admin.done("/api_docs/2", **fields, published="yes", skip_swagger_validations="yes")

    assert "Snow" in shown
    assert "as JSON only" in shown
    assert f'href="/p/admin/services/{service}"' in shown


def test_a_specification_is_deleted(admin: Browser) -> None:
    add_rain(admin)

    assert "Rain is deleted." in admin.done("/api_docs/2/delete")
    assert admin.get("/api_docs/2").status_code == 404


def test_the_list_says_when_it_is_empty(admin: Browser) -> None:
    assert "Echo API" in admin.page("/api_docs")

    assert "No specifications yet." in admin.done(f"{SAMPLE}/delete")


@pytest.mark.parametrize("path", ["/api_docs", SAMPLE])
def test_what_was_typed_comes_back_with_the_error_at_its_field(path: str, admin: Browser) -> None:
    for name, body, field in (("", SPEC, "name"), ("Rain", "<oops>", "body")):
        refused = admin.send(path, "api-docs", name=name, body=body, service_id="")

        assert refused.status_code == 422
        assert f'id="api-docs-{field}-error"' in refused.text
    assert "&lt;oops&gt;" in refused.text
    assert admin.send(path, "api-docs", name="x", body=SPEC, service_id="x").status_code == 422
    assert admin.send(f"{SAMPLE}/explode").status_code == 404


def _sent_with_file(admin: Browser, path: str, content: bytes, **fields: str) -> Any:
    """Send the form with a chosen file, as browsers do."""
    csrf = admin.hidden("/api_docs/new")["csrf"]
    form = {"csrf": csrf, "form_id": "api-docs", "name": "Big", "body": "", **fields}
    parts: dict[str, Any] = {name: (None, value) for name, value in form.items()}
    parts["file"] = ("spec.yaml", content, "application/yaml")
    return admin.client.post(f"/p/admin{path}", files=parts)


@pytest.mark.parametrize("way", ["paste", "upload"])
def test_a_document_of_the_most_characters_is_taken(
    deps: Dependencies, acme: NewProvider, admin: Browser, way: str
) -> None:
    document = json.dumps({"text": ""})
    body = document.replace('""', f'"{"ü" * (MOST_BODY - len(document))}"')
    fields = {"skip_swagger_validations": "yes"}

    if way == "paste":
        answer = _sent_with_file(admin, "/api_docs", b"", **fields, body=body)
    else:
        answer = _sent_with_file(admin, "/api_docs", body.encode(), **fields)

    assert answer.status_code == 303
    kept = body_of(deps, acme, "Big")
    assert len(kept) == MOST_BODY
    assert kept == body
    shown, edited = admin.page("/api_docs/2"), admin.page("/api_docs/2/edit")
    assert len(shown) + len(edited) < 2_000_000
    assert "Its beginning, of" in shown
    assert admin.done("/api_docs/2", name="Big 2", body="", **fields)
    assert len(body_of(deps, acme, "Big 2")) == MOST_BODY


def test_a_file_goes_before_what_is_pasted_and_is_told_when_it_is_wrong(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    yaml = b"\xef\xbb\xbfopenapi: 3.2.0\ninfo: {title: Rain}\nwebhooks: {}\n"

    taken = _sent_with_file(admin, "/api_docs", yaml, body="{}")
    wrong = _sent_with_file(admin, "/api_docs", b"a: \xff", name="Wrong")
    broken = _sent_with_file(admin, "/api_docs", b"a: b: c", name="Wrong")

    assert taken.status_code == 303
    assert json.loads(body_of(deps, acme, "Big"))["openapi"] == "3.2.0"
    assert (wrong.status_code, broken.status_code) == (422, 422)
    assert "valid Unicode" in wrong.text
    assert "line 1, column 5" in broken.text
    assert 'enctype="multipart/form-data"' in admin.page("/api_docs/new")


def test_only_who_is_logged_in_sends_a_large_form(deps: Dependencies, admin: Browser) -> None:
    large = b"x" * 2_000_000
    inside = _sent_with_file(admin, "/api_docs", large)
    elsewhere = _sent_with_file(admin, "/settings", large)
    admin.client.cookies.clear()
    outside = admin.client.post("/p/admin/api_docs", files={"file": ("x", large)})

    assert inside.status_code == 422
    assert (elsewhere.status_code, outside.status_code) == (413, 413)


def test_a_member_of_the_staff_reads_only(member: Browser) -> None:
    shown = member.page(SAMPLE)

    assert "Echo API" in shown
    assert "/delete" not in shown
    assert "/edit" not in shown
    assert member.send(f"{SAMPLE}/hide").status_code == 403


def test_a_specification_is_taken_by_its_address_and_fetched_again(
    deps: Dependencies, admin: Browser, site: Site
) -> None:
    url = f"{site.url}/spec"

    shown = admin.done("/api_docs", name="Rain", body="", source_url=f" {url} ", service_id="")

    assert "Rain is added." in shown
    assert url in shown
    kept = docs_of(deps)[2]
    assert (kept.body, kept.source_url) == (FETCHED_SPEC.decode(), url)

    site.answers["/spec"] = SNOW
    again = admin.done("/api_docs/2/fetch")

    assert "Rain is fetched." in again
    assert "Snow" in docs_of(deps)[2].body


def test_saving_a_form_fetches_a_new_address_only(
    deps: Dependencies, admin: Browser, site: Site
) -> None:
    url, sample = f"{site.url}/spec", docs_of(deps)[1].body
    form = {"name": "Rain", "service_id": "", "body": sample.replace("\n", "\r\n")}
    form["accept_breaking"] = "yes"

    admin.done(SAMPLE, **form, source_url=url)
    assert docs_of(deps)[1].body == FETCHED_SPEC.decode()
    for body in (FETCHED_SPEC.decode(), ""):
        admin.done(SAMPLE, **form | {"body": body}, source_url=url)
    admin.done(SAMPLE, **form | {"body": SNOW.decode()}, source_url=url)

    kept = docs_of(deps)[1]
    assert (site.asked, kept.source_url) == (["/spec"], url)
    assert "Snow" in kept.body
    admin.done(SAMPLE, **form, source_url="")
    assert docs_of(deps)[1].source_url == ""
    assert "/fetch" not in admin.page(SAMPLE)


@pytest.mark.parametrize("path", ["/api_docs", SAMPLE])
@pytest.mark.parametrize(
    "told",
    [
        (b"<!DOCTYPE html><p>Log in</p>", "a web page or XML"),
        (b"openapi: 3.0.3\ninfo: {title: x}\npaths: a: b\n", "At line 3, column 9"),
        (b'{"a": 1,\n "b" 2}', "At line 2, column 6"),
        (b"openapi: 9.0.0\n", "must say its version"),
        ((404, {}), "answered 404"),
    ],
)
def test_what_can_not_be_taken_is_told_at_the_address(
    deps: Dependencies, admin: Browser, site: Site, path: str, told: tuple[object, str]
) -> None:
    site.answers["/spec"], words = told
    before = docs_of(deps)

    refused = admin.send(
        path, "api-docs", name="Rain", body="", source_url=f"{site.url}/spec", service_id=""
    )

    assert refused.status_code == 422
    assert 'id="api-docs-source_url-error"' in refused.text
    assert 'id="api-docs-body-error"' not in refused.text
    assert words in refused.text
    assert docs_of(deps) == before


def test_a_document_and_an_address_are_not_taken_together(admin: Browser, site: Site) -> None:
    given = {"name": "Rain", "source_url": f"{site.url}/spec", "service_id": ""}

    for path in ("/api_docs", SAMPLE):
        refused = admin.send(path, "api-docs", **given, body=SNOW.decode())

        assert refused.status_code == 422
        assert "Give one of them" in refused.text
    assert site.asked == []


def test_what_fails_when_it_is_fetched_again_leaves_the_document(
    deps: Dependencies, admin: Browser, site: Site
) -> None:
    assert "is not known" in admin.send(f"{SAMPLE}/fetch").text
    admin.done("/api_docs", name="Rain", body="", source_url=f"{site.url}/spec", service_id="")
    site.answers["/spec"] = sends_on("/spec")

    refused = admin.send("/api_docs/2/fetch")

    assert refused.status_code == 422
    assert "Source URL sends on more than 3 times" in refused.text
    assert docs_of(deps)[2].body == FETCHED_SPEC.decode()


def test_a_member_of_the_staff_fetches_nothing(member: Browser, site: Site) -> None:
    given = {"name": "Rain", "body": "", "source_url": f"{site.url}/spec", "service_id": ""}

    statuses = [
        member.send(path, **given).status_code
        for path in ("/api_docs", SAMPLE, f"{SAMPLE}/fetch", "/api_docs/9")
    ]

    assert statuses == [403] * 4
    assert site.asked == []


def test_nothing_is_fetched_within_a_transaction(
    deps: Dependencies, admin: Browser, site: Site
) -> None:
    seen: list[int] = []

    async def look() -> None:
        seen.append(connections_in_use(deps.database))

    site.answers["/spec"] = streams(FETCHED_SPEC, 1, look)
    given = {"name": "Rain", "body": "", "source_url": f"{site.url}/spec", "service_id": ""}
    for path in ("/api_docs", SAMPLE, f"{SAMPLE}/fetch"):
        admin.done(path, **given, accept_breaking="yes")

    assert seen == [0, 0, 0]


def pets(*paths: str) -> str:
    """Write a document with these paths."""
    info = {"title": "Pets", "version": str(len(paths))}
    items: dict[str, Any] = {path: {"get": {}} for path in paths}
    return json.dumps({"openapi": "3.0.3", "info": info, "paths": items})


def test_what_breaks_callers_of_a_published_specification_is_asked_about_first(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    admin.done("/api_docs", name="Pets", body=pets("/a", "/b"), published="yes")
    form = {"name": "Pets", "body": pets("/a", "/c"), "published": "yes"}

    refused = admin.send("/api_docs/2", {**form, "form_id": "api-docs"}, page="/api_docs/2/edit")
    stored = body_of(deps, acme, "Pets")
    done = admin.done("/api_docs/2", {**form, "accept_breaking": "yes"})
    versions = admin.open("/api_docs/2/versions")
    back = "/api_docs/2/versions/1/restore"
    asked = admin.send(back, page="/api_docs/2/versions")
    restored = admin.done(back, accept_breaking="yes")

    assert (asked.status_code, "Bring back and break callers" in asked.text) == (409, True)
    assert "GET /c: The operation is removed" in asked.text
    assert "is as in version 1 again" in restored
    assert refused.status_code == 409
    assert "GET /b: The operation is removed (calls to it fail)" in refused.text
    assert 'name="accept_breaking"' in refused.text
    assert "&#34;/c&#34;" in refused.text  # what was typed is there again
    assert stored == pets("/a", "/b")
    assert "Pets is saved." in done
    assert "Breaks callers: GET /b The operation is removed. Calls to it fail." in versions.text
    assert f"by {acme.admin.username}" in versions.text


def test_an_earlier_version_comes_back(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    admin.done("/api_docs", name="Pets", body=pets("/a"))
    admin.done("/api_docs/2", name="Pets", body=pets("/b"))

    shown = admin.done("/api_docs/2/versions/1/restore")
    numbers = admin.open("/api_docs/2/versions").tree.xpath("//section/@aria-labelledby")

    assert "Pets is as in version 1 again." in shown
    assert body_of(deps, acme, "Pets") == pets("/a")
    assert numbers == ["version-3", "version-2", "version-1"]
    assert admin.send("/api_docs/2/versions/9/restore").status_code == 404


def test_before_publishing_it_is_told_what_that_breaks(admin: Browser) -> None:
    admin.done("/api_docs", name="Pets", body=pets("/a", "/b"), published="yes")
    admin.done("/api_docs/2/hide")
    admin.done("/api_docs/2", name="Pets", body=pets("/a"))

    before = admin.open("/api_docs/2")
    after = admin.done("/api_docs/2/publish")

    assert "This breaks callers in 1 place" in before.text
    assert "GET /b The operation is removed." in before.text
    assert "This breaks callers" not in after
