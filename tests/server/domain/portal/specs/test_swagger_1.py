"""Swagger 1.2 as OpenAPI 3.0: what is said in it is said again."""

from server.domain.portal.specs.swagger_1 import upgraded
from tests.kit.specs import PETSTORE_1


def test_a_petstore_of_old_says_the_same_in_the_new_format() -> None:
    found = upgraded(PETSTORE_1)

    paths = found["paths"]
    one, pets = paths["/pets/{petId}"], paths["/pets"]
    assert found["openapi"] == "3.0.3"
    assert found["info"]["title"] == "Pets of old"
    assert "/owners, outside of this document" in found["info"]["description"]
    assert found["servers"] == [{"url": "http://petstore.example/api"}]
    assert {path: sorted(item) for path, item in paths.items()} == {
        "/pets/{petId}": ["delete", "get"],
        "/pets": ["get", "post"],
        "/pets/{petId}/photo": ["put"],
    }
    assert one["get"]["operationId"] == "getPet"
    assert one["get"]["tags"] == ["pets"]
    assert one["get"]["security"] == [{"key": []}]
    assert one["get"]["parameters"][0] == {
        "name": "petId",
        "in": "path",
        "required": True,
        "description": "",
        "schema": {"type": "integer", "format": "int64", "minimum": 1.0},
    }
    assert one["get"]["parameters"][1]["x-data-threescale-name"] == "user_keys"
    assert list(one["get"]["responses"]) == ["200", "404"]
    assert one["delete"]["deprecated"] is True
    assert one["delete"]["parameters"][0]["schema"] == {"type": "integer", "format": "int64"}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
    assert pets["post"]["requestBody"] == {
        "description": "",
        "required": True,
        "content": content,
    }
    listed = pets["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert listed == {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
    assert pets["get"]["parameters"][0]["schema"]["items"]["enum"] == ["small", "big"]


def test_forms_models_and_ways_to_authorize_come_along() -> None:
    found = upgraded(PETSTORE_1)

    form = found["paths"]["/pets/{petId}/photo"]["put"]["requestBody"]["content"]
    pet = found["components"]["schemas"]["Pet"]
    assert form["multipart/form-data"]["schema"]["properties"]["file"]["format"] == "binary"
    assert form["multipart/form-data"]["schema"]["required"] == ["file"]
    assert pet["required"] == ["id", "name"]
    assert pet["properties"]["tags"] == {"type": "array", "items": {"type": "string"}}
    assert pet["properties"]["owner"] == {"$ref": "#/components/schemas/Owner"}
    assert pet["properties"]["name"]["description"] == "What it is called."
    assert found["components"]["securitySchemes"] == {
        "key": {"type": "apiKey", "in": "query", "name": "user_key"},
        "old": {"type": "http", "scheme": "basic"},
    }
