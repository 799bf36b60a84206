"""Specifications of APIs: with a service or without one, and refused at their field."""

import json

import pytest

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.portal.api_docs import MOST_BODY
from server.graphql.requests import MAX_BODY_BYTES
from server.graphql.routes import ADMIN_PATH
from tests.kit.graphql import Client, open_client

SERVICE = "service { id apiDocs(first: 9) { totalCount } }"
LIST = f"{{ apiDocs(first: 9) {{ totalCount nodes {{ id body {SERVICE} }} }} }}"
SHOWN = "apiDocs { id service { id } }"


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
    assert "Only the body of apiDocsCreate" in answer.json()["errors"][0]["message"]


def test_who_sends_what_is_large_is_recognised_before_it_is_read(
    deps: Dependencies, acme: NewProvider, visitor: Client
) -> None:
    variables = {"i": {"name": "x", "body": LARGE}}

    with open_client(deps, ADMIN_PATH) as nobody:
        assert nobody.send(CREATE, **variables).status_code == 401
    assert visitor.send(CREATE, **variables).status_code == 413
