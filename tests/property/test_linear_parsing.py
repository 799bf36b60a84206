"""What anybody sends, or `apply` reads, is read in a time that grows as the text does."""

import asyncio
import gc
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from gateway.arguments import CallArguments
from gateway.paths import normalise_path
from gateway.transactions.errors import WireError
from gateway.transactions.options import options_of
from gateway.transactions.params import parse_params
from server.as_code.documents import parse as parse_yaml
from server.as_code.entries import BadFolder
from server.domain.errors import DomainError
from server.domain.portal.api_docs import clean_body, refuse_unknown_version
from server.graphql.requests import parse_accept, parse_object
from server.kit.urls import masked
from server.rest.params import read_params
from server.web.accept import accepted_types
from server.web.cookies import parse_cookies
from server.web.requests import BadRequest, read_form

SIZE = 6_000  # of a first text; then twice and four times as much
LINEAR = 4.0
GRACE = 2.2  # what a busy machine adds
SHORT_S = 0.02  # below that nothing is measured
REFUSALS = (
    BadFolder,
    BadRequest,
    DomainError,
    HTTPException,
    ValueError,
    RecursionError,
    WireError,
)
# How a text of any size is made: what is repeated, between a beginning and an end.
ODD = {
    "deep lists": ("", "[", ""), "closed lists": ("", "[]", ""), "deep objects": ("", '{"a":', ""),
    "flow maps": ("", "{a: ", ""), "dashes": ("", "- ", ""), "questions": ("", "? ", ""),
    "quotes": ("", '"', ""), "apostrophes": ("", "'", ""), "backslashes": ('"', "\\", '"'),
    "escapes": ('"', "\\u0041", '"'), "anchors": ("", "&a ", ""), "aliases": ("", "*a ", ""),
    "quoted escapes": ('a="', "\\101", '"'),
    "tags": ("", "!x ", ""), "merges": ("", "<<: ", ""), "colons": ("", ":", ""),
    "semicolons": ("a", ";", ""), "commas": ("a", ",", ""), "ampersands": ("a", "&", ""),
    "equals": ("a", "=", ""), "pluses": ("a=", "+", ""), "percents": ("a=", "%", ""),
    "escaped": ("a=", "%41", ""), "pairs": ("", "a=b&", ""), "nested pairs": ("", "[a]", "=1"),
    "open brackets": ("a", "[", "=1"), "cookies": ("", "a=b; ", ""),
    "types": ("", "a/b;q=0.5,", ""),
    "qualities": ("a/b", ";q=1", ""), "blanks": ("", " ", "x"), "tabs": ("", "\t", "x"),
    "lines": ("", "\n", "x"), "carriage returns": ("", "\r\n", "x"), "comments": ("", "#\n", ""),
    "documents": ("", "---\n", ""), "blocks": ("a: |\n", "  x\n", ""),
    "folded": ("a: >\n", "  x\n\n", ""),
    "items": ("a:\n", "- x\n", ""), "numbers": ("[", "1,", "1]"), "digits": ("", "9", ""),
    "zeros": ("[1", "0", "]"), "exponents": ("[1e", "9", "]"), "texts": ("[", '"a",', '"a"]'),
    "letters": ("a: ", "x", ""), "marks": ("a: ", "\ufeff", ""), "emoji": ("a: ", "\U0001f600", ""),
    "nul": ("", "\0", ""), "strokes": ("", "/", ""), "dots": ("/", "../", ""),
    "parents": ("/a", "/..", ""),
    "userinfo": ("redis://", "u:p@", "h"), "passwords": ("h?", "password=x&", ""),
    "keywords": ("", "password='x' ", ""), "mail": ("", "a@", ""), "at": ("//a:", "@", ""),
}  # fmt: skip


def numbered(size: int) -> Iterator[str]:
    """Write texts whose parts differ."""
    yield "\n".join(f"a{number}: b" for number in range(size))
    yield "&".join(f"a{number}=b" for number in range(size))
    yield "&".join(f"a[{number}]=b" for number in range(size))
    yield "; ".join(f"a{number}=b" for number in range(size))
    yield ",".join(f"a/b{number};q=0.{number % 9}" for number in range(size))
    yield "{" + ",".join(f'"a{number}":1' for number in range(size)) + "}"
    yield "".join(" " * min(number, 200) + "a:\n" for number in range(size // 50))


def texts(size: int) -> list[str]:
    """Write all texts of a size."""
    return [head + part * size + tail for head, part, tail in ODD.values()] + list(numbered(size))


def sent(body: bytes, content_type: str) -> Request:
    """Make a request with a body."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", content_type.encode()), (b"content-length", b"%d" % len(body))]
    scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/", "query_string": b""}
    scope |= {"headers": headers, "app": None}
    return Request(scope, receive)


def form(content_type: str, read: Callable[[Request], Any] = read_form) -> Callable[[str], Any]:
    """Read a text as a form."""
    return lambda text: asyncio.run(read(sent(_bytes(text), content_type)))


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


MULTIPART = "multipart/form-data; boundary=a"
READERS: dict[str, Callable[[str], Any]] = {
    "apply": lambda text: parse_yaml("services/api.yaml", text),
    "GraphQL request": parse_object,
    "specification": lambda text: refuse_unknown_version(clean_body(text)),
    "form": form("application/x-www-form-urlencoded"),
    "multipart": form(MULTIPART),
    "multipart fields": lambda text: form(MULTIPART)(
        f'--a\r\nContent-Disposition: form-data; name="{text}"\r\n\r\n{text}\r\n--a--\r\n'
    ),
    "REST form": form("application/x-www-form-urlencoded", read_params),
    "REST JSON": form("application/json", read_params),
    "REST multipart": form(MULTIPART, read_params),
    "cookies": lambda text: list(parse_cookies(text)),
    "accept": accepted_types,
    "GraphQL accept": parse_accept,
    "arguments of a call": lambda text: CallArguments(_bytes(text)).credential("user_key"),
    "arguments of authrep": lambda text: parse_params(_bytes(text)),
    "options of authrep": lambda text: options_of(_bytes(text)),
    "path": lambda text: normalise_path(_bytes(text)),
    "setting": masked,
}


def took_s(read: Callable[[str], Any], text: str) -> float:
    """Read a text, or have it refused; tell the processor time."""
    began_s = time.thread_time()
    with suppress(*REFUSALS):
        read(text)
    return time.thread_time() - began_s


@pytest.fixture(autouse=True)
def _no_collector() -> Iterator[None]:
    gc.disable()  # it would look through all that the other tests hold
    yield
    gc.enable()


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_four_times_the_text_takes_four_times_as_long(reader: str) -> None:
    read, slow = READERS[reader], {}
    for small, large in zip(texts(SIZE), texts(4 * SIZE), strict=True):
        ratios = []
        for _ in range(3):
            long_s = took_s(read, large)
            if long_s < SHORT_S:
                break
            ratios.append(long_s / max(took_s(read, small), SHORT_S / LINEAR))
        else:
            if min(ratios) > LINEAR * GRACE:
                slow[small[:40]] = ratios

    assert slow == {}


@pytest.mark.parametrize("text", ["[" * 5_000, "{a: " * 5_000, "- " * 5_000, '{"a":' * 5_000])
def test_a_deep_file_is_refused_with_its_name_and_line(text: str) -> None:
    began_s = time.thread_time()
    with pytest.raises(BadFolder, match=r"^services/api\.yaml:2"):
        parse_yaml("services/api.yaml", f"name: x\nplans: {text}")

    assert time.thread_time() - began_s < 1, "5 s when all of it was read first"
