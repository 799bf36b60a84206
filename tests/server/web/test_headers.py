"""Files come with the headers of their folder."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from server.web.headers import Files, page_policy


def test_files_are_taken_for_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a {}")
    files = Files(tmp_path, {"Cache-Control": "public"})

    with TestClient(Starlette(routes=[Mount("/", files)])) as client:
        answer = client.get("/a.css")

    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "public"


@pytest.mark.parametrize(
    ("host", "source"),
    [
        ("localhost:8000", "localhost:8000/javascripts/"),
        ("Acme.example", "Acme.example/javascripts/"),
        ("127.0.0.1:8000", "127.0.0.1:8000/javascripts/"),
        ("[::1]:8000", "'none'"),
        ("", "'none'"),
        ("a b", "'none'"),
        ("evil; script-src *", "'none'"),
        ("x:8000/gateway/", "'none'"),
        ("*", "'none'"),
    ],
)
def test_a_page_runs_the_scripts_of_one_folder_only(host: str, source: str) -> None:
    directives = page_policy(host, "/javascripts/").split("; ")

    assert f"script-src {source}" in directives
    assert {"worker-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(directives)
