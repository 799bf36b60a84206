"""Files come with the headers of their folder."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from server.web.headers import Files


def test_files_are_taken_for_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a {}")
    files = Files(tmp_path, {"Cache-Control": "public"})

    with TestClient(Starlette(routes=[Mount("/", files)])) as client:
        answer = client.get("/a.css")

    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "public"
