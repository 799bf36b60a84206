"""Compressing: what gets shorter, for who takes it, and never what would tell a secret."""

import gzip
from collections.abc import Mapping
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from server.web.compression import LONG_BYTES, Compressed, takes_gzip

TEXT = "An API for the weather of all days. " * 100
METHODS = ["GET", "POST", "HEAD"]


def client(response: Response) -> TestClient:
    """Serve one answer."""

    async def answer(_request: Request) -> Response:
        return response

    app = Compressed(Starlette(routes=[Route("/", answer, methods=METHODS)]))
    browser = TestClient(app)
    browser.headers["accept-encoding"] = "gzip"
    return browser


def ask(response: Response, method: str = "GET", path: str = "/", **headers: str) -> Any:
    """Ask for an answer; `_` in names of headers stands for `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client(response).request(method, path, headers=named)


@pytest.mark.parametrize(
    "media_type",
    ["text/html", "text/css; charset=utf-8", "application/json", "text/xml", "image/svg+xml"],
)
def test_texts_are_compressed_when_asked(media_type: str) -> None:
    answer = ask(Response(TEXT, media_type=media_type))

    assert answer.text == TEXT
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert int(answer.headers["content-length"]) < len(TEXT) / 5


def test_a_long_answer_is_the_same() -> None:
    text = TEXT * (LONG_BYTES // len(TEXT) + 1)

    assert ask(Response(text, media_type="text/html")).text == text


def test_who_does_not_ask_gets_the_text_and_caches_are_told() -> None:
    answer = ask(Response(TEXT, media_type="text/html"), accept_encoding="identity")

    assert answer.text == TEXT
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "response",
    [
        Response("short", media_type="text/html"),
        Response(TEXT, media_type="image/png"),
        Response(TEXT, media_type="application/zip"),
        Response(TEXT, media_type="text/event-stream"),
        Response(TEXT, media_type="text/html", headers={"Cache-Control": "no-transform"}),
        StreamingResponse(iter([TEXT, TEXT]), media_type="text/html"),
    ],
    ids=["small", "image", "archive", "events", "no-transform", "stream"],
)
def test_what_is_small_compressed_or_a_stream_stays(response: Response) -> None:
    assert "content-encoding" not in ask(response).headers


def test_what_is_compressed_already_is_not_again() -> None:
    packed = gzip.compress(TEXT.encode())
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}

    assert ask(Response(packed, headers=headers)).text == TEXT


@pytest.mark.parametrize(
    ("method", "path", "status", "headers", "is_compressed"),
    [
        ("GET", "/", 200, {}, True),
        ("GET", "/?q=a", 200, {}, True),
        ("POST", "/", 200, {"authorization": "Bearer token"}, True),
        ("GET", "/", 404, {}, True),
        ("GET", "/", 200, {"cookie": "session=1"}, True),
        ("GET", "/?q=a", 200, {"cookie": "session=1"}, False),
        ("POST", "/", 200, {"cookie": "session=1"}, False),
        ("GET", "/", 404, {"cookie": "session=1"}, False),
        ("POST", "/", 200, {"cookie": "session=1", "authorization": "Bearer token"}, True),
        ("POST", "/", 200, {"authorization": "Basic dTpw"}, False),
        ("GET", "/?q=a", 200, {"authorization": "basic dTpw"}, False),
    ],
)
def test_a_stranger_words_nothing_that_is_compressed_with_a_secret(
    method: str, path: str, status: int, headers: Mapping[str, str], is_compressed: bool
) -> None:
    response = Response(TEXT, status, media_type="text/html")

    answer = ask(response, method, path, **headers)

    assert ("content-encoding" in answer.headers) is is_compressed
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_tag_of_the_text_is_a_weak_one_of_the_compressed() -> None:
    answer = ask(Response(TEXT, media_type="text/html", headers={"ETag": '"1"'}))

    assert answer.headers["etag"] == 'W/"1"'


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("deflate, br", False),
        ("identity", False),
        ("", False),
    ],
)
def test_clients_say_what_they_take(header: str, takes: bool) -> None:
    assert takes_gzip(Headers({"accept-encoding": header})) is takes
