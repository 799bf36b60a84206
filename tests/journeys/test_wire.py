"""Smuggling and path tricks on a raw socket: refused, or both sides of the gateway see the same.

The upstream is a listener that keeps every byte, so that what it saw is no library's reading.
"""

import json
import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx2 as httpx
import pytest

from server.actions.services.configs import deploy_to_staging
from server.actions.services.documents import document_of
from server.actions.services.mapping_rules import MAPPING_RULES, list_rules
from server.actions.services.metrics import list_metrics
from server.actions.services.proxies import update_proxy
from server.domain.actors import Actor
from server.runtime.first_start import ensure_provider
from server.runtime.storage import open_storage
from server.settings import Settings
from tests.kit.browser import Browser
from tests.kit.process import Gatehouse, nursery_of_run
from tests.kit.work import by

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
READ_S, IDLE_S = 1.5, 0.2  # of a first answer, of a further one on the same connection
RULES = {"/free": 1, "/paid": 10}
SMUGGLED = b"GET /paid/smuggled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


class Recorder(socketserver.StreamRequestHandler):
    """Reads requests to the letter, keeps them, and answers each."""

    def handle(self) -> None:
        """Serve one connection."""
        server: Any = self.server
        with suppress(OSError, ValueError):
            while head := self._head():
                request = head + self._body(head.lower())
                server.seen.append(request)
                self.wfile.write(ANSWER)

    def _head(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in {b"", b"\r\n"}:
            lines.append(line)
        return b"".join(lines)

    def _body(self, head: bytes) -> bytes:
        if b"transfer-encoding: chunked" in head:
            body = b""
            while (size := self.rfile.readline()) != b"0\r\n":
                body += size + self._exactly(int(size or b"x", 16) + 2)
            return body + size + self._exactly(2)
        found = re.search(rb"content-length: (\d+)", head)
        return self._exactly(int(found[1])) if found else b""

    def _exactly(self, size: int) -> bytes:
        """Read this much. Raises: OSError for a request that breaks off, which is none."""
        body = self.rfile.read(size)
        if len(body) < size:
            raise BrokenPipeError
        return body


class RecordingServer(socketserver.ThreadingTCPServer):
    """An upstream that remembers."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        self.seen: list[bytes] = []
        super().__init__(("127.0.0.1", 0), Recorder)


@dataclass
class Wire:
    """A gateway, its upstream, and a way to put bytes between them."""

    gatehouse: Gatehouse
    upstream: RecordingServer
    host: str = ""
    token: str = ""
    key: str = ""

    def send(self, request: bytes) -> tuple[bytes, list[bytes]]:
        """Send bytes and close; gives all that came back and what the upstream saw meanwhile."""
        self.upstream.seen.clear()
        with socket.create_connection(("127.0.0.1", self.gatehouse.port), READ_S) as wire:
            wire.sendall(request)
            answer = b""
            with suppress(ConnectionResetError, TimeoutError):
                while chunk := wire.recv(65_536):
                    answer += chunk
                    wire.settimeout(IDLE_S)
        return answer, list(self.upstream.seen)

    def get(self, target: bytes, *headers: bytes) -> tuple[bytes, list[bytes]]:
        """Send a GET with the key and the debug header."""
        lines = [
            b"GET " + target + b" HTTP/1.1",
            b"Host: " + self.host.encode(),
            b"User-Key: " + self.key.encode(),
            b"X-3scale-Debug: " + self.token.encode(),
            b"Connection: close",
            *headers,
        ]
        return self.send(b"\r\n".join(lines) + b"\r\n\r\n")

    def post(self, *headers: bytes, body: bytes = b"") -> tuple[bytes, list[bytes]]:
        """Send a POST with the key, and whatever comes behind its head."""
        host, key = self.host.encode(), self.key.encode()
        lines = [b"POST /free HTTP/1.1", b"Host: " + host, b"User-Key: " + key, *headers]
        return self.send(b"\r\n".join(lines) + b"\r\n\r\n" + body)


def seed(gatehouse: Gatehouse, upstream_port: int) -> str:
    """Lead the sample service to the upstream, with two rules; gives its staging host."""
    env = {
        "GATEHOUSE_DATA_DIR": str(gatehouse.data_dir),
        "GATEHOUSE_PUBLIC_URL": gatehouse.url,
        **gatehouse.env,
    }
    storage = open_storage(Settings.from_env(env))
    ensure_provider(storage, gatehouse.data_dir)
    start = gatehouse.first_start
    actor, service_id = Actor.system(start["provider"]["id"]), start["service"]["id"]
    with storage.database.write() as db:
        for rule in list_rules(db, service_id):
            MAPPING_RULES.delete(by(db, actor), rule.id)
        hits = list_metrics(db, service_id)[0].id
        for method in ("GET", "POST"):
            for pattern, delta in RULES.items():
                draft = {
                    "http_method": method,
                    "pattern": pattern,
                    "metric_id": hits,
                    "delta": delta,
                }
                MAPPING_RULES.create(by(db, actor), draft, service_id)
        changes = {
            "api_backend": f"http://127.0.0.1:{upstream_port}",
            "credentials_location": "headers",
        }
        update_proxy(by(db, actor, storage.installation), service_id, changes)
        config = deploy_to_staging(by(db, actor, storage.installation), service_id)
        host: str = document_of(storage.installation, config)["proxy"]["hosts"][-1]
    storage.database.close()
    return host


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def wire(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wire]:
    """Run a Gatehouse before a recording upstream, for all tests of this file."""
    env = {}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
        env["GATEHOUSE_DATABASE_URL"] = server.url(server.create_database())
    gatehouse = Gatehouse(tmp_path_factory.mktemp("wire") / "data", env, nursery=nursery_of_run())
    with RecordingServer() as upstream:
        threading.Thread(target=upstream.serve_forever, daemon=True).start()
        host = seed(gatehouse, upstream.server_address[1])
        gatehouse.start()
        start = gatehouse.first_start
        yield Wire(
            gatehouse,
            upstream,
            host,
            start["service"]["service_token"],
            start["sample"]["user_key"],
        )
        gatehouse.stop()
        upstream.shutdown()


def statuses(answer: bytes) -> list[int]:
    """List the statuses of the answers in a stream."""
    return [int(each) for each in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]


def test_the_plain_way_through(wire: Wire) -> None:
    answer, seen = wire.get(b"/paid/x?a=%20b")

    assert statuses(answer) == [200]
    assert b"x-3scale-matched-rules: /paid\r\n" in answer
    assert seen[0].startswith(b"GET /paid/x?a=%20b HTTP/1.1\r\n")


PATHS = (
    b"//paid/x",
    b"/./paid",
    b"/free/../paid",
    b"/free/%2e%2e/paid",
    b"/free/%2E%2e/paid",
    b"/free/.%2e/paid",
    b"/free%2f..%2fpaid",
    b"/free/..%2Fpaid",
    b"/free/..;/paid",
    b"/free/..;x=1/paid",
    b"/free/%2e%2e%3b/paid",
    b"/free/..%3b/paid",
    b"/free/.;/../paid",
    b"/free;/../paid",
    b"/free;/../../paid",
    b"/../paid",
    b"/%2e%2e/paid",
    b"/p%61id",
    b"/%70%61%69%64",
    b"/%2570aid",
    b"/free/%252e%252e/paid",
    b"/free/%25%32%65%25%32%65/paid",
    b"/paid%00",
    b"/free%00/../paid",
    b"/free/%c0%ae%c0%ae/paid",
    b"/free/%e0%80%ae%e0%80%ae/paid",
    b"/free/%c0%af../paid",
    b"/free/%ed%a0%80/../paid",
    b"/free/%u002e%u002e/paid",
    b"/free/..%5cpaid",
    b"/free\\..\\paid",
    b"/free?/../paid",
    b"/free#/../paid",
    b"/free%23/../paid",
    b"/free%3f/../paid",
    b"/PAID",
    b"/paid;x=1",
    b"/;/paid",
    b"/;x/paid",
    b"/paid/.",
    b"/paid/..",
    b"/paid/../free",
    b"/free/.../paid",
    b"/free/..%0d%0aX-Evil:%201",
    b"/free%20/../paid",
    b"/free\t/../paid",
    b"/free\xff/../paid",
    b"/%",
    b"/%zz",
    b"paid",
    b"*",
    b"http://other.example/paid",
    b"http://other.example/free/../paid",
    b"/\xef\xbc\x8e\xef\xbc\x8e/paid",
)


def test_no_path_is_free_by_its_spelling(wire: Wire) -> None:
    for target in PATHS:
        answer, seen = wire.get(target)
        if not seen:
            assert statuses(answer)[0] in {400, 404}, (target, answer)
            continue
        path = seen[0].split(b" ")[1].partition(b"?")[0]
        rule = next(rule for rule in RULES if path.startswith(rule.encode()))
        assert f"x-3scale-matched-rules: {rule}\r\n".encode() in answer, (target, path)
        assert f"usage%5Bhits%5D={RULES[rule]}\r\n".encode() in answer, (target, path)
        assert not re.search(rb"//|/\.\.?(/|;|$)|%2[ef]|%3b|[^\x21-\x7e]", path, re.I), path
        assert len(seen) == 1


BODIES = (
    ((b"Content-Length: 6", b"Transfer-Encoding: chunked"), b"0\r\n\r\n" + SMUGGLED),
    ((b"Transfer-Encoding: chunked", b"Content-Length: 4"), b"5c\r\n" + SMUGGLED),
    ((b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"), b"0\r\n\r\n"),
    ((b"Transfer-Encoding: identity", b"Content-Length: 0"), SMUGGLED),
    ((b"Transfer-Encoding: chunked, identity",), b"0\r\n\r\n" + SMUGGLED),
    ((b"Transfer-Encoding: xchunked", b"Content-Length: 0"), SMUGGLED),
    ((b"Transfer-Encoding: x",), b"0\r\n\r\n" + SMUGGLED),
    ((b"Transfer-Encoding : chunked", b"Content-Length: 0"), b"0\r\n\r\n" + SMUGGLED),
    ((b"Transfer-Encoding:\x0bchunked", b"Content-Length: 0"), b"0\r\n\r\n" + SMUGGLED),
    ((b"Transfer\x00-Encoding: chunked", b"Content-Length: 0"), SMUGGLED),
    ((b"Transfer-Encoding\xff: chunked", b"Content-Length: 0"), SMUGGLED),
    ((b"Transfer_Encoding: chunked", b"Content-Length: 0"), SMUGGLED),
    ((b"X-A: b\r\n Transfer-Encoding: chunked", b"Content-Length: 0"), SMUGGLED),
    ((b"X-A: b\nTransfer-Encoding: chunked", b"Content-Length: 0"), b"0\r\n\r\n" + SMUGGLED),
    ((b"X-A: b\rTransfer-Encoding: chunked", b"Content-Length: 0"), b"0\r\n\r\n" + SMUGGLED),
    ((b"X-A: b\x00c", b"Content-Length: 0"), SMUGGLED),
    ((b"X A: b", b"Content-Length: 0"), SMUGGLED),
    ((b"no colon", b"Content-Length: 0"), SMUGGLED),
    ((b": empty", b"Content-Length: 0"), SMUGGLED),
    ((b" Content-Length: 44",), SMUGGLED),
    ((b"Content-Length: -1",), SMUGGLED),
    ((b"Content-Length: +0",), SMUGGLED),
    ((b"Content-Length: 0x0",), SMUGGLED),
    ((b"Content-Length: 0_0",), SMUGGLED),
    ((b"Content-Length:",), SMUGGLED),
    ((b"Content-Length: 0 44",), SMUGGLED),
    ((b"Content-Length: 0, 44",), SMUGGLED),
    ((b"Content-Length: 0, 0",), SMUGGLED),
    ((b"Content-Length: 99999999999999999999999999",), SMUGGLED),
    ((b"Content-Length: 0", b"Content-Length: 44"), SMUGGLED),
    ((b"Content-Length: 44", b"Content-Length: 0"), SMUGGLED),
    ((b"Transfer-Encoding: chunked",), b"-1\r\n\r\n" + SMUGGLED),
    ((b"Transfer-Encoding: chunked",), b"0x0\r\n\r\n" + SMUGGLED),
    ((b"Transfer-Encoding: chunked",), b"10000000000000000\r\n" + SMUGGLED),
    ((b"Transfer-Encoding: chunked",), b"1\r\nabc\r\n0\r\n\r\n" + SMUGGLED),
    ((b"Transfer-Encoding: chunked",), b"1\na\n0\n\n" + SMUGGLED),
    ((b"Transfer-Encoding: chunked",), b"\r\n0\r\n\r\n" + SMUGGLED),
)
AGREED = (
    ((b"Transfer-Encoding: chunked",), b"3;ext=a\r\nabc\r\n0\r\n\r\n", b"abc"),
    ((b"Transfer-Encoding: chunked",), b"3;ext=\nX\r\nabc\r\n0\r\n\r\n", b"abc"),
    ((b"Transfer-Encoding: Chunked",), b"2\r\nab\r\n1\r\nc\r\n0\r\nHost: evil\r\n\r\n", b"abc"),
    ((b"Content-Length: 3", b"Content-Length: 3"), b"abc", b"abc"),
    ((b"Content-Length: 3", b"Expect: 100-continue"), b"abc", b"abc"),
    ((b"Content-Length: 003",), b"abc", b"abc"),
)


def test_no_request_hides_in_anothers_body(wire: Wire) -> None:
    for headers, body in BODIES:
        answer, seen = wire.post(*headers, body=body)

        case = (headers, body, answer, seen)
        assert statuses(answer)[:1] in ([400], [200], [501]), case
        assert len(seen) <= 1, case
        assert not any(b"/paid/smuggled" in each for each in seen), case
        if statuses(answer)[0] == 200:
            assert not seen[0].endswith(b"\r\n\r\n"), case
            assert set(statuses(answer)[1:]) <= {400, 403, 404}, case


def test_where_both_sides_agree_the_body_arrives_as_it_was_meant(wire: Wire) -> None:
    for headers, body, meant in AGREED:
        answer, seen = wire.post(b"Connection: close", *headers, body=body)

        case = (headers, body, answer, seen)
        assert set(statuses(answer)) <= {100, 200, 400}, case
        for each in seen:
            assert meant in each or statuses(answer) == [400], case
            assert b"evil" not in each, case
            assert b"ext=" not in each, case


HEADS = (
    b"GET /paid HTTP/1.1\r\nHost: %b\r\nHost: other\r\nUser-Key: %b\r\n\r\n",
    b"GET /paid HTTP/1.1\r\nHost: %b\r\nHost: %.0b\r\n\r\n",
    b"GET /paid HTTP/1.1\nHost: %b\nUser-Key: %b\n\n",
    b"GET  /paid HTTP/1.1\r\nHost: %b\r\nUser-Key: %b\r\n\r\n",
    b"GET\t/paid\tHTTP/1.1\r\nHost: %b\r\nUser-Key: %b\r\n\r\n",
    b"GET /paid HTTP/1.1 HTTP/1.1\r\nHost: %b\r\nUser-Key: %b\r\n\r\n",
    b"GET /paid http/1.1\r\nHost: %b\r\nUser-Key: %b\r\n\r\n",
    b"GET /paid HTTP/1.10\r\nHost: %b\r\nUser-Key: %b\r\n\r\n",
    b"GET /paid HTTP/2.0\r\nHost: %b\r\nUser-Key: %b\r\n\r\n",
    b"GET /paid\r\nHost: %b\r\nUser-Key: %b\r\n\r\n",
    b"G\x00ET /paid HTTP/1.1\r\nHost: %b\r\nUser-Key: %b\r\n\r\n",
    b"get /paid HTTP/1.1\r\nHost: %b\r\nUser-Key: %b\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n%.0b%.0b",
    b"CONNECT %b:80 HTTP/1.1\r\nHost: x\r\nUser-Key: %b\r\n\r\n",
    b"GET /paid HTTP/1.1\r\n Host: %b\r\nUser-Key: %b\r\n\r\n",
    b"GET /paid HTTP/1.1\r\nHost : %b\r\nUser-Key: %b\r\n\r\n",
)


def test_an_odd_head_is_refused_or_means_the_same_to_both_sides(wire: Wire) -> None:
    for head in HEADS:
        request = head % (wire.host.encode(), wire.key.encode())
        answer, seen = wire.send(request)
        assert all(status < 500 for status in statuses(answer)), (request, answer)
        if seen:
            assert [each.partition(b"\r\n")[0] for each in seen] == [b"GET /paid HTTP/1.1"], request
            assert statuses(answer) == [200], (request, answer)


def test_odd_credentials_are_wrong_ones_on_every_database(wire: Wire) -> None:
    port, start = wire.gatehouse.url, wire.gatehouse.first_start
    token = start["service"]["service_token"]
    for query in (
        "service_id=99999999999&user_key=x",
        "service_id=999999999999999999&user_key=x",
        f"service_id={start['service']['id']}&user_key=a%00b",
        f"service_id={start['service']['id']}&app_id=a%00b",
        f"service_id={start['service']['id']}&user_key=%ed%a0%80",
    ):
        url = f"{port}/transactions/authorize.xml?service_token={token}&{query}"
        assert 400 <= httpx.get(url).status_code < 500, query


LOGIN = """mutation($t: String!) {
  login(input: {username: $t, password: $t}) { userErrors { code } }
}"""
SEARCH = "query($t: String!) { accounts(first: 1, search: $t) { totalCount } }"


def test_odd_texts_break_no_face_on_any_database(wire: Wire) -> None:
    url, start = wire.gatehouse.url, wire.gatehouse.first_start
    token = {"Authorization": f"Bearer {start['access_token']}"}
    portal, admin = Browser.at(url), Browser.at(url)
    page = admin.open("/p/admin/login")
    admin.submit(page, "/login", **start["admin"])

    for text in ("a\x00b", "a\x00@b.example", "jo@b.example", "\ufffd"):
        statuses = [
            portal.submit(portal.open("/login"), "/session", username=text, password=text).status,
            admin.open(f"/p/admin/accounts?search={quote(text)}").status,
            admin.open(f"/p/admin/applications?search={quote(text)}").status,
            admin.open(f"/p/admin/accounts?state={quote(text)}").status,
            portal.open(f"/{quote(text)}").status,
            portal.open(f"/activate/{quote(text)}").status,
        ]
        assert max(statuses) < 500, (text, statuses)
    for text in ("a\x00b", "\ud800", "\udfff@b.example"):
        body = json.dumps({"query": LOGIN, "variables": {"t": text}})
        kind = {"Content-Type": "application/json"}
        answer = httpx.post(f"{url}/graphql", content=body, headers=kind, timeout=30)
        assert answer.status_code < 500, answer.text
        assert "INTERNAL" not in answer.text.upper(), answer.text
        body = json.dumps({"query": SEARCH, "variables": {"t": text}})
        answer = httpx.post(
            f"{url}/admin/api/graphql", content=body, headers=token | kind, timeout=30
        )
        assert answer.status_code < 500, answer.text
        assert "INTERNAL" not in answer.text.upper(), answer.text
    portal.close()
    admin.close()


def test_ids_too_large_for_a_column_are_nobodys(wire: Wire) -> None:
    start, browser = wire.gatehouse.first_start, Browser.at(wire.gatehouse.url)
    browser.submit(browser.open("/p/admin/login"), "/login", **start["admin"])
    service, sample = f"/p/admin/services/{start['service']['id']}", start["sample"]
    names = {"username": sample["username"], "password": sample["password"]}
    browser.submit(browser.open("/login"), "/session", **names)

    for number in ("0", "2147483648", "9999999999", "99999999999999999999", "-1", "1e1", "٣"):
        for path in (
            f"/p/admin/accounts/{number}",
            f"/p/admin/accounts/{number}/applications/new",
            f"/p/admin/applications/{number}",
            f"/p/admin/services/{number}",
            f"/p/admin/services/{number}/usage",
            f"{service}/plans/{number}",
            f"{service}/configs/staging/{number}",
            f"/p/admin/mails/{number}",
            f"/admin/applications/{number}",
            f"/admin/account/users/{number}",
        ):
            assert browser.open(path).status == 404, path
        for path in (
            f"{service}/usage?metric_id={number}",
            f"/buyer/stats?application_id={number}",
            f"/admin/applications/new?plan_id={number}&service_id={number}",
            f"/signup?plan_ids[]={number}&plan_id={number}",
        ):
            assert browser.open(path).status < 500, path
    browser.close()
