"""Forwarding to the provider's API, streamed both ways, bytes untouched."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

from gateway.client.connection import Connection
from gateway.client.errors import TooLate, Unreachable, UpstreamError
from gateway.client.head import Head
from gateway.client.pool import Request
from gateway.config.routes import path_behind
from gateway.config.service import Upstream
from gateway.errors import CallerGone
from gateway.exchange import Exchange, Header, ResponseHead, Send
from gateway.hangup import Hangup
from gateway.headers import caller_headers, upstream_headers
from gateway.networks import Clients, ForbiddenAddress, OwnAddress
from gateway.policy.chain import BodyFilters, Chain
from gateway.replies import BODILESS
from gateway.settings import GatewaySettings

STATUSES = range(200, 600)  # what else there is would break the framing towards the caller
# May be sent once more when a kept connection turns out to be closed. Source: RFC 9110, 9.2.2.
REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
CHUNKED = (b"transfer-encoding", b"chunked")
_UNWRITABLE = re.compile(rb"[\x00-\x20\x7f]")  # of a query: it would end the request's first line


class UpstreamFault(Exception):
    """The upstream failed; `code` says how."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def reason_of(error: BaseException | None) -> str:
    """Tell why an upstream failed; what is raised here never has its address."""
    return f"{type(error).__name__}: {error}"


