"""What the console is given: servers, credentials, one operation with all that it needs."""

from typing import Any

import pytest

from server.domain.portal.specs.prepared import (
    Credentials,
    Target,
    picked,
    prepared,
    server_of,
    with_credentials,
)

KEY = Credentials("query", ("user_key",))
OWN = ("https://api.gw.example", "https://staging.gw.example")
OPENAPI: dict[str, Any] = {"openapi": "3.0.3", "paths": {"/a": {"get": {}}}}


def target(upstream: str = "https://up.example") -> Target:
    """Make the target of a gateway before an upstream."""
    return Target(OWN[0], upstream, OWN, KEY)


@pytest.mark.parametrize(
    ("server", "upstream", "path"),
    [
        ("https://up.example", "https://up.example", ""),
        ("https://up.example/v2", "https://up.example", "/v2"),
        ("https://up.example/v2/", "https://up.example/v2", ""),
        ("https://up.example/base/v2", "https://up.example/base", "/v2"),
        ("https://up.example/basement", "https://up.example/base", "/basement"),
        ("/v2", "https://up.example", "/v2"),
        ("https://staging.gw.example", "https://up.example", ""),
        ("", "https://up.example/x", ""),
    ],
)
def test_calls_go_to_the_gateway_with_what_it_does_not_add_itself(
    server: str, upstream: str, path: str
) -> None:
    document = {**OPENAPI, "servers": [{"url": server}]}

    found = prepared(document, target(upstream))

    assert found["servers"] == [{"url": f"https://api.gw.example{path}"}]


def test_swagger_2_goes_there_too() -> None:
    document = {"swagger": "2.0", "host": "up.example", "basePath": "/v1", "paths": {}}

    found = prepared(document, target())

    assert (found["schemes"], found["host"], found["basePath"]) == (
        ["https"],
        "api.gw.example",
        "/v1",
    )
    assert found["securityDefinitions"]["gatehouse_user_key"]["in"] == "query"


def test_variables_of_a_server_are_filled_in() -> None:
    servers = [{"url": "https://x/{v}", "variables": {"v": {"default": "v3"}}}]

    assert server_of({"servers": servers}) == "https://x/v3"


@pytest.mark.parametrize(
    "scheme",
    [
        {"type": "apiKey", "in": "query", "name": "user_key"},
        {"$ref": "#/components/x"},
    ],
)
def test_credentials_that_are_asked_for_already_are_not_added(scheme: dict[str, Any]) -> None:
    document = {**OPENAPI, "components": {"securitySchemes": {"k": scheme}}}
    document["components"]["x"] = {"type": "apiKey", "in": "query", "name": "user_key"}

    assert with_credentials(document, KEY) == document


def test_credentials_as_parameters_are_enough() -> None:
    parameter = {"name": "k", "in": "query", "x-data-threescale-name": "user_keys"}
    document = {**OPENAPI, "paths": {"/a": {"parameters": [parameter], "get": {}}}}

    assert with_credentials(document, KEY) == document


def test_every_alternative_gets_the_gateways_credentials_beside_it() -> None:
    document = {
        **OPENAPI,
        "security": [{"one": []}, {"two": []}],
        "components": {"securitySchemes": {"one": {"type": "http", "scheme": "bearer"}}},
    }

    found = with_credentials(document, Credentials("headers", ("app_id", "app_key")))

    ours: dict[str, Any] = {"gatehouse_app_id": [], "gatehouse_app_key": []}
    assert found["security"] == [{"one": [], **ours}, {"two": [], **ours}]
    assert set(found["components"]["securitySchemes"]) == {"one", *ours}
    assert document["components"]["securitySchemes"].keys() == {"one"}


def test_one_operation_is_picked_with_all_that_it_refers_to() -> None:
    schemas = {
        "Pet": {"properties": {"owner": {"$ref": "#/components/schemas/Owner"}}},
        "Owner": {"properties": {"pets": {"items": {"$ref": "#/components/schemas/Pet"}}}},
        "Other": {"type": "string"},
    }
    body = {"content": {"a/b": {"schema": {"$ref": "#/components/schemas/Pet"}}}}
    document = {
        "openapi": "3.0.3",
        "paths": {"/a": {"get": {}, "post": {"requestBody": body}}, "/b": {"get": {}}},
        "components": {"schemas": schemas, "securitySchemes": {"k": {"type": "http"}}},
    }

    found = picked(document, "post", "/a")

    assert list(found["paths"]) == ["/a"]
    assert list(found["paths"]["/a"]) == ["post"]
    assert set(found["components"]["schemas"]) == {"Pet", "Owner"}
    assert found["components"]["securitySchemes"] == {"k": {"type": "http"}}


def test_no_provider_of_logins_is_asked_for_his_configuration() -> None:
    openid = {"type": "openIdConnect", "openIdConnectUrl": "https://login.example/x"}
    key = {"type": "apiKey", "in": "query", "name": "user_key"}
    schemes = {"login": openid, "key": key}
    document = {**OPENAPI, "components": {"securitySchemes": schemes}}

    for found in (prepared(document, None), prepared(document, target())):
        plain = {"type": "http", "scheme": "bearer", "description": ""}
        assert found["components"]["securitySchemes"] == {"login": plain, "key": key}
