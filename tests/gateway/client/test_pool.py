"""Connections to an upstream: kept, given up, and never trusted beyond what they say."""

import asyncio
import socket
import ssl
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gateway.client.errors import Broken, TooLate, Unreachable
from gateway.client.head import MOST_HEAD
from gateway.client.pool import IDLE_S, Patience, Pool, Request
from gateway.config.service import Upstream

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
GET = Request("GET", b"GET / HTTP/1.1\r\nhost: a\r\n\r\n", is_repeatable=True)
POST = Request("POST", b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\nx")
QUICK = Patience(connect_s=1, silence_s=0.2, idle_connections=2)
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def pool_before(serve: Serve, tls: ssl.SSLContext | None = None) -> AsyncIterator[Pool]:
    """Serve connections; gives a pool before them."""
    tasks: list[asyncio.Task[None]] = []

    async def run(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.append(task)
        try:
            await serve(reader, writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(run, "127.0.0.1", 0, ssl=tls)
    pool = Pool(Upstream.parse(f"http://localhost:{server.sockets[0].getsockname()[1]}"), QUICK)
    async with server:
        yield pool
        pool.close()
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks)


def saying(*answers: bytes) -> tuple[Serve, list[int]]:
    """Answer the requests of each connection in turn, then close it; counts the connections."""
    left, opened = list(answers), []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened.append(1)
        while left:
            await reader.readuntil(b"\r\n\r\n")
            answer = left.pop(0)
            writer.write(answer)
            await writer.drain()
            if answer != OK:
                return

    return serve, opened


async def body_of(pool: Pool, request: Request = GET) -> bytes:
    """Ask and read the whole answer."""
    connection, _ = await pool.ask(request)
    try:
        body = b""
        while data := await connection.read_chunk():
            body += data
        return body
    finally:
        pool.give_back(connection)


async def test_a_connection_whose_answer_was_read_carries_the_next_call() -> None:
    serve, opened = saying(OK, OK, OK)
    async with pool_before(serve) as pool:
        assert [await body_of(pool) for _ in range(3)] == [b"ok"] * 3
    assert len(opened) == 1


async def test_an_answer_that_was_not_read_costs_its_connection() -> None:
    serve, opened = saying(OK, OK)
    async with pool_before(serve) as pool:
        connection, _ = await pool.ask(GET)
        pool.give_back(connection)
        assert await body_of(pool) == b"ok"
    assert len(opened) == 2


async def test_only_so_many_are_kept() -> None:
    serve, opened = saying(*[OK] * 6)
    async with pool_before(serve) as pool:
        for _ in range(2):
            held = [await pool.ask(GET) for _ in range(3)]
            for connection, _ in held:
                assert await connection.read_chunk() == b"ok"
                pool.give_back(connection)
    assert len(opened) == 4


async def test_an_upstream_that_says_more_than_it_was_asked_is_not_asked_again() -> None:
    serve, opened = saying(OK + OK, OK)
    async with pool_before(serve) as pool:
        assert await body_of(pool) == b"ok"
        assert await body_of(pool) == b"ok"
    assert len(opened) == 2


@pytest.mark.parametrize("request_", [GET, POST], ids=["GET", "POST"])
async def test_a_connection_that_was_closed_meanwhile_is_not_used(request_: Request) -> None:
    opened = []

    async def closing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened.append(1)
        await reader.read(65_536)
        writer.write(OK)

    async with pool_before(closing) as pool:
        assert await body_of(pool) == b"ok"
        await asyncio.sleep(0.05)
        assert await body_of(pool, request_) == b"ok"
    assert len(opened) == 2


@pytest.mark.parametrize(
    "words",
    [
        *(b"", b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\nA: b\r\n", b"nonsense\r\n\r\n"),
        *(b"HTTP/1.1 200 OK\r\nA: " + b"x" * MOST_HEAD + b"\r\n\r\n",),
        b"HTTP/1.1 100 Continue\r\n\r\n" * 30,
        *(
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        ),
    ],
)
async def test_an_answer_that_is_not_whole_is_broken(words: bytes) -> None:
    async with pool_before(saying(words)[0]) as pool:
        with pytest.raises(Broken):
            await body_of(pool)


async def test_silence_is_too_late_and_is_not_tried_again() -> None:
    asked = []

    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.append(1)
        await asyncio.sleep(60)

    async with pool_before(silent) as pool:
        with pytest.raises(TooLate):
            await body_of(pool)
    assert asked == [1]


async def test_a_body_that_is_still_sent_is_no_silence() -> None:
    async def late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"0\r\n\r\n")
        writer.write(OK)

    async def slowly() -> AsyncIterator[bytes]:
        for _ in range(4):
            await asyncio.sleep(0.12)
            yield b"x"

    head = b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
    async with pool_before(late) as pool:
        assert await body_of(pool, Request("POST", head, slowly(), in_chunks=True)) == b"ok"


async def test_an_answer_before_the_body_was_sent_is_taken_and_costs_the_connection() -> None:
    serve, opened = saying(OK, OK)

    async def for_ever() -> AsyncIterator[bytes]:
        await asyncio.sleep(60)
        yield b""

    head = b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
    async with pool_before(serve) as pool:
        assert await body_of(pool, Request("POST", head, for_ever(), in_chunks=True)) == b"ok"
        assert await body_of(pool) == b"ok"
    assert len(opened) == 2


async def test_what_a_body_raises_is_raised() -> None:
    class Odd(Exception):
        pass

    async def failing() -> AsyncIterator[bytes]:
        yield b"x"
        raise Odd

    head = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n"
    async with pool_before(saying(OK)[0]) as pool:
        with pytest.raises(Odd):
            await body_of(pool, Request("POST", head, failing()))


async def test_an_answer_that_nobody_takes_is_not_kept_in_memory() -> None:
    sent = 0

    async def much(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65_536)
            await writer.drain()
            sent += 65_536

    async with pool_before(much) as pool:
        connection, _ = await pool.ask(GET)
        before = -1
        while sent != before:
            before = sent
            await asyncio.sleep(0.05)
        assert sent < 20_000_000
        taken, enough = 0, 2 * sent
        while taken < enough:
            taken += len(await connection.read_chunk())
        connection.close()


async def test_an_idle_connection_is_closed_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert IDLE_S == 90
    monkeypatch.setattr("gateway.client.pool.IDLE_S", 0.05)
    ended = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)
        await reader.read()
        ended.set()

    async with pool_before(serve) as pool:
        assert await body_of(pool) == b"ok"
        async with asyncio.timeout(5):
            await ended.wait()


async def test_nobody_there_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    pool = Pool(Upstream.parse(f"http://localhost:{port}"), QUICK)

    with pytest.raises(Unreachable, match=r"^ConnectionRefusedError: Connection refused$"):
        await pool.ask(GET)


async def test_a_server_without_tls_is_unreachable_by_https() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65_536)
        writer.write(b"HTTP/1.1 400 Bad\r\n\r\n")

    async with pool_before(plain) as pool:
        secure = Pool(Upstream.parse(f"https://localhost:{pool._port}"), QUICK)
        with pytest.raises(Unreachable):
            await secure.ask(GET)