class Forwarder:
    """Sends calls on over kept connections. It must be closed."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._watch_after_s = settings.watch_after_s
        self._clients = Clients(settings)

    async def close(self) -> None:
        self._clients.close()

    async def forward(self, exchange: Exchange, send: Send, chain: Chain) -> int:
        """Send the call on and the answer back as the chain wants them; gives its status.

        Raises: UpstreamFault, CallerGone, PolicyFailed.
        """
        upstream = exchange.upstream
        assert upstream is not None  # noqa: S101 - the caller answers for services without one
        as_host = exchange.document.proxy.hostname_rewrite
        hangup = Hangup(exchange.receive, self._watch_after_s)
        try:
            pool = await self._clients.get(upstream, listening=exchange.listening, as_host=as_host)
            request = await _request(exchange, upstream, hangup, chain)
            connection, head = await pool.ask(request)
            try:
                return await _relay(connection, head, send, exchange, chain)
            finally:
                pool.give_back(connection)
        except asyncio.CancelledError:
            if hangup.absorb():
                raise CallerGone from None
            raise
        except OwnAddress as error:
            raise UpstreamFault("upstream_is_ours") from error
        except ForbiddenAddress as error:
            raise UpstreamFault("upstream_forbidden") from error
        except UpstreamError as error:
            raise UpstreamFault(_fault_code(error)) from error
        except OSError as error:  # of the resolver
            raise UpstreamFault("upstream_unreachable") from error
        finally:
            hangup.close()


async def _request(exchange: Exchange, upstream: Upstream, hangup: Hangup, chain: Chain) -> Request:
    """Write the call to the upstream. Raises: CallerGone, PolicyFailed."""
    method, headers = exchange.method, upstream_headers(exchange)
    body, first = exchange.body, None
    if body is None:
        if not _has_body(exchange):
            head = _head(exchange, upstream, headers)
            return Request(method, head, is_repeatable=method in REPEATABLE)
        first = await exchange.receive()
        if first["type"] == "http.disconnect":
            raise CallerGone
        if not first.get("more_body"):
            body = first.get("body", b"")
    filters = chain.request_filters(exchange)
    if body is not None:
        whole = body if filters is None else filters.whole(body)
        sized = [*_unsized(headers), (b"content-length", b"%d" % len(whole))]
        return Request(method, _head(exchange, upstream, sized) + whole)
    hangup.body_read = False
    chunks = _body(exchange, first, hangup)
    if filters is not None:
        chunks = _filtered(chunks, filters)
        headers = headers if filters.keeps_length else _unsized(headers)
    in_chunks = all(name != b"content-length" for name, _ in headers)
    if in_chunks:
        headers.append(CHUNKED)
    return Request(method, _head(exchange, upstream, headers), chunks, in_chunks)


def _head(exchange: Exchange, upstream: Upstream, headers: list[Header]) -> bytes:
    host = exchange.document.proxy.hostname_rewrite or upstream.authority
    line = b"%b %b HTTP/1.1\r\nhost: %b\r\n" % (
        exchange.method.encode("ascii"),
        target_of(upstream, exchange),
        host.encode("ascii"),
    )
    return b"".join((line, *(b"%b: %b\r\n" % header for header in headers), b"\r\n"))


async def _relay(
    connection: Connection, answer: Head, send: Send, exchange: Exchange, chain: Chain
) -> int:
    """Pass an answer on; where its length is known the last chunk goes out as the last.

    Raises: UpstreamFault, UpstreamError, PolicyFailed, CallerGone.
    """
    status = answer.status
    if status not in STATUSES:  # such as a 101 to who asked for no other protocol
        raise UpstreamFault("upstream_failed") from ValueError(f"status {status}")
    head = ResponseHead(status, caller_headers(answer.headers, status))
    chain.on_response(exchange, head)
    if chain.filters_responses and exchange.method != "HEAD" and head.status not in BODILESS:
        filters = chain.response_filters(exchange, head)
        if filters is not None:
            return await _relay_filtered(connection, send, head, filters)
    await send({"type": "http.response.start", "status": head.status, "headers": head.headers})
    has_more = True
    while has_more:
        body = await connection.read_chunk()
        has_more = bool(body) and not connection.is_read
        await send({"type": "http.response.body", "body": body, "more_body": has_more})
    return head.status


async def _relay_filtered(
    connection: Connection, send: Send, head: ResponseHead, filters: BodyFilters
) -> int:
    """Pass an answer on through filters, chunk by chunk."""
    headers = head.headers
    if not filters.keeps_length:
        headers = [each for each in headers if each[0] != b"content-length"]
    await send({"type": "http.response.start", "status": head.status, "headers": headers})
    while chunk := await connection.read_chunk():
        body = filters.feed(chunk)
        if body:
            await send({"type": "http.response.body", "body": body, "more_body": True})
    await send({"type": "http.response.body", "body": filters.finish()})
    return head.status


async def _filtered(chunks: AsyncIterator[bytes], filters: BodyFilters) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        body = filters.feed(chunk)
        if body:
            yield body
    rest = filters.finish()
    if rest:
        yield rest


def target_of(upstream: Upstream, exchange: Exchange) -> bytes:
    """Write the target of a call at the upstream: prefix and path, and one of the two queries.

    A query goes out byte for byte, whatever other servers think of its characters.
    """
    path = exchange.path
    if exchange.mounted:
        path = path_behind(path, exchange.mounted)
    if upstream.path:
        path = upstream.path if path == "/" else upstream.path + path
    query = upstream.query.encode("ascii") or exchange.query
    if not query:
        return path.encode("ascii")
    if _UNWRITABLE.search(query):
        query = _UNWRITABLE.sub(lambda found: b"%%%02X" % found[0][0], query)
    return b"%b?%b" % (path.encode("ascii"), query)


async def _body(exchange: Exchange, first: Any, hangup: Hangup) -> AsyncIterator[bytes]:
    message = first
    while True:
        if message["type"] == "http.disconnect":
            hangup.gone = True
            raise CallerGone
        if message.get("body"):
            yield message["body"]
        if not message.get("more_body"):
            hangup.body_read = True
            return
        message = await exchange.receive()


def _has_body(exchange: Exchange) -> bool:
    for name, value in exchange.headers:
        if name == b"content-length":
            return value != b"0"
        if name == b"transfer-encoding":
            return True
    return False


def _unsized(headers: list[Header]) -> list[Header]:
    return [each for each in headers if each[0] != b"content-length"]


def _fault_code(error: UpstreamError) -> str:
    if isinstance(error, TooLate):
        return "upstream_timeout"
    return "upstream_unreachable" if isinstance(error, Unreachable) else "upstream_failed"
