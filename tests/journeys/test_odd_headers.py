"""No header, however odd, makes any face fail: a real process, asked byte for byte."""

import socket
from collections import Counter
from contextlib import suppress
from itertools import product
from random import Random
from typing import Any

import pytest

from tests.kit.process import Gatehouse

NAMES = (
    *("Host", "Origin", "Referer", "Cookie", "Authorization", "Accept", "Accept-Language"),
    *("Accept-Encoding", "Content-Type", "Content-Length", "Transfer-Encoding", "Connection"),
    *("X-HTTP-Method-Override", "3scale-options", "X-3scale-Debug", "X-Gatehouse-Hops", "Range"),
    *("If-None-Match", "If-Modified-Since", "If-Match", "If-Range", "Expect", "Upgrade", "TE"),
    *("Sec-Fetch-Site", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP"),
    *("Forwarded", "User-Key", "App-Id", "Access-Control-Request-Method", "X-CSRF-Token"),
    *("Access-Control-Request-Headers", "GraphQL-Preflight", "Last-Event-ID", "Sec-WebSocket-Key"),
)
VALUES: tuple[bytes, ...] = (
    *(b"", b"http://[", b"http://[::1", b"http://]", b"//[", b"https://a:b:c", b"http://a:99999"),
    *(b"http://a:x", b"http://\xff", b"null", b"*", b"-1", b"1e9", b"9" * 400, b"0x10", b"1_0"),
    *(b"\xb2", b"\xd9\xa3", b"\xff\xfe", b"\xed\xa0\x80", b"%", b"%zz", b"%00", b"'", b'"', b'"a'),
    *(b"[::1%25lo]:1", b"[", b"]:1", b"a" * 4000, b"..", b";", b";q=", b"a;q=nan", b"*/*;q=inf"),
    *(b"text/html;q=1e999", b"a/b;charset=", b"multipart/form-data", b"chunked, chunked"),
    *(b"multipart/form-data;boundary=", b"application/json;charset=utf-99", b"bytes=" + b"9" * 99),
    *(b"application/x-www-form-urlencoded;charset=\xff", b"Basic", b"Basic %", b"Basic /w=="),
    *(b"Basic Og==", b"Bearer", b"Bearer \xff", b"Bearer " + b"x" * 999, b"a=b; c", b"="),
    *(b"session=\xff", b"a=" + b"b" * 3000, b"bytes=0-", b"bytes=9-1", b"bytes=-,-", b"W/"),
    *(b'W/"\xff"', b"Mon, 99 Foo 9999 99:99:99 GMT", b"DELETE", b"\t", b'for="[', b"close, \xff"),
    *(b"no_body=1&&=&proxy_headers=\xff", b"websocket", b"__Host-session=a", b"application/json"),
)
TARGETS = (
    *(("GET", "/"), ("GET", "/login"), ("POST", "/login"), ("GET", "/docs"), ("POST", "/signup")),
    *(("GET", "/p/admin"), ("GET", "/p/admin/login"), ("POST", "/p/admin/login")),
    *(("POST", "/p/admin/services"), ("GET", "/admin/api/services.json"), ("GET", "/echo/x")),
    *(("POST", "/admin/api/graphql"), ("GET", "/admin/api/graphql"), ("OPTIONS", "/api/graphql")),
    *(("POST", "/api/graphql"), ("GET", "/gateway/staging/api/x?user_key={key}")),
    *(("OPTIONS", "/gateway/staging/api/x"), ("POST", "/gateway/production/api/?user_key={key}")),
    *(("GET", "/transactions/authrep.xml?{token}&user_key={key}"), ("POST", "/transactions.xml")),
    *(("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics"), ("GET", "/nowhere")),
    *(("POST", "/admin/api/account_plans.xml"), ("PUT", "/admin/api/services/1.json")),
)
ORIGINS = (b"http://[", b"http://[::1", b"//]", b"null", b"\xff", b"http://a:x")
LENGTHS = {"content-length", "transfer-encoding", "expect"}
TRIES = 4_000


def status_of(port: int, method: str, target: str, headers: list[tuple[str, bytes]]) -> int:
    """Ask byte for byte; 0 when the connection was closed without an answer, or it waits on."""
    names = {name.lower() for name, _ in headers}
    lines = [f"{method} {target} HTTP/1.1".encode(), b"Connection: close"]
    if "host" not in names:
        lines.append(f"Host: 127.0.0.1:{port}".encode())
    if method in {"POST", "PUT"} and not names & {"content-length", "transfer-encoding"}:
        lines.append(b"Content-Length: 2")
    lines += [name.encode() + b": " + value for name, value in headers]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as talk:
        talk.sendall(b"\r\n".join([*lines, b"", b"{}"]))
        if names & LENGTHS:
            talk.shutdown(socket.SHUT_WR)  # a body that is told longer than it is ends here
        answer = b""
        with suppress(OSError):
            while len(answer) < 12 and (data := talk.recv(4096)):
                answer += data
    return int(answer[9:12]) if answer[9:12].isdigit() else 0


def asked_of(start: dict[str, Any]) -> list[tuple[str, str]]:
    """Fill in the credentials of a first start."""
    service = start["service"]
    token = f"service_token={service['service_token']}&service_id={service['id']}"
    key = start["sample"]["user_key"]
    return [(method, target.format(key=key, token=token)) for method, target in TARGETS]


@pytest.mark.slow
def test_no_header_makes_a_face_fail(gatehouse: Gatehouse) -> None:
    chance, targets = Random(16), asked_of(gatehouse.first_start)
    every = [(name, value) for name, value in product(NAMES, VALUES)]
    found: Counter[int] = Counter()
    for number in range(TRIES):
        method, target = targets[number % len(targets)]
        headers = chance.sample(every, chance.randint(1, 2))
        token = gatehouse.first_start["access_token"]
        if number % 3 == 0 and "/api/" in target:
            headers.append(("Authorization", f"Bearer {token}".encode()))
        status = status_of(gatehouse.port, method, target, headers)
        assert status not in {500, 503}, (method, target, headers)
        found[status] += 1

    assert gatehouse.process is not None
    assert gatehouse.process.poll() is None
    assert "Traceback" not in gatehouse.output
    assert found[0] < TRIES // 4, found
    assert found[200] > 100


@pytest.mark.slow
def test_a_malformed_origin_is_another_site(gatehouse: Gatehouse) -> None:
    form = ("Content-Type", b"application/x-www-form-urlencoded")
    for origin, target in product(ORIGINS, ("/login", "/p/admin/login", "/signup")):
        status = status_of(gatehouse.port, "POST", target, [("Origin", origin), form])
        assert status == 403, (origin, target)
