"""The CMS API, wire for wire: JSON without wrappers, unknown parameters refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.auth.dependencies import Dependencies
from tests.kit.make import make_deps, make_provider
from tests.kit.rest import RestClient, rest_client

TEMPLATES, SECTIONS, FILES = "/cms/templates", "/cms/sections", "/cms/files"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 16


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Make dependencies on a database of their own."""
    deps = make_deps(tmp_path)
    yield deps
    deps.database.close()


@pytest.fixture
def cms(deps: Dependencies) -> Iterator[RestClient]:
    """Call the API with the first token."""
    with rest_client(deps, make_provider(deps)) as client:
        yield client


def errors(answer: Any, status: int = 422) -> set[str]:
    """Tell at which fields a call was refused."""
    assert answer.status_code == status, answer.text
    return set(answer.json()["errors"])


def test_a_page_is_made_as_a_draft_changed_published_and_deleted(cms: RestClient) -> None:
    section = cms.post(SECTIONS, {"title": "Guides", "public": "false"})
    layout = cms.post(
        TEMPLATES, {"type": "layout", "system_name": "wide", "draft": "{% content %}"}
    )
    made = cms.post(
        TEMPLATES,
        {
            "type": "page",
            "title": "First steps",
            "path": "/first//steps/",
            "section_name": "guides",
            "layout_id": layout["id"],
            "handler": "markdown",
            "draft": "# Hello",
        },
    )

    assert (made["type"], made["path"], made["system_name"]) == (
        "page",
        "/first/steps",
        "first_steps",
    )
    assert (made["section_id"], made["layout_id"]) == (section["id"], layout["id"])
    assert (made["draft"], made["published"], made["hidden"]) == ("# Hello", None, True)
    assert (made["content_type"], made["liquid_enabled"]) == ("text/html", True)
    address = f"{TEMPLATES}/{made['id']}"
    published = cms.call("PUT", f"{address}/publish.json").json()
    assert (published["draft"], published["published"]) == (None, "# Hello")
    assert published["hidden"] is False
    changed = cms.call("PUT", f"{address}.json", json={"layout_id": "", "draft": "x"}).json()
    assert (changed["layout_id"], changed["draft"]) == (None, "x")
    assert cms.call("DELETE", f"{address}.json").content == b""
    assert cms.call("GET", f"{address}.json").status_code == 404


def test_what_is_shipped_is_listed_changed_and_kept(cms: RestClient) -> None:
    pages = cms.json(TEMPLATES, type="builtin_page", per_page="100")["collection"]
    login = next(page for page in pages if page["system_name"] == "login/new")
    address = f"{TEMPLATES}/{login['id']}"
    shown = cms.json(address)
    assert "{% form" in shown["published"]

    changed = cms.call("PUT", f"{address}.json", data={"draft": "mine"})

    assert (changed.status_code, changed.json()["draft"]) == (200, "mine")
    assert changed.json()["id"] == login["id"]
    assert errors(cms.call("PUT", f"{address}.json", data={"title": "x"})) == {"title"}
    assert errors(cms.call("DELETE", f"{address}.json")) == {"base"}
    again = cms.json(TEMPLATES, type="builtin_page", per_page="100")["collection"]
    assert [page["id"] for page in again].count(login["id"]) == 1
    assert len(again) == len(pages)


def test_lists_are_cut_and_say_so(cms: RestClient) -> None:
    first = cms.json(TEMPLATES)
    most = cms.json(TEMPLATES, per_page="900", content="true")

    assert len(first["collection"]) == 20
    assert first["metadata"]["per_page"] == 20
    assert len(most["collection"]) <= 100
    assert "published" not in first["collection"][0]
    assert {"draft", "published"} <= set(most["collection"][0])
    static = cms.json(TEMPLATES, type="builtin_static_page")
    assert static["collection"] == []
    assert {each["type"] for each in most["collection"]} == {
        "page",
        "builtin_page",
        "layout",
        "builtin_partial",
    }


