"""References out of a document: refused with their place, or brought in, within bounds."""

import json
from typing import Any

import pytest

from server.domain.errors import Invalid, TooLong
from server.domain.portal.api_docs import MOST_BODY, clean_body
from server.domain.portal.specs.bundling import (
    MOST_DOCUMENTS,
    MOST_TOGETHER,
    bundled,
    find_foreign,
    refuse_foreign,
)
from server.domain.portal.specs.operations import outline_of, readable
from server.domain.portal.specs.reading import find_in
from tests.kit.specs import PETSTORE_1, PETSTORE_1_TEXT

ROOT = "https://api.example/specs/root.yaml"


class Site:
    """Documents by address."""

    def __init__(self, **documents: str) -> None:
        self.documents = {f"https://api.example/{name}": each for name, each in documents.items()}
        self.asked: list[str] = []

    def __call__(self, url: str) -> str:
        self.asked.append(url)
        if url not in self.documents:
            raise Invalid("answered 404, no document.", field="source_url")
        return self.documents[url]


def test_a_reference_out_of_a_document_is_refused_with_its_place() -> None:
    paths = {"/a/b": {"get": {"responses": {"200": {"$ref": "parts.yaml#/Fine"}}}}}
    body = json.dumps({"openapi": "3.0.0", "paths": paths})

    with pytest.raises(Invalid) as refused:
        refuse_foreign(body)

    assert "'parts.yaml#/Fine' at #/paths/~1a~1b/get/responses/200" in refused.value.message


def test_what_looks_like_a_reference_in_an_example_is_none() -> None:
    example = {"example": {"$ref": "http://x"}, "x-y": {"$ref": "http://y"}}

    assert find_foreign({"a": [{"$ref": "#/b"}, example]}) is None


def test_a_document_of_old_names_its_models_so() -> None:
    refuse_foreign(PETSTORE_1_TEXT)


def test_what_is_referred_to_is_brought_in_wherever_it_refers_to_then() -> None:
    root = """
openapi: 3.0.3
info: {title: Root}
paths:
  /a: {get: {responses: {'200': {$ref: '../parts.yaml#/answers/Fine'}}}}
components: {schemas: {Id: {type: integer}}}
"""
    parts = """
answers: {Fine: {description: x, schema: {$ref: '#/Pet'}}}
Pet: {properties: {id: {$ref: 'specs/root.yaml#/components/schemas/Id'}, to: {$ref: more.json}}}
"""
    site = Site(**{"parts.yaml": parts, "more.json": '{"type": "string"}'})

    document = json.loads(bundled(root, ROOT, clean_body, site))

    fine = find_in(document, document["paths"]["/a"]["get"]["responses"]["200"]["$ref"])
    assert isinstance(fine, dict)
    pet: Any = find_in(document, fine["schema"]["$ref"])
    assert pet["properties"]["id"] == {"$ref": "#/components/schemas/Id"}
    assert find_in(document, pet["properties"]["to"]["$ref"]) == {"type": "string"}
    assert site.asked == ["https://api.example/parts.yaml", "https://api.example/more.json"]
    refuse_foreign(json.dumps(document))


def test_a_document_without_such_references_stays_as_it_was_given() -> None:
    text = "openapi: 3.0.0\npaths: {/a: {$ref: '#/x'}}\n"

    assert bundled(text, ROOT, clean_body, Site()) == text


def test_one_that_can_not_be_fetched_is_told_with_place_and_reason() -> None:
    text = '{"a": {"$ref": "gone.json"}}'

    with pytest.raises(Invalid) as refused:
        bundled(text, ROOT, clean_body, Site())

    told = "refers at #/a to https://api.example/specs/gone.json, which answered 404, no document."
    assert refused.value.message == told


def test_there_is_an_end_to_what_is_brought_in() -> None:
    assert MOST_TOGETHER == MOST_BODY
    chain = {
        f"specs/{number}.json": json.dumps({"$ref": f"{number + 1}.json"}) for number in range(99)
    }
    site = Site(**chain)
    large = Site(**{"specs/0.json": json.dumps({"a": "x" * (MOST_TOGETHER - 60)})})

    with pytest.raises(Invalid, match=f"more than {MOST_DOCUMENTS} other documents"):
        bundled('{"$ref": "0.json"}', ROOT, clean_body, site)
    with pytest.raises(TooLong):
        bundled(json.dumps({"$ref": "0.json", "b": "x" * 99}), ROOT, clean_body, large)

    assert len(site.asked) == MOST_DOCUMENTS


def test_the_declarations_of_a_listing_of_old_are_brought_in() -> None:
    (pets, _) = PETSTORE_1["apis"]
    listing = {"swaggerVersion": "1.2", "apis": [{"path": "/pets"}], "info": {"title": "Old"}}
    site = Site(**{"specs/root.yaml/pets": json.dumps(pets)})

    outline = outline_of(readable(bundled(json.dumps(listing), ROOT, clean_body, site)))

    assert outline.format == "Swagger 1.2"
    assert [each.slug for each in outline.operations] == [
        "getpet",
        "deletepet",
        "listpets",
        "addpet",
        "setphoto",
    ]
