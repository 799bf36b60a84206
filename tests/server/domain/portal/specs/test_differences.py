"""Differences between documents: which there are, which break callers, and bounds."""

import json
from copy import deepcopy
from typing import Any

import pytest

from server.domain.portal.specs.differences import (
    MOST_CHANGES,
    MOST_STEPS,
    Differences,
    differences_of,
)

PET: dict[str, Any] = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "integer"}, "tag": {"type": "string", "enum": ["a", "b"]}},
}
OLD: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        "/pets": {
            "get": {
                "parameters": [
                    {"name": "q", "in": "query", "schema": {"type": "string"}},
                    {"name": "n", "in": "query", "required": True, "schema": {"type": "integer"}},
                ],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "array",
                                    "items": {"$ref": "#/components/schemas/Pet"},
                                }
                            }
                        },
                    },
                    "404": {"description": ""},
                },
            },
            "post": {
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/NewPet"}}
                    }
                },
                "responses": {"201": {"description": ""}},
            },
        }
    },
    "components": {"schemas": {"Pet": PET, "NewPet": deepcopy(PET)}},
}
GET, POST = ("paths", "/pets", "get"), ("paths", "/pets", "post")
OF_PET, OF_NEW = ("components", "schemas", "Pet"), ("components", "schemas", "NewPet")


def changed(*path: Any, to: Any) -> dict[str, Any]:
    """Change one place of the document; None takes it away."""
    found = deepcopy(OLD)
    holder: Any = found
    for name in path[:-1]:
        holder = holder[name]
    if to is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = to
    return found


BREAKING = [
    (changed(*POST, to=None), "POST /pets", "The operation is removed."),
    (changed(*GET, "parameters", 0, to=None), "GET /pets", "The query parameter q is removed."),
    (
        changed(*GET, "parameters", 0, "required", to=True),
        "GET /pets",
        "The query parameter q is required now.",
    ),
    (
        changed(*GET, "parameters", 1, "schema", "type", to="boolean"),
        "GET /pets",
        "The query parameter n was integer and is boolean.",
    ),
    (changed(*GET, "responses", "200", to=None), "GET /pets", "The answer 200 is removed."),
    (
        changed(*OF_PET, "properties", "tag", to=None),
        "GET /pets",
        "The field [].tag of the answer 200 is removed.",
    ),
    (
        changed(*OF_PET, "required", to=[]),
        "GET /pets",
        "The field [].id of the answer 200 is optional now.",
    ),
    (
        changed(*OF_PET, "properties", "tag", "enum", to=["a", "b", "c"]),
        "GET /pets",
        "The field [].tag of the answer 200 was one of: a, b and is one of: a, b, c.",
    ),
    (
        changed(*OF_NEW, "required", to=["id", "tag"]),
        "POST /pets",
        "The field tag of the body is required now.",
    ),
    (
        changed(*OF_NEW, "properties", "tag", "enum", to=["a"]),
        "POST /pets",
        "The field tag of the body was one of: a, b and is one of: a.",
    ),
    (
        changed(*POST, "requestBody", "required", to=True),
        "POST /pets",
        "The body is required now.",
    ),
    (
        changed(*GET, "security", to=[{"key": []}]),
        "GET /pets",
        "It asks for other credentials: key.",
    ),
]


@pytest.mark.parametrize(("new", "place", "what"), BREAKING, ids=lambda each: str(each)[:40])
def test_what_breaks_callers_is_told_with_why(new: dict[str, Any], place: str, what: str) -> None:
    found = differences_of(OLD, new)

    (change,) = found.changes
    assert (change.place, change.what) == (place, what)
    assert change.why
    assert found.breaking == (change,)


HARMLESS = [
    (changed("paths", "/owners", to={"get": {}}), "The operation is added."),
    (changed(*GET, "deprecated", to=True), "The operation is deprecated."),
    (changed(*GET, "responses", "404", to=None), "The answer 404 is removed."),
    (changed(*GET, "responses", "429", to={}), "The answer 429 is added."),
    (changed("info", "version", to="2"), "The version was '1' and is '2'."),
    (changed("info", "description", to="x"), "Texts or examples are other ones."),
    (
        changed(*GET, "parameters", 1, "required", to=False),
        "The query parameter n is optional now.",
    ),
    (
        changed(*OF_PET, "properties", "name", to={"type": "string"}),
        "The field [].name of the answer 200 is added.",
    ),
    (
        changed(*OF_NEW, "properties", "name", to={"type": "string"}),
        "The field name of the body is added.",
    ),
    (changed(*OF_NEW, "required", to=[]), "The field id of the body is optional now."),
    (
        changed(*OF_NEW, "properties", "tag", "enum", to=["a", "b", "c"]),
        "The field tag of the body was one of: a, b and is one of: a, b, c.",
    ),
]


@pytest.mark.parametrize(("new", "what"), HARMLESS, ids=lambda each: str(each)[:40])
def test_what_breaks_nobody_is_told_as_well(new: dict[str, Any], what: str) -> None:
    found = differences_of(OLD, new)

    assert [change.what for change in found.changes] == [what]
    assert found.breaking == ()


def test_nothing_changes_between_a_document_and_itself() -> None:
    assert differences_of(OLD, deepcopy(OLD)) == Differences((), 0, True)


def test_schemas_that_hold_themselves_are_compared_once() -> None:
    old, new = deepcopy(OLD), deepcopy(OLD)
    for document in (old, new):
        pet = document["components"]["schemas"]["Pet"]
        pet["properties"]["mother"] = {"$ref": "#/components/schemas/Pet"}
    new["components"]["schemas"]["Pet"]["properties"]["id"] = {"type": "string"}

    whats = [change.what for change in differences_of(old, new).changes]

    assert "The field [].id of the answer 200 was integer and is string." in whats


def test_there_is_an_end_to_comparing_and_to_what_is_told() -> None:
    def document(kind: str) -> dict[str, Any]:
        schemas: dict[str, Any] = {
            f"S{level}": {
                "properties": {
                    f"p{number}": {"$ref": f"#/components/schemas/S{level + 1}"}
                    for number in range(40)
                }
            }
            for level in range(1)
        }
        schemas["S1"] = {"type": kind}
        body = {"content": {"a/b": {"schema": {"$ref": "#/components/schemas/S0"}}}}
        return {
            "openapi": "3.0.0",
            "paths": {f"/{number}": {"post": {"requestBody": body}} for number in range(3000)},
            "components": {"schemas": schemas},
        }

    found = differences_of(document("string"), document("integer"))

    assert len(found.changes) == MOST_CHANGES
    assert found.total > MOST_CHANGES
    assert not found.is_whole
    assert MOST_STEPS < 1_000_000
    assert Differences.read(found.written()) == found


def test_documents_of_swagger_2_are_compared_too() -> None:
    old = {
        "swagger": "2.0",
        "produces": ["application/json"],
        "paths": {
            "/a": {
                "post": {
                    "parameters": [
                        {"name": "b", "in": "body", "schema": PET},
                        {"name": "q", "in": "query", "type": "string"},
                    ],
                    "responses": {"200": {"schema": PET}},
                }
            }
        },
    }
    new = json.loads(json.dumps(old).replace('"integer"', '"number"'))

    found = differences_of(old, new)

    assert [change.what for change in found.breaking] == [
        "The field id of the body was integer and is number.",
        "The field id of the answer 200 was integer and is number.",
    ]
