"""Code samples: those that can be run here send what the operation asks for, the rest is read."""

import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from server.domain.portal.specs.details import FORM, Content, Details, Parameter
from server.domain.portal.specs.prepared import Credentials
from server.domain.portal.specs.samples import Call, call_of, samples_of

HOSTILE = (
    """it's "so" `id` $(id) ${x} #{1} \\ \\u0022 %s <?php \U0001f600 é\u2028"""
    """\r\n\t'; exit 1 #\n"""
)
HEADER = """it's "so" `id` $(id) ${x} #{1} \\ <b> %s"""
QUERY = Credentials("query", ("user_key",))
PAIR = Credentials("headers", ("app_id", "app_key"))


class Server:
    """Notes the calls that it gets."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, dict[str, str], str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers.get("content-length", 0))
                body = self.rfile.read(size).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                outer.calls.append((self.command, self.path, headers, body))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"done")

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def server() -> Iterator[Server]:
    """Run a server for the calls of samples."""
    found = Server()
    thread = threading.Thread(target=found.server.serve_forever, args=(0.02,))
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


RUN = {
    "curl": lambda code: ["sh", "-c", code],
    "python": lambda code: [sys.executable, "-c", code],
    "node": lambda code: ["node", "--input-type=module", "-e", code],
}


@pytest.mark.parametrize("language", RUN)
def test_a_sample_sends_exactly_what_it_shows_whatever_that_is(
    server: Server, language: str
) -> None:
    if shutil.which(RUN[language]("")[0]) is None:
        pytest.skip("its interpreter is not on this machine")
    details = Details(
        method="POST",
        path="/pets/{id}",
        parameters=(
            Parameter("id", "path", required=True, example=HOSTILE),
            Parameter("q", "query", required=True, example=HOSTILE),
            Parameter("x-note", "header", required=True, example=HEADER),
            Parameter("left", "query", example="out"),
        ),
        bodies=(Content("text/plain", example=HOSTILE),),
    )
    call = call_of(details, server.url, PAIR, ("an id", "a key"))
    code = next(each.code for each in samples_of(call) if each.language == language)

    done = subprocess.run(RUN[language](code), capture_output=True, timeout=60, check=False)

    assert done.returncode == 0, done.stderr.decode()
    assert b"done" in done.stdout
    ((method, path, headers, body),) = server.calls
    assert method == "POST"
    assert parse_qs(urlsplit(path).query) == {"q": [HOSTILE]}
    assert (headers["x-note"], headers["app_id"], headers["app_key"]) == (HEADER, "an id", "a key")
    assert body == HOSTILE


STRINGS = {  # how each language ends a string, and what it reads into
    "go": re.compile(r'"((?:[^"\\\n]|\\.)*)"'),
    "ruby": re.compile(r'"((?:[^"\\#]|\\.)*)"'),
    "php": re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL),
    "java": re.compile(r'"((?:[^"\\\n]|\\.)*)"'),
}


@pytest.mark.parametrize("language", STRINGS)
def test_no_value_ends_its_string_in_the_other_languages(language: str) -> None:
    def shape(value: str) -> str:
        call = Call("PUT", f"http://x/{value}", (("X-A", value),), value)
        code = next(each.code for each in samples_of(call) if each.language == language)
        return STRINGS[language].sub("STRING", code)

    assert shape(HOSTILE) == shape("plain")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("go", r'"a\"b\\c\nd\u2028\U000e0001#{1}"'),
        ("ruby", r'"a\"b\\c\nd\u{2028}\u{e0001}\#{1}"'),
        ("java", r'"a\"b\\c\nd\u2028\udb40\udc01#{1}"'),
        ("php", "'a\"b\\\\c\nd\u2028\U000e0001#{1}'"),
    ],
)
def test_a_value_is_written_as_each_language_reads_it(language: str, text: str) -> None:
    call = Call("POST", "http://x/", (), 'a"b\\c\nd\u2028\U000e0001#{1}')

    code = next(each.code for each in samples_of(call) if each.language == language)

    assert text in code


def test_no_line_feed_of_a_value_becomes_a_unicode_escape_in_java() -> None:
    call = Call("POST", "http://x/", (), "a\x00\x0b\x1f\n")

    code = next(each.code for each in samples_of(call) if each.language == "java")

    assert r'"a\000\013\037\n"' in code


@pytest.mark.parametrize(
    ("credentials", "keys", "where"),
    [
        (QUERY, (), "?user_key=YOUR_KEY"),
        (QUERY, ("k",), "?user_key=k"),
        (PAIR, (), "YOUR_APP_KEY"),
        (Credentials("authorization", ("user_key",)), ("k",), "Basic azo="),
        (Credentials("authorization", ("app_id", "app_key")), ("i", "k"), "Basic aTpr"),
    ],
)
def test_credentials_go_where_the_gateway_looks_for_them(
    credentials: Credentials, keys: tuple[str, ...], where: str
) -> None:
    call = call_of(Details("GET", "/a"), "http://x", credentials, keys)

    assert where in f"{call.url} {call.headers}"


def test_a_parameter_that_is_the_credential_is_filled_in_and_not_doubled() -> None:
    parameters = (
        Parameter("key", "query", data_name="user_keys"),
        Parameter("user_key", "header", example="x"),
    )

    call = call_of(Details("GET", "/a", parameters=parameters), "http://x/", QUERY, ("mine",))

    assert call.url == "http://x/a?key=mine"
    assert call.headers == (("user_key", "mine"),)


def test_a_form_is_sent_as_one_and_a_header_has_one_line() -> None:
    bodies = (Content(FORM, example=json.dumps({"a": "b c", "d": 1})),)
    parameters = (Parameter("x", "header", required=True, example="a\r\nb: c"),)

    call = call_of(Details("POST", "/a", parameters=parameters, bodies=bodies), "http://x", None)

    assert call.body == "a=b+c&d=1"
    assert call.headers[0] == ("x", "ab: c")
