"""Specifications of APIs: with a service or without one, and refused at their field."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.portal.api_docs import MOST_BODY
from server.graphql.paths import ADMIN_PATH
from server.graphql.requests import MAX_BODY_BYTES
from tests.kit.fetching import SPEC as FETCHED_SPEC
from tests.kit.fetching import Site, a_fetcher, a_site_beside, connections_in_use, streams
from tests.kit.graphql import Client, open_client
from tests.kit.make import make_deps

SERVICE = "service { id apiDocs(first: 9) { totalCount } }"
LIST = f"{{ apiDocs(first: 9) {{ totalCount nodes {{ id body {SERVICE} }} }} }}"
SHOWN = "apiDocs { id service { id } }"
FETCHED = "apiDocs { id body sourceUrl name }"
SNOW = b"openapi: 3.0.3\ninfo: {title: Snow}\npaths: {}\n"


@pytest.fixture
def fetcher() -> Any:
    """Make what fetches."""
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


def test_a_specification_leaves_its_service_and_comes_back(admin: Client) -> None:
    (sample,) = admin.ask(LIST)["apiDocs"]["nodes"]
    service = sample["service"]["id"]
    assert sample["service"]["apiDocs"] == {"totalCount": 1}
    assert '"Echo API"' in sample["body"]

    seen = []
    for service_id in (None, service):
        given = {"id": sample["id"], "serviceId": service_id}
        seen.append(admin.do("apiDocsUpdate", given, SHOWN)["apiDocs"]["service"])

    assert seen == [None, {"id": service}]


@pytest.mark.parametrize(
    ("over", "code", "field"),
    [
        ({"name": " "}, "BLANK", "name"),
        ({"systemName": "echo_api"}, "TAKEN", "systemName"),
        ({"systemName": "a/b"}, "INVALID", "systemName"),
        ({"body": "{}"}, "INVALID", "body"),
        ({"body": "openapi: 3.1.0"}, "INVALID", "body"),
        ({"serviceId": "QWNjb3VudDox"}, "NOT_FOUND", "serviceId"),
    ],
)
def test_a_refused_specification_names_its_field(
    admin: Client, over: dict[str, str], code: str, field: str
) -> None:
    body = '{"swaggerVersion": "1.2", "apis": []}'

    payload = admin.do("apiDocsCreate", {"name": "Rain", "body": body, **over}, SHOWN)

    (error,) = payload["userErrors"]
    assert payload["apiDocs"] is None
    assert (error["code"], error["field"]) == (code, [field])
    assert admin.ask(LIST)["apiDocs"]["totalCount"] == 1


def test_a_specification_of_the_most_characters_is_taken(admin: Client) -> None:
    head = '{"openapi": "3.2.0", "info": {"title": "Big"}, "components": {}, "x": "'
    body = f'{head}{"x" * (MOST_BODY - len(head) - 2)}"}}'

    payload = admin.do("apiDocsCreate", {"name": "Big", "body": body}, "apiDocs { id }")

    assert payload["userErrors"] == []
    changed = admin.do(
        "apiDocsUpdate", {"id": payload["apiDocs"]["id"], "body": body + " "}, "apiDocs { body }"
    )
    assert changed["userErrors"] == []
    assert changed["apiDocs"]["body"] == body
    longer = admin.do("apiDocsCreate", {"name": "More", "body": f"{body}x"}, "apiDocs { id }")
    assert [error["code"] for error in longer["userErrors"]] == ["TOO_LONG"]


def test_yaml_is_kept_as_json(admin: Client) -> None:
    body = "openapi: 3.1.0\ninfo: {title: Rain}\nwebhooks: {}\n"

    payload = admin.do("apiDocsCreate", {"name": "Rain", "body": body}, "apiDocs { body }")

    assert json.loads(payload["apiDocs"]["body"])["webhooks"] == {}


LARGE = "x" * (2 * MAX_BODY_BYTES)
CREATE = "mutation($i: ApiDocsCreateInput!) { apiDocsCreate(input: $i) { userErrors { code } } }"


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ __typename }", {"a": LARGE}),
        (f"# {LARGE}\n{CREATE}", {"i": {"name": "x", "body": "{}"}}),
        (CREATE, {"i": {"name": LARGE, "body": LARGE}}),
        (CREATE, {"i": {"name": "x", "body": "{}"}, "more": ["x"] * MAX_BODY_BYTES}),
        (
            "mutation($i: FeatureCreateInput!) { featureCreate(input: $i) { __typename } }",
            {"i": LARGE},
        ),
    ],
)
def test_nothing_else_may_be_large(admin: Client, query: str, variables: dict[str, object]) -> None:
    answer = admin.send(query, **variables)

    assert answer.status_code == 413
    assert "Only body of apiDocsCreate" in answer.json()["errors"][0]["message"]


def test_who_sends_what_is_large_is_recognised_before_it_is_read(
    deps: Dependencies, acme: NewProvider, visitor: Client
) -> None:
    variables = {"i": {"name": "x", "body": LARGE}}

    with open_client(deps, ADMIN_PATH) as nobody:
        assert nobody.send(CREATE, **variables).status_code == 401
    assert visitor.send(CREATE, **variables).status_code == 413


def test_a_specification_is_taken_by_its_address_changed_and_fetched_again(
    admin: Client, site: Site
) -> None:
    site.answers["/other"] = SNOW
    url, other = f"{site.url}/spec", f"{site.url}/other"

    made = admin.do("apiDocsCreate", {"name": "Rain", "sourceUrl": url}, FETCHED)["apiDocs"]

    assert (made["body"], made["sourceUrl"]) == (FETCHED_SPEC.decode(), url)
    named = {"id": made["id"]}
    moved = admin.do("apiDocsUpdate", {**named, "sourceUrl": other}, FETCHED)["apiDocs"]
    assert "Snow" in moved["body"]
    given = admin.do("apiDocsUpdate", {**named, "body": FETCHED_SPEC.decode()}, FETCHED)["apiDocs"]
    assert (given["body"], given["sourceUrl"]) == (FETCHED_SPEC.decode(), other)
    again = admin.do("apiDocsFetch: IdInput", named, FETCHED)["apiDocs"]
    assert "Snow" in again["body"]
    assert site.asked == ["/spec", "/other", "/other"]
    forgot = admin.do("apiDocsUpdate", {**named, "sourceUrl": None}, FETCHED)["apiDocs"]
    assert (forgot["body"], forgot["sourceUrl"]) == (again["body"], "")
    (error,) = admin.do("apiDocsFetch: IdInput", named, FETCHED)["userErrors"]
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

    payload = admin.do("apiDocsCreate", {"name": "Rain", **given}, FETCHED)

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
    made = admin.do("apiDocsCreate", {"name": "Rain", "sourceUrl": url}, FETCHED)["apiDocs"]
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


def test_nothing_is_fetched_within_a_transaction(
    deps: Dependencies, admin: Client, site: Site
) -> None:
    seen: list[int] = []

    async def look() -> None:
        seen.append(connections_in_use(deps.database))

    site.answers["/spec"] = streams(FETCHED_SPEC, 1, look)
    url = {"sourceUrl": f"{site.url}/spec"}
    made = admin.do("apiDocsCreate", {"name": "Rain", **url}, FETCHED)["apiDocs"]
    admin.do("apiDocsUpdate", {"id": made["id"], **url}, FETCHED)
    admin.do("apiDocsFetch: IdInput", {"id": made["id"]}, FETCHED)

    assert seen == [0, 0, 0]


def test_versions_are_told_with_their_documents_and_what_breaks(admin: Client) -> None:
    def pets(path: str) -> str:
        info = {"title": "Pets", "version": path}
        return json.dumps({"openapi": "3.0.3", "info": info, "paths": {path: {"get": {}}}})

    (sample,) = admin.ask("{ apiDocs(first: 1) { nodes { id } } }")["apiDocs"]["nodes"]
    named = {"id": sample["id"]}
    for path in ("/a", "/b"):
        given = {**named, "body": pets(path)}
        (error,) = admin.do("apiDocsUpdate", given, "apiDocs { id }")["userErrors"]
        admin.do("apiDocsUpdate", {**given, "acceptBreaking": True}, "apiDocs { id }")
    (again,) = admin.do("apiDocsRestore", {**named, "number": 2}, "apiDocs { id }")["userErrors"]
    shown = "number title isPublic breaking body changes { kind place what why }"
    versions = f"versions(first: 9) {{ nodes {{ {shown} }} }}"
    query = f"query($i: ID!) {{ node(id: $i) {{ ... on ApiDocs {{ {versions} }} }} }}"

    third, second, first = admin.ask(query, i=sample["id"])["node"]["versions"]["nodes"]

    assert (third["number"], third["title"], third["body"]) == (3, "/b", pets("/b"))
    assert (second["body"], first["title"]) == (pets("/a"), "1.0.0")
    assert third["isPublic"]
    for each, path in ((error, "/a"), (again, "/b")):
        assert (each["code"], each["field"]) == ("BREAKS_CALLERS", ["acceptBreaking"])
        assert f"GET {path}: The operation is removed" in each["message"]
    assert third["breaking"] == 1
    assert third["changes"][0] == {
        "kind": "removed",
        "place": "GET /a",
        "what": "The operation is removed.",
        "why": "calls to it fail",
    }
    assert first["changes"] == []