@pytest.fixture(scope="module")
def secure() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for `localhost`; gives the context of its server and of who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(private + pem)
        file.flush()
        server.load_cert_chain(file.name)
    return server, ssl.create_default_context(cadata=pem.decode())


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST"])
async def test_a_certificate_that_is_trusted_is_spoken_to(
    secure: tuple[ssl.SSLContext, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setattr("gateway.client.pool._trust", lambda: secure[1])
    serve, opened = saying(OK, OK)
    async with pool_before(serve, tls=secure[0]) as pool:
        mine = Pool(Upstream.parse(f"https://{host}:{pool._port}"), QUICK)
        assert [await body_of(mine), await body_of(mine, POST)] == [b"ok"] * 2
        mine.close()
    assert len(opened) == 1


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
async def test_a_certificate_of_nobody_or_of_another_is_not(
    secure: tuple[ssl.SSLContext, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    if host != "localhost":
        monkeypatch.setattr("gateway.client.pool._trust", lambda: secure[1])
    async with pool_before(saying(OK)[0], tls=secure[0]) as pool:
        with pytest.raises(Unreachable):
            await Pool(Upstream.parse(f"https://{host}:{pool._port}"), QUICK).ask(GET)


async def test_the_next_address_of_a_host_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    serve, _ = saying(OK, OK)

    async def getaddrinfo(*_args: object, **_more: object) -> list[object]:
        return [(0, 0, 0, "", (address, 0)) for address in ("127.1.1.1", "127.0.0.1")]

    async with pool_before(serve) as pool:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
        assert await body_of(pool) == b"ok"
        assert pool._answering == "127.0.0.1"
