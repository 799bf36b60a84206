"""Specifications that are fetched from an address, through GraphQL."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from server.auth.dependencies import Dependencies
from server.graphql.routes import ADMIN_PATH
from tests.kit.fetching import SPEC, Site, a_fetcher, a_site_beside
from tests.kit.graphql import Client, open_client
from tests.kit.make import make_deps

SHOWN = "apiDocs { id body sourceUrl name }"
YAML = b"openapi: 3.0.3\ninfo: {title: Snow}\npaths: {}\n"


@pytest.fixture
def fetcher() -> object:
    """Make what fetches."""
    return a_fetcher()


@pytest.fixture
def site(fetcher: object) -> Iterator[Site]:
    """Serve what is fetched."""
    with a_site_beside(fetcher) as site:  # type: ignore[arg-type]
        yield site


@pytest.fixture
def deps(tmp_path: Path, fetcher: object) -> Iterator[Dependencies]:
    """Make dependencies that fetch."""
    deps = replace(make_deps(tmp_path), fetch=fetcher)  # type: ignore[arg-type]
    yield deps
    deps.database.close()


def test_a_specification_is_taken_by_its_address_changed_and_fetched_again(
    admin: Client, site: Site
) -> None:
    site.answers["/other"] = YAML
    url, other = f"{site.url}/spec", f"{site.url}/other"

    made = admin.do("apiDocsCreate", {"name": "Rain", "sourceUrl": url}, SHOWN)["apiDocs"]

    assert (made["body"], made["sourceUrl"]) == (SPEC.decode(), url)
    named = {"id": made["id"]}
    moved = admin.do("apiDocsUpdate", {**named, "sourceUrl": other}, SHOWN)["apiDocs"]
    assert "Snow" in moved["body"]
    given = admin.do("apiDocsUpdate", {**named, "body": SPEC.decode()}, SHOWN)["apiDocs"]
    assert (given["body"], given["sourceUrl"]) == (SPEC.decode(), other)
    again = admin.do("apiDocsFetch: IdInput", named, SHOWN)["apiDocs"]
    assert "Snow" in again["body"]
    assert site.asked == ["/spec", "/other", "/other"]
    forgot = admin.do("apiDocsUpdate", {**named, "sourceUrl": None}, SHOWN)["apiDocs"]
    assert (forgot["body"], forgot["sourceUrl"]) == (again["body"], "")
    (error,) = admin.do("apiDocsFetch: IdInput", named, SHOWN)["userErrors"]
    assert error["field"] == ["sourceUrl"]


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({}, "BLANK", "body"),
        ({"body": None}, "BLANK", "body"),
        ({"body": "{}", "sourceUrl": "/spec"}, "INVALID", "sourceUrl"),
        ({"sourceUrl": "/html"}, "INVALID", "sourceUrl"),
        ({"sourceUrl": "/broken"}, "INVALID", "sourceUrl"),
        ({"sourceUrl": "/gone"}, "INVALID", "sourceUrl"),
        ({"sourceUrl": "ftp://example.com/"}, "INVALID", "sourceUrl"),
        ({"sourceUrl": "/spec", "name": " "}, "BLANK", "name"),
    ],
)
def test_what_can_not_be_taken_is_told_at_its_field(
    admin: Client, site: Site, given: dict[str, str], code: str, field: str
) -> None:
    site.answers |= {"/html": b"<html>", "/broken": b"openapi: 3.0.3\npaths: a: b\n"}
    if given.get("sourceUrl", "").startswith("/"):
        given = {**given, "sourceUrl": site.url + given["sourceUrl"]}

    payload = admin.do("apiDocsCreate", {"name": "Rain", **given}, SHOWN)

    assert payload["apiDocs"] is None
    (error,) = payload["userErrors"]
    assert (error["code"], error["field"]) == (code, [field])
    if "/broken" in given.get("sourceUrl", ""):
        assert "At line 2, column 9" in error["message"]
    assert admin.ask("{ apiDocs(first: 9) { totalCount } }")["apiDocs"]["totalCount"] == 1


def test_who_may_not_edit_fetches_nothing(deps: Dependencies, admin: Client, site: Site) -> None:
    scopes = ["ACCOUNT_MANAGEMENT", "STATS", "CMS"]
    given = {"name": "ro", "scopes": scopes, "permission": "READ_ONLY"}
    token = admin.do("accessTokenCreate", given, "value")["value"]
    url = f"{site.url}/spec"
    made = admin.do("apiDocsCreate", {"name": "Rain", "sourceUrl": url}, SHOWN)["apiDocs"]
    site.asked.clear()

    with open_client(deps, ADMIN_PATH, token) as reader:
        for verb, more in (("Create", {"name": "x"}), ("Update", {"id": made["id"]})):
            query = (
                f"mutation($i: ApiDocs{verb}Input!) "
                f"{{ apiDocs{verb}(input: $i) {{ userErrors {{ code }} }} }}"
            )
            assert reader.codes(query, i={**more, "sourceUrl": url}) == ["FORBIDDEN"]
        query = "mutation($i: IdInput!) { apiDocsFetch(input: $i) { userErrors { code } } }"
        assert reader.codes(query, i={"id": made["id"]}) == ["FORBIDDEN"]

    assert site.asked == []
