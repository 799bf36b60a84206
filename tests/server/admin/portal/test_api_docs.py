"""ActiveDocs in the admin portal."""

import json
from typing import Any

import pytest

from server.actions.portal.api_docs import API_DOCS
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.portal.api_docs import MOST_BODY
from tests.kit.browser import Browser
from tests.kit.make import staff

SPEC = '{"swagger": "2.0",\r\n"info": {"title": "<b>Rain</b>"}, "paths": {}}'
SAMPLE = "/api_docs/1"


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
