"""A specification as a service: what its calls, server and login become."""

from typing import Any

import pytest

from server.domain.portal.api_docs import clean_body
from server.domain.portal.specs.as_service import Login, pattern_of, sketch_of
from server.domain.portal.specs.operations import readable
from tests.kit.specs import broken, examples

PETS: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "https://pets.example.com/v1"}],
    "paths": {
        "/pets": {
            "get": {"operationId": "listPets", "summary": "List pets"},
            "trace": {},
        },
        "/pets/{pet-id}": {"get": {"operationId": "hits"}},
        "/pets/{other}": {"get": {}},
        "/Users('$count')": {"get": {}},
    },
}


def secured(**scheme: str) -> dict[str, Any]:
    """Have the document ask for this one scheme."""
    return {
        **PETS,
        "security": [{"own": []}],
        "components": {"securitySchemes": {"own": scheme}},
    }


def test_each_operation_is_a_method_and_a_rule_below_the_servers_path() -> None:
    sketch = sketch_of(PETS)

    assert [(c.system_name, c.friendly_name, c.http_method, c.pattern) for c in sketch.calls] == [
        ("listPets", "List pets", "GET", "/v1/pets$"),
        ("hits_2", "hits", "GET", "/v1/pets/{pet_id}$"),
        ("get_users_count", "GET /Users('$count')", "GET", "/v1/Users('%24count')$"),
    ]
    assert sketch.upstream == "https://pets.example.com"
    assert sketch.left_out == (
        "TRACE /pets: gateways count no calls with TRACE.",
        "GET /pets/{other}: the same calls as GET /pets/{pet-id}.",
    )


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/a/{id}.json", "/a/{id}.json$"),
        ("/a/{1st}/{1st}", "/a/{_1st}/{_1st_2}$"),
        ("/a#other", "/a$"),
        ("/a?kind=dog", "/a$?kind=dog"),
        ("a b/é", "/a%20b/%C3%A9$"),
    ],
)
def test_a_path_becomes_a_pattern(path: str, pattern: str) -> None:
    assert pattern_of(path, "$") == pattern


@pytest.mark.parametrize(
    ("scheme", "login"),
    [
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, Login("1", "headers", "X-Key")),
        ({"type": "apiKey", "in": "query", "name": "key"}, Login("1", "query", "key")),
        ({"type": "http", "scheme": "Basic"}, Login("2", "authorization")),
    ],
)
def test_a_login_that_gateways_know_is_taken(scheme: dict[str, str], login: Login) -> None:
    sketch = sketch_of(secured(**scheme))

    assert sketch.login == login


@pytest.mark.parametrize(
    ("scheme", "named"),
    [
        ({"type": "openIdConnect"}, "openIdConnect"),
        ({"type": "apiKey", "in": "cookie", "name": "sid"}, "a key in a cookie"),
    ],
)
def test_a_login_that_they_do_not_know_is_told(scheme: dict[str, str], named: str) -> None:
    sketch = sketch_of(secured(**scheme))

    assert sketch.login is None
    assert sketch.left_out[-1].startswith(f"Security own: gateways here do not take {named};")


def test_what_others_wrote_is_read_and_each_rule_has_its_own_name() -> None:
    for path in examples():
        sketch = sketch_of(readable(clean_body(path.read_text(encoding="utf-8"))))

        names = [call.system_name for call in sketch.calls]
        assert len(names) == len(set(names)), path


def test_nothing_odd_in_a_document_breaks_the_reading() -> None:
    for seed in range(300):
        assert sketch_of(broken(secured(type="apiKey"), seed)).title is not None