def test_only_json_is_spoken(cms: RestClient) -> None:
    assert cms.call("GET", f"{TEMPLATES}.xml").status_code == 406
    asked = cms.call("GET", TEMPLATES, headers={"accept": "application/xml"})
    assert asked.status_code == 406
    assert cms.call("GET", TEMPLATES).headers["content-type"].startswith("application/json")


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"title": "x", "path": "/x"}, {"type"}),
        ({"type": "mail", "title": "x"}, {"type"}),
        ({"type": "page", "title": "x"}, {"path"}),
        ({"type": "page", "path": "/x"}, {"title"}),
        ({"type": "page", "title": "x", "path": "/x", "published": "y"}, {"published"}),
        ({"type": "page", "title": "x", "path": "/x", "layout_name": "no"}, {"layout_name"}),
        ({"type": "page", "title": "x", "path": "/x", "section_id": "999"}, {"section_id"}),
        ({"type": "page", "title": "x", "path": "x y"}, {"path"}),
        ({"type": "page", "title": "x", "path": "/terms.html"}, {"name"}),
        ({"type": "page", "title": "x", "path": "/login"}, {"name"}),
        ({"type": "page", "title": "x", "path": "/x", "draft": "{{"}, {"draft"}),
        ({"type": "partial", "system_name": "field"}, {"system_name"}),
        ({"type": "partial", "system_name": "x", "title": "y", "path": "/z"}, {"title", "path"}),
        ({"type": "layout", "system_name": "main_layout", "draft": "x"}, {"draft"}),
    ],
)
def test_a_template_that_can_not_be_is_refused_at_its_field(
    cms: RestClient, values: dict[str, str], fields: set[str]
) -> None:
    before = cms.json(TEMPLATES, per_page="1")["metadata"]["total_entries"]

    assert errors(cms.call("POST", f"{TEMPLATES}.json", json=values)) == fields
    assert cms.json(TEMPLATES, per_page="1")["metadata"]["total_entries"] == before


def test_sections_are_a_tree_whose_root_stays(cms: RestClient) -> None:
    root = cms.json(SECTIONS)["collection"][0]
    outer = cms.post(SECTIONS, {"title": "Outer", "partial_path": "/outer"})
    inner = cms.post(SECTIONS, {"title": "Inner", "parent_id": outer["id"]})

    assert (root["system_name"], root["parent_id"]) == ("root", None)
    assert (outer["parent_id"], inner["parent_id"]) == (root["id"], outer["id"])
    assert cms.json(f"{SECTIONS}/outer")["id"] == outer["id"]
    moved = {"parent_id": inner["id"]}
    assert errors(cms.call("PUT", f"{SECTIONS}/{outer['id']}.json", json=moved)) == {"parent_id"}
    assert errors(cms.call("POST", f"{SECTIONS}.json", json={"title": "x", "y": 1})) == {"y"}
    assert cms.call("DELETE", f"{SECTIONS}/{root['id']}.json").status_code == 403
    assert cms.call("DELETE", f"{SECTIONS}/{outer['id']}.json").status_code == 200
    assert cms.json(f"{SECTIONS}/{inner['id']}")["parent_id"] == root["id"]


def test_a_file_is_sent_as_a_part_and_changed(cms: RestClient) -> None:
    sent = {"attachment": ("logo.png", PNG, "image/png")}
    made = cms.call(
        "POST",
        f"{FILES}.json",
        data={"path": "/images/logo.png", "downloadable": "true"},
        files=sent,
    )

    assert made.status_code == 201, made.text
    file = made.json()
    assert (file["path"], file["title"]) == ("/images/logo.png", "logo.png")
    assert (file["content_type"], file["downloadable"]) == ("image/png", True)
    assert file["url"] == "http://localhost:8000/images/logo.png"
    address = f"{FILES}/{file['id']}"
    moved = cms.call("PUT", f"{address}.json", data={"path": "/images/other.webp"})
    assert (moved.json()["path"], moved.json()["content_type"]) == (
        "/images/other.webp",
        "image/webp",
    )
    assert [each["id"] for each in cms.json(FILES)["collection"]] == [file["id"]]
    assert cms.call("DELETE", f"{address}.json").status_code == 200
    assert cms.json(FILES)["collection"] == []


def test_a_file_that_can_not_be_is_refused(cms: RestClient) -> None:
    def send(path: str, content: bytes | None, **more: str) -> Any:
        files = {"attachment": ("x", content)} if content is not None else None
        return cms.call("POST", f"{FILES}.json", data={"path": path, **more}, files=files)

    assert errors(send("/a.png", None)) == {"attachment"}
    assert errors(send("/a.png", None, attachment="text")) == {"attachment"}
    assert errors(send("../../etc/passwd", PNG)) == {"path"}
    assert errors(send("/a/../b", PNG)) == {"path"}
    assert errors(send("/a\\b", PNG)) == {"path"}
    assert errors(send("/login", PNG)) == {"path"}
    assert errors(send("/p/admin/x.png", PNG)) == {"path"}
    assert errors(send("/a.png", PNG, owner="me")) == {"owner"}
    assert errors(send("/a.png", bytes(10_485_761))) == {"attachment"}
    assert send("/a.png", bytes(10_600_000)).status_code == 413
    assert cms.json(FILES)["collection"] == []
