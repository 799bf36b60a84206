"""Specifications over REST: large ones, and changes that break callers."""

import json
import time
import tracemalloc
from typing import Any
from urllib.parse import urlencode

import pytest

from server.rest.params import MAX_BODY_BYTES
from tests.kit.rest import RestClient

PATH = "/active_docs"
BOUNDARY = {"content-type": "multipart/form-data; boundary=b"}


def body_of(*paths: str, filler: int = 0) -> str:
    """Write a document with these paths."""
    items = {path: {"get": {"summary": "x" * filler}} for path in paths}
    info = {"title": "Pets", "version": "1"}
    return json.dumps({"openapi": "3.0.3", "info": info, "paths": items})


def part(name: str, value: str) -> str:
    return f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'


def test_what_breaks_callers_is_taken_noted_and_counted(rest: RestClient) -> None:
    made = rest.post(PATH, {"name": "Pets", "body": body_of("/a", "/b"), "published": True})
    one = f"{PATH}/{made['api_doc']['id']}"

    def change(**values: object) -> tuple[int, str | None]:
        answer = rest.call("PUT", f"{one}.json", json=values)
        return answer.status_code, answer.headers.get("breaking-changes")

    assert change(body=body_of("/a", "/b", "/c")) == (200, None)
    assert change(body=body_of("/c")) == (200, "2")
    assert change(description="Nicer") == (200, None)
    assert change(published=False, body=body_of("/d")) == (200, None)
    xml = rest.call("PATCH", f"{one}.xml", data={"name": "Zoo"})
    assert xml.headers["content-type"].startswith("application/xml")


def test_a_document_may_be_large_and_nothing_else(rest: RestClient) -> None:
    large = body_of("/a", filler=2 * MAX_BODY_BYTES)
    sent: dict[str, dict[str, Any]] = {
        "json": {"json": {"name": "J", "body": large}},
        "wrapped": {"json": {"api_doc": {"name": "W", "body": large}}},
        "form": {"data": {"name": "F", "body": large}},
        "multipart": {
            "content": part("name", "M") + part("body", large) + "--b--\r\n",
            "headers": BOUNDARY,
        },
    }
    for name, options in sent.items():
        answer = rest.call("POST", f"{PATH}.json", **options)
        assert answer.status_code == 201, (name, answer.text[:500])
        assert answer.json()["api_doc"]["body"] == large
    refused: dict[str, dict[str, Any]] = {
        "another field": {"json": {"name": large, "body": "{}"}},
        "two of them": {"data": {"description": large, "body": large}},
        "much of it": {"json": {"name": "x", "body": "{}", "x": ["x"] * MAX_BODY_BYTES}},
        "no credentials before it": {
            "data": {"access_token": rest.token, "name": "x", "body": large},
            "headers": {"authorization": ""},
        },
    }
    for name, options in refused.items():
        answer = rest.call("POST", f"{PATH}.json", **options)
        assert answer.status_code == 413, (name, answer.status_code, answer.text[:500])
        assert "Only body may be larger" in answer.text
    assert rest.call("POST", "/signup.json", data={"org_name": large}).status_code == 413


@pytest.mark.parametrize("kind", ["json", "form"])
def test_a_document_of_20_mb_takes_bounded_time_and_memory(rest: RestClient, kind: str) -> None:
    operation = {"summary": 'é <&> "x"', "responses": {"200": {"description": "x" * 2_000}}}
    paths = {f"/{number}": {"get": operation} for number in range(9_700)}
    body = json.dumps({"openapi": "3.0.3", "info": {"title": "Big"}, "paths": paths})
    values = {"name": "Big", "body": body}
    content = urlencode(values) if kind == "form" else json.dumps(values)
    type_ = "application/x-www-form-urlencoded" if kind == "form" else "application/json"
    assert len(body) > 20_000_000

    tracemalloc.start()
    began = time.process_time()
    answer = rest.call("POST", f"{PATH}.json", content=content, headers={"content-type": type_})
    took_s, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert answer.status_code == 201, answer.text[:500]
    assert took_s < 60
    assert peak < 16 * len(body)
