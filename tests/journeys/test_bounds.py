"""No connection costs more than its bounds: too much is refused early, too slow is let go.

One process with short time limits stands before all tests of this file; others' calls go on.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx2 as httpx
import pytest

from tests.kit.process import COMMAND, Gatehouse, until
from tests.kit.raw import HOST, connect, read_all, say, statuses, weight_mb

GET = b"GET /healthz HTTP/1.1\r\n" + HOST
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
POST = b"POST /p/admin/login HTTP/1.1\r\n" + HOST + FORM
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
MANY_MB = 100
FAR_S = 30  # within which something happens that a busy machine may take its time for


@pytest.fixture(scope="module")
def gatehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gatehouse]:
    """Run a Gatehouse that is soon out of patience."""
    program = (COMMAND[0], "-m", "tests.kit.impatient")
    gatehouse = Gatehouse(tmp_path_factory.mktemp("bounds") / "data", program=program)
    gatehouse.start()
    httpx.get(f"{gatehouse.url}/p/admin/login", timeout=FAR_S)  # all of it is loaded
    yield gatehouse
    assert "Traceback" not in gatehouse.output
    assert "exception" not in gatehouse.output.lower()
    gatehouse.stop()


def refusals(gatehouse: Gatehouse) -> dict[str, float]:
    """Read how many connections were refused or cut, by reason."""
    text = gatehouse.metrics()
    start = "gatehouse_connections_refused_total{reason="
    rows = [row.removeprefix(start).split() for row in text.splitlines() if row.startswith(start)]
    return {name.strip('"}'): float(value) for name, value in rows}


@contextmanager
def others_calling(gatehouse: Gatehouse) -> Iterator[list[int]]:
    """Let another client call all the while; gives the statuses of its answers."""
    seen: list[int] = []
    done = threading.Event()

    def call() -> None:
        with httpx.Client(timeout=FAR_S) as client:
            while not done.is_set():
                seen.append(client.get(f"{gatehouse.url}/healthz").status_code)

    caller = threading.Thread(target=call)
    caller.start()
    try:
        until(lambda: seen, seconds=FAR_S)
        yield seen
    finally:
        done.set()
        caller.join()
    assert seen
    assert set(seen) == {200}


def lines(count: int, value: bytes = b"a") -> bytes:
    """Write header lines."""
    return b"".join(b"X-%d: %b\r\n" % (n, value) for n in range(count))


TOO_MUCH = [
    *((f"{n} lines", 431, GET + lines(n) + b"\r\n") for n in (101, 200, 2_000, 20_000, 40_000)),
    *((f"{n} empty lines", 431, GET + b"X:\r\n" * n + b"\r\n") for n in (101, 40_000)),
    *((f"same {n}", 431, GET + b"Cookie: a=b\r\n" * n + b"\r\n") for n in (101, 40_000)),
    *(
        (f"value of {n}", 431, GET + b"X: " + b"a" * n + b"\r\n\r\n")
        for n in (17_000, 70_000, 1_000_000)
    ),
    *((f"name of {n}", 431, GET + b"a" * n + b": a\r\n\r\n") for n in (17_000, 1_000_000)),
    ("name without end", 431, GET + b"a" * 300_000),
    ("value without end", 431, GET + b"X: " + b"a" * 300_000),
    ("spaces without end", 431, GET + b"X:" + b" " * 300_000),
    ("90 lines of 1 kB", 431, GET + lines(90, b"a" * 1_000) + b"\r\n"),
    ("5 lines of 15 kB", 431, GET + lines(5, b"a" * 15_000) + b"\r\n"),
    ("HTTP/1.0", 431, GET.replace(b"1.1", b"1.0") + lines(300) + b"\r\n"),
    ("blank lines without end", 431, b"\r\n" * 200_000),
    *(
        (f"address of {n}", 414, b"GET /" + b"a" * n + b" HTTP/1.1\r\n" + HOST + b"\r\n")
        for n in (8_193, 20_000, 1_000_000)
    ),
    ("query of 9 kB", 414, b"GET /?" + b"a" * 9_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("address without end", 414, b"GET /" + b"a" * 300_000),
    ("method without end", 400, b"G" * 300_000),
    *(
        (f"{n} trailers", 431, CHUNKED + b"1\r\na\r\n0\r\n" + lines(n) + b"\r\n")
        for n in (101, 40_000)
    ),
    ("trailer of 17 kB", 431, CHUNKED + b"0\r\nX: " + b"a" * 17_000 + b"\r\n\r\n"),
    ("trailer without end", 400, CHUNKED + b"0\r\nX: " + b"a" * 300_000),
    *(
        (f"extension of {n}", 400, CHUNKED + b"1;" + b"a" * n + b"\r\na\r\n0\r\n\r\n")
        for n in (30_000, 1_000_000)
    ),
    ("extension without end", 400, CHUNKED + b"1;" + b"a" * 300_000),
    ("extensions", 400, CHUNKED + (b"1;" + b"a" * 300 + b"\r\na\r\n") * 1_000 + b"0\r\n\r\n"),
    ("size without end", 400, CHUNKED + b"0" * 300_000),
    ("requests", 400, (GET + b"\r\n") * 1_000),
]


@pytest.mark.parametrize(
    ("status", "request_bytes"),
    [case[1:] for case in TOO_MUCH],
    ids=[case[0] for case in TOO_MUCH],
)
def test_too_much_is_refused_and_closed(
    gatehouse: Gatehouse, status: int, request_bytes: bytes
) -> None:
    answer = say(gatehouse.port, request_bytes, seconds=FAR_S)

    assert statuses(answer)[-1:] == [status], answer[:200]
    assert b"connection: close\r\n" in answer
    assert httpx.get(f"{gatehouse.url}/healthz", timeout=FAR_S).status_code == 200


ENOUGH = [
    GET + lines(98) + b"Connection: close\r\n\r\n",
    GET + lines(3, b"a" * 15_000) + b"Connection: close\r\n\r\n",
    b"GET /healthz?" + b"a" * 8_000 + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
    GET.replace(b"1.1", b"1.0") + b"\r\n",
    b"\r\n\r\n" + GET + b"Connection: close\r\n\r\n",
    (GET + b"\r\n") * 50 + GET + b"Connection: close\r\n\r\n",
    GET + b"Connection: upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x05hello",
    GET + b"Connection: upgrade, http2-settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n",
]


@pytest.mark.parametrize("request_bytes", ENOUGH)
def test_what_is_within_bounds_is_answered(gatehouse: Gatehouse, request_bytes: bytes) -> None:
    assert set(statuses(say(gatehouse.port, request_bytes, seconds=FAR_S))) == {200}


NONSENSE = [
    b"garbage\r\n\r\n",
    b"GET /healthz\r\n\r\n",
    b"GET /healthz HTTP/0.9\r\n" + HOST + b"\r\n",
    b"GET /healthz HTTP/2.0\r\n" + HOST + b"\r\n",
    b"GET /healthz HTTP/9.9\r\n" + HOST + b"\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"CONNECT localhost:80 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,
    b"\x00" * 100,
    bytes(range(256)) * 50,
    b"GET http://[ HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET http://localhost HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET \xff HTTP/1.1\r\n" + HOST + b"\r\n",
    b"SSH-2.0-OpenSSH_9.6\r\n",
    GET + b"Content-Length: x\r\n\r\n",
    GET + b"X: a\x00b\r\n\r\n",
    CHUNKED + b"zz\r\n",
    CHUNKED + b"3\r\nabcd\r\n",
]


@pytest.mark.parametrize("request_bytes", NONSENSE)
def test_nonsense_is_a_bad_request(gatehouse: Gatehouse, request_bytes: bytes) -> None:
    assert statuses(say(gatehouse.port, request_bytes, seconds=FAR_S)) == [400]


def test_a_bad_request_waits_for_the_answers_to_those_before(gatehouse: Gatehouse) -> None:
    page = b"GET /p/admin/login HTTP/1.1\r\n" + HOST + b"\r\n"

    answer = say(gatehouse.port, page + GET + b"\r\n" + b"garbage\r\n\r\n", seconds=FAR_S)

    assert statuses(answer) == [200, 200, 400]
    assert answer.index(b"</html>") < answer.index(b"\r\nok\n") < answer.index(b"bad_request")


def test_a_trailer_is_no_header(gatehouse: Gatehouse) -> None:
    start = gatehouse.first_start
    path = f"/gateway/staging/{start['service']['system_name']}/".encode()
    key = start["sample"]["user_key"].encode()
    head = b"GET " + path + b"?user_key=" + key + b" HTTP/1.1\r\n" + HOST
    head += b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"

    answer = say(gatehouse.port, head + b"1\r\na\r\n0\r\nX-Sly: sly-trailer\r\n\r\n", seconds=FAR_S)

    assert statuses(answer) == [200]
    assert b"sly-trailer" not in answer


def test_who_was_answered_instead_of_told_to_go_on_starts_anew(gatehouse: Gatehouse) -> None:
    unread = (
        b"GET /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 60\r\nExpect: 100-continue\r\n\r\n"
    )

    answer = say(gatehouse.port, unread + GET + b"\r\n", seconds=FAR_S)

    assert statuses(answer) == [200]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begin", "part"),
    [
        (GET + b"X: ", b"a" * 65_536),
        (GET, b"X: a\r\n" * 10_000),
        (b"GET /", b"a" * 65_536),
        (CHUNKED + b"1;", b"a" * 65_536),
        (CHUNKED + b"0\r\n", b"X: a\r\n" * 10_000),
        (b"", b"\r\n" * 32_768),
    ],
    ids=["value", "lines", "address", "extension", "trailers", "blank lines"],
)
def test_a_flood_costs_no_memory(gatehouse: Gatehouse, begin: bytes, part: bytes) -> None:
    assert gatehouse.process is not None
    before_mb = weight_mb(gatehouse.process.pid)

    with others_calling(gatehouse), connect(gatehouse.port) as wire:
        sent, most_mb = 0, before_mb
        try:
            wire.sendall(begin)
            while sent < MANY_MB * 1_000_000:
                wire.sendall(part)
                sent += len(part)
                most_mb = max(most_mb, weight_mb(gatehouse.process.pid))
        except ConnectionError:
            pass  # it has been closed: early is better

    assert most_mb - before_mb < 50


@pytest.mark.slow
def test_what_is_sent_after_a_refusal_is_not_read_for_ever(gatehouse: Gatehouse) -> None:
    until_s = time.monotonic() + FAR_S
    with connect(gatehouse.port) as wire:
        wire.sendall(GET + lines(200) + b"\r\n")
        with suppress(ConnectionError):
            while time.monotonic() < until_s:
                wire.sendall(b"a" * 1_000)
                time.sleep(0.05)

    assert time.monotonic() < until_s


def drip(wire: socket.socket, begin: bytes, part: bytes) -> bytes:
    """Send a little every now and then until it is answered or closed; gives the answer."""
    wire.sendall(begin)
    wire.settimeout(0.3)
    until_s = time.monotonic() + FAR_S
    while time.monotonic() < until_s:
        try:
            return wire.recv(65_536)
        except TimeoutError:
            wire.sendall(part)
    raise AssertionError("it may go on for ever")


SLOW = [
    ("head that stops", b"GET / HTTP/1.1\r\n", b"", 408),
    ("request line that stops", b"G", b"", 408),
    ("head that drips", b"GET / HTTP/1.1\r\n", b"X: a\r\n", 408),
    ("header that drips", GET + b"X: ", b"a", 408),
    ("address that drips", b"GET /", b"a", 408),
    ("blank lines that drip", b"\r\n", b"\r\n", 408),
    ("second head that drips", GET + b"\r\nGET /", b"a", 408),
    ("body that stops", POST + b"Content-Length: 100000\r\n\r\na", b"", 408),
    ("body that never comes", POST + b"Content-Length: 100000\r\n\r\n", b"", 408),
    ("body that drips", POST + b"Content-Length: 100000\r\n\r\n", b"a", 408),
    ("chunks that drip", CHUNKED, b"1\r\na\r\n", 408),
    ("chunks that stop", CHUNKED + b"5\r\na", b"", 408),
    ("extension that drips", CHUNKED + b"1;", b"a", 408),
    ("trailers that drip", CHUNKED + b"0\r\n", b"X: a\r\n", 408),
]


@pytest.mark.slow
def test_who_is_too_slow_is_told_so_and_let_go(gatehouse: Gatehouse) -> None:
    answers: dict[str, bytes] = {}

    def be_slow(name: str, begin: bytes, part: bytes) -> None:
        with connect(gatehouse.port) as wire:
            answer = drip(wire, begin, part)
            if statuses(answer)[-1:] == [200]:
                answer = drip(wire, b"", part)
            answers[name] = answer

    with others_calling(gatehouse):
        slow = [threading.Thread(target=be_slow, args=case[:3]) for case in SLOW]
        for each in slow:
            each.start()
        for each in slow:
            each.join()

    assert {name: statuses(answer) for name, answer in answers.items()} == {
        name: [status] for name, _, _, status in SLOW
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("request_bytes", "reason"),
    [
        (b"", "silent"),
        (GET + b"\r\n", "idle"),
        (b"GET /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\n", "body_unwanted"),
    ],
    ids=["silent", "idle", "answered before its body came"],
)
def test_who_says_nothing_is_let_go(
    gatehouse: Gatehouse, request_bytes: bytes, reason: str
) -> None:
    before = refusals(gatehouse).get(reason, 0)

    with connect(gatehouse.port) as wire:
        wire.sendall(request_bytes)
        answer = read_all(wire, seconds=FAR_S)

    assert statuses(answer) == ([200] if request_bytes else [])
    until(lambda: refusals(gatehouse).get(reason, 0) > before)


@pytest.mark.slow
def test_who_does_not_read_his_answer_is_let_go(gatehouse: Gatehouse) -> None:
    start = gatehouse.first_start
    path = f"/gateway/staging/{start['service']['system_name']}/"
    body = b"a" * 60_000
    head = f"GET {path}?user_key={start['sample']['user_key']} HTTP/1.1\r\n".encode() + HOST
    call = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    before = refusals(gatehouse).get("answer_not_read", 0)
    with others_calling(gatehouse), socket.socket() as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        wire.connect(("127.0.0.1", gatehouse.port))
        wire.settimeout(FAR_S)
        with suppress(ConnectionError):
            for _ in range(2_000):
                wire.sendall(call)

        until(lambda: refusals(gatehouse).get("answer_not_read", 0) > before, seconds=FAR_S)
