"""What is read from specifications: every example of others, and whatever is broken about them."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from server.domain.portal.api_docs import clean_body, refuse_unknown_version
from server.domain.portal.specs.details import details_of, find_operation
from server.domain.portal.specs.differences import differences_of
from server.domain.portal.specs.operations import MOST_OPERATIONS, Outline, outline_of, readable
from server.domain.portal.specs.prepared import Credentials, Target, picked, prepared
from server.domain.portal.specs.samples import call_of, samples_of
from tests.kit.specs import PETSTORE_1, broken, examples

KEY = Credentials("query", ("user_key",))
TARGET = Target("https://gateway.example/api", "https://up.example/v1", (), KEY)


def everything(document: dict[str, Any]) -> Outline:
    """Do all that pages do with a document."""
    read = readable(json.dumps(document))
    outline = outline_of(read)
    ready = prepared(read, TARGET)
    for operation in outline.operations:
        found = find_operation(read, operation.slug)
        assert found is not None, operation
        method, path, given = found
        samples_of(call_of(details_of(read, method, path, given), "https://gateway.example", KEY))
        picked(ready, method, path)
    differences_of(read, ready)
    return Outline.read(outline.written())


@pytest.mark.parametrize("path", examples(), ids=str)
def test_every_example_of_others_is_taken_and_read_whole(path: Path) -> None:
    body = clean_body(path.read_text(encoding="utf-8"))
    refuse_unknown_version(body)
    document = json.loads(body)

    outline = everything(document)

    verbs = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
    items = document.get("paths", {}).values()
    elsewhere = sum("$ref" in item for item in items)  # each of one operation
    assert outline.total == sum(len(verbs & set(item)) for item in items) + elsewhere
    assert outline.title == document["info"]["title"]
    assert len({operation.slug for operation in outline.operations}) == outline.total


@pytest.mark.parametrize("seed", range(120))
def test_nothing_that_is_broken_makes_a_reader_fail(seed: int) -> None:
    paths = [path for path in examples() if path.suffix == ".json" and path.stat().st_size < 40_000]
    documents = [PETSTORE_1, *(json.loads(path.read_text()) for path in paths)]

    everything(broken(documents[seed % len(documents)], seed))


@pytest.mark.parametrize("shell", ['{"items": %s}', '{"properties": {"a": %s}}', '{"allOf": [%s]}'])
def test_schemas_nested_hundreds_deep_are_read_as_far_as_anybody_reads(shell: str) -> None:
    schema = '{"type": "string"}'
    for _ in range(250):
        schema = shell % schema
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Deep"},
        "paths": {"/a": {"post": {"requestBody": {"content": {"a/b": {"schema": "HERE"}}}}}},
    }
    text = json.dumps(document).replace('"HERE"', schema)
    other = readable(text.replace("string", "integer"))

    assert everything(json.loads(text)).total == 1
    assert differences_of(readable(text), other).total >= 1


def test_operations_are_named_by_their_ids_and_never_twice() -> None:
    paths = {
        "/a": {"get": {"operationId": "Find it"}, "put": {"operationId": "find-it"}},
        "/b/{id}": {"get": {"summary": " One ", "tags": ["B", "C"], "deprecated": True}},
        "/c": {"post": {"description": "First line.\nSecond."}},
    }

    outline = outline_of({"openapi": "3.0.0", "info": {"title": "T", "version": 2}, "paths": paths})

    assert [each.slug for each in outline.operations] == [
        "find-it",
        "find-it-2",
        "get-b-id",
        "post-c",
    ]
    one = outline.operations[2]
    assert (one.method, one.path, one.summary, one.tag) == ("GET", "/b/{id}", "One", "B")
    assert one.deprecated
    assert outline.operations[3].summary == "First line."
    assert (outline.format, outline.version) == ("OpenAPI 3.0.0", "2")


def test_as_many_operations_are_listed_as_a_page_can_take() -> None:
    paths: dict[str, Any] = {f"/{number}": {"get": {}} for number in range(MOST_OPERATIONS + 7)}

    outline = outline_of({"openapi": "3.0.0", "paths": paths})

    assert outline.total == MOST_OPERATIONS + 7
    assert Counter(each.method for each in outline.operations) == {"GET": MOST_OPERATIONS}


LARGE = """
import json, resource, time
from server.domain.portal.api_docs import clean_body, refuse_unknown_version
from server.domain.portal.specs.bundling import refuse_foreign
from server.domain.portal.specs.differences import differences_of
from server.domain.portal.specs.operations import outline_of, readable

properties = ", ".join(
    f'"p{at}": {{"type": "string", "description": "{"y" * 80}"}}' for at in range(8)
)
schemas = ", ".join(
    f'"S{number}": {{"type": "object", "properties": {{{properties}}}}}' for number in range(9000)
)
paths = ", ".join(
    f'"/things/{number}/{{id}}": {{"get": {{"responses": {{"200": {{"content": {{"a/json": '
    f'{{"schema": {{"$ref": "#/components/schemas/S{number}"}}}}}}}}}}}}}}'
    for number in range(9000)
)
text = (
    f'{{"openapi": "3.1.0", "info": {{"title": "Large"}}, "paths": {{{paths}}}, '
    f'"components": {{"schemas": {{{schemas}}}}}'
)
text += ', "x-more": "' + "w" * (20_000_000 - len(text)) + '"}'
del properties, schemas, paths
began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
body = clean_body(text)
refuse_unknown_version(body)
refuse_foreign(body)
outline = outline_of(readable(body))
found = differences_of(readable(body), readable(body.replace('"p7"', '"p8"')))
spent = time.process_time() - began
more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps({
    "size": len(body), "total": outline.total, "outline": len(outline.written()),
    "changes": len(found.changes), "told": len(found.written()), "of": found.total,
    "more_kb": more, "spent_s": spent,
}))
"""


def test_a_document_of_20_million_characters_is_read_within_bounds() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LARGE], capture_output=True, timeout=300, check=True
    )

    seen = json.loads(done.stdout)
    assert seen["size"] >= 20_000_000
    assert seen["total"] == 9000
    assert seen["outline"] < 600_000  # characters, of what is kept beside it
    assert (seen["changes"], seen["told"] < 200_000) == (500, True)
    assert seen["of"] == 18_000
    assert seen["more_kb"] < 400_000
    assert seen["spent_s"] < 60
