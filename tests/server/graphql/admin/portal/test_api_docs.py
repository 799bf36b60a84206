"""Specifications of APIs: with a service or without one, and refused at their field."""

import pytest

from tests.kit.graphql import Client

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
