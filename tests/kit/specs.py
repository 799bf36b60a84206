"""Specifications for tests: those of others, one of Swagger 1.2, and broken ones."""

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

EXAMPLES = Path("node_modules/@readme/oas-examples")
ODD: tuple[Any, ...] = (
    None,
    5,
    1.5,
    True,
    "x",
    [],
    {},
    [[]],
    [None],
    {"a": 1},
    {"$ref": "#/paths"},
)


def examples() -> list[Path]:
    """List the specifications of `@readme/oas-examples`."""
    found = [*EXAMPLES.rglob("*.json"), *EXAMPLES.rglob("*.yaml")]
    return sorted(path for path in found if path.parts[3][0].isdigit())


PETSTORE_1: dict[str, Any] = {
    "swaggerVersion": "1.2",
    "apiVersion": "1.0.0",
    "info": {"title": "Pets of old", "description": "A store."},
    "apis": [
        {
            "path": "/pets",
            "basePath": "http://petstore.example/api",
            "resourcePath": "/pets",
            "produces": ["application/json"],
            "authorizations": {
                "key": {"type": "apiKey", "passAs": "query", "keyname": "user_key"},
                "old": {"type": "basicAuth"},
            },
            "apis": [
                {
                    "path": "/pets/{petId}",
                    "operations": [
                        {
                            "method": "GET",
                            "nickname": "getPet",
                            "summary": "Find a pet",
                            "notes": "By its number.",
                            "type": "Pet",
                            "authorizations": {"key": []},
                            "parameters": [
                                {
                                    "name": "petId",
                                    "paramType": "path",
                                    "type": "integer",
                                    "format": "int64",
                                    "minimum": "1",
                                    "required": True,
                                },
                                {
                                    "name": "user_key",
                                    "paramType": "query",
                                    "type": "string",
                                    "threescale_name": "user_keys",
                                },
                            ],
                            "responseMessages": [{"code": 404, "message": "No such pet"}],
                        },
                        {
                            "method": "DELETE",
                            "nickname": "deletePet",
                            "type": "void",
                            "deprecated": "true",
                            "parameters": [
                                {"name": "petId", "paramType": "path", "type": "long"},
                            ],
                        },
                    ],
                },
                {
                    "path": "/pets",
                    "operations": [
                        {
                            "method": "POST",
                            "nickname": "addPet",
                            "type": "Pet",
                            "parameters": [
                                {
                                    "name": "body",
                                    "paramType": "body",
                                    "type": "Pet",
                                    "required": True,
                                }
                            ],
                        },
                        {
                            "method": "GET",
                            "nickname": "listPets",
                            "type": "array",
                            "items": {"$ref": "Pet"},
                            "parameters": [
                                {
                                    "name": "tags",
                                    "paramType": "query",
                                    "type": "string",
                                    "allowMultiple": True,
                                    "enum": ["small", "big"],
                                }
                            ],
                        },
                    ],
                },
                {
                    "path": "/pets/{petId}/photo",
                    "operations": [
                        {
                            "method": "PUT",
                            "nickname": "setPhoto",
                            "type": "void",
                            "parameters": [
                                {"name": "petId", "paramType": "path", "type": "long"},
                                {
                                    "name": "file",
                                    "paramType": "form",
                                    "type": "File",
                                    "required": True,
                                },
                            ],
                        }
                    ],
                },
            ],
            "models": {
                "Pet": {
                    "id": "Pet",
                    "required": ["id", "name"],
                    "properties": {
                        "id": {"type": "integer", "format": "int64"},
                        "name": {"type": "string", "description": "What it is called."},
                        "tags": {"type": "array", "items": {"type": "string"}},
                        "owner": {"$ref": "Owner"},
                    },
                },
                "Owner": {"id": "Owner", "properties": {"name": {"type": "string"}}},
            },
        },
        {"path": "/owners", "description": "Described elsewhere"},
    ],
}
PETSTORE_1_TEXT = json.dumps(PETSTORE_1)


def broken(document: dict[str, Any], seed: int) -> dict[str, Any]:
    """Put something odd in a few places of a document."""
    chance, found = random.Random(seed), deepcopy(document)
    places = list(_places(found))
    for _ in range(chance.randint(1, 8)):
        holder, name = chance.choice(places)
        holder[name] = deepcopy(chance.choice(ODD))
    return found


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for name, inner in list(items):
            yield value, name
            yield from _places(inner)
