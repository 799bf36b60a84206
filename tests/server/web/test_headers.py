"""Files come with the headers of their folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from server.web.headers import Files, page_policy

STYLE = "a { color: rebeccapurple } " * 100


@pytest.fixture
def files(tmp_path: Path) -> Iterator[TestClient]:
    """Serve a folder of two files whose version is 1."""
    (tmp_path / "a.css").write_text(STYLE)
    (tmp_path / "a.png").write_bytes(bytes(5000))
    app = Starlette(routes=[Mount("/", Files(tmp_path, lambda: "1", {"X-Own": "yes"}))])
    with TestClient(app) as client:
        client.headers["accept-encoding"] = "gzip"
        yield client


def test_files_are_taken_for_what_they_are(files: TestClient) -> None:
    answer = files.get("/a.css")

    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["x-own"] == "yes"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/a.css?v=1", "public, max-age=31536000, immutable"),
        ("/a.png?v=1", "public, max-age=31536000, immutable"),
        ("/a.css?v=0", "public, max-age=3600"),
        ("/a.css", "public, max-age=3600"),
    ],
)
def test_what_carries_its_version_is_kept_for_a_year(
    files: TestClient, address: str, kept: str
) -> None:
    answer = files.get(address)

    assert answer.headers["cache-control"] == kept
    again = files.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["cache-control"] == kept


def test_files_are_compressed_when_asked(files: TestClient) -> None:
    packed = files.get("/a.css")
    plain = files.get("/a.css", headers={"Accept-Encoding": "identity"})
    part = files.get("/a.css", headers={"Range": "bytes=0-9"})
    picture = files.get("/a.png")

    assert packed.text == plain.text == STYLE
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(STYLE)
    assert packed.headers["etag"] == f"W/{plain.headers['etag']}"
    assert part.text == STYLE[:10]
    for answer in (plain, part, picture):
        assert "content-encoding" not in answer.headers
    for answer in (packed, plain, part):
        assert answer.headers["vary"] == "Accept-Encoding"


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
