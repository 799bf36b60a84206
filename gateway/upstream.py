"""Forwarding to the provider's API, streamed both ways, bytes untouched."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote_from_bytes

from pyreqwest.client import ClientBuilder
from pyreqwest.exceptions import ConnectError, PyreqwestError, RequestTimeoutError
from pyreqwest.request import StreamRequest
from pyreqwest.response import Response

from gateway.config.service import Upstream
from gateway.exchange import Exchange, ResponseHead, Send
from gateway.hangup import Hangup
from gateway.headers import caller_headers, upstream_headers
from gateway.networks import Clients, ForbiddenAddress, OwnAddress
from gateway.policy.chain import BodyFilters, Chain
from gateway.replies import BODILESS
from gateway.settings import GatewaySettings

STATUSES = range(200, 600)  # what else there is would break the framing towards the caller
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


class UpstreamFault(Exception):
    """The upstream failed; `code` says how."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CallerGone(Exception):
    """The caller hung up; nobody is left to answer."""


def reason_of(error: BaseException | None) -> str:
    """Tell why an upstream failed, without its address: credentials may be part of that."""
    if not isinstance(error, PyreqwestError):
        return f"{type(error).__name__}: {error}"
    details = next((each for each in error.args if isinstance(each, dict)), {})
    causes = [str(cause.get("message", "")) for cause in details.get("causes") or ()]
    return ": ".join([type(error).__name__, *(each for each in causes if "url (" not in each)])


class Forwarder:
    """Sends calls on through one pool of connections. It must be closed."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._watch_after_s = settings.watch_after_s
        self._clients = Clients(settings, lambda: _builder(settings))

    async def close(self) -> None:
        await self._clients.close()

    async def forward(self, exchange: Exchange, send: Send, chain: Chain) -> int:
        """Send the call on and the answer back as the chain wants them; gives its status.

        Raises: UpstreamFault, CallerGone, PolicyFailed.
        """
        hangup = Hangup(exchange.receive, self._watch_after_s)
        try:
            request = await self._request(exchange, hangup, chain)
            async with request as response:
                return await _relay(response, send, exchange, chain)
        except asyncio.CancelledError:
            if hangup.absorb():
                raise CallerGone from None
            raise
        except OwnAddress as error:
            raise UpstreamFault("upstream_is_ours") from error
        except ForbiddenAddress as error:
            raise UpstreamFault("upstream_forbidden") from error
        except PyreqwestError as error:
            if hangup.gone:
                raise CallerGone from None
            raise UpstreamFault(_fault_code(error)) from error
        except OSError as error:  # of the resolver; the client's time-outs are of this kind too
            raise UpstreamFault("upstream_unreachable") from error
        finally:
            hangup.close()

    async def _request(self, exchange: Exchange, hangup: Hangup, chain: Chain) -> StreamRequest:
        upstream = exchange.upstream
        assert upstream is not None  # noqa: S101 - the caller answers for services without one
        as_host = exchange.document.proxy.hostname_rewrite
        client = await self._clients.get(upstream, listening=exchange.listening, as_host=as_host)
        builder = client.request(exchange.method, url_of(upstream, exchange))
        builder = builder.streamed_read_buffer_limit(0)  # else a slow answer's start is held back
        headers = upstream_headers(exchange)
        body, first = exchange.body, None
        if body is None:
            if not _has_body(exchange):
                return builder.headers(headers).build_streamed()
            first = await exchange.receive()
            if first["type"] == "http.disconnect":
                raise CallerGone
            if not first.get("more_body"):
                body = first.get("body", b"")
        filters = chain.request_filters(exchange)
        if body is not None:
            whole = body if filters is None else filters.whole(body)
            return builder.headers(_unsized(headers)).body_bytes(whole).build_streamed()
        hangup.body_read = False
        chunks = _body(exchange, first, hangup)
        if filters is not None:
            chunks = _filtered(chunks, filters)
            headers = headers if filters.keeps_length else _unsized(headers)
        return builder.headers(headers).body_stream(chunks).build_streamed()


async def _relay(response: Response, send: Send, exchange: Exchange, chain: Chain) -> int:
    """Pass an answer on; the last chunk of a body of known length goes out as the last.

    Raises: UpstreamFault, PolicyFailed.
    """
    if response.status not in STATUSES:  # such as a 101 to who asked for no other protocol
        raise UpstreamFault("upstream_failed") from ValueError(f"status {response.status}")
    headers, left = caller_headers(_items(response), response.status)
    head = ResponseHead(response.status, headers)
    chain.on_response(exchange, head)
    if chain.filters_responses and exchange.method != "HEAD" and head.status not in BODILESS:
        filters = chain.response_filters(exchange, head)
        if filters is not None:
            return await _relay_filtered(response, send, head, filters)
    status = head.status
    reader = response.body_reader
    await send({"type": "http.response.start", "status": status, "headers": head.headers})
    chunk = await reader.read_chunk()
    while chunk is not None:
        body = chunk.to_bytes()
        if left is not None:
            left -= len(body)
        await send({"type": "http.response.body", "body": body, "more_body": left != 0})
        if left == 0:
            return status
        chunk = await reader.read_chunk()
    await send({"type": "http.response.body", "body": b""})
    return status


async def _relay_filtered(
    response: Response, send: Send, head: ResponseHead, filters: BodyFilters
) -> int:
    """Pass an answer on through filters, chunk by chunk."""
    headers = head.headers
    if not filters.keeps_length:
        headers = [each for each in headers if each[0] != b"content-length"]
    await send({"type": "http.response.start", "status": head.status, "headers": headers})
    reader = response.body_reader
    while (chunk := await reader.read_chunk()) is not None:
        body = filters.feed(chunk.to_bytes())
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


def url_of(upstream: Upstream, exchange: Exchange) -> str:
    """Write the URL of a call at the upstream: prefix and path, and one of the two queries."""
    path = exchange.path
    if upstream.path:
        path = upstream.path if path == "/" else upstream.path + path
    query = upstream.query
    if not query and exchange.query:
        raw = exchange.query
        query = raw.decode("ascii") if raw.isascii() else quote_from_bytes(raw, PRINTABLE)
    return f"{upstream.origin}{path}?{query}" if query else upstream.origin + path


def _builder(settings: GatewaySettings) -> ClientBuilder:
    builder = ClientBuilder().follow_redirects(False).referer(False).no_proxy()
    builder = builder.gzip(False).brotli(False).zstd(False).deflate(False)
    builder = builder.http1_lower_case_headers().user_agent("gatehouse")
    builder = builder.connect_timeout(timedelta(seconds=settings.connect_timeout_s))
    builder = builder.read_timeout(timedelta(seconds=settings.read_timeout_s))
    return builder.pool_max_idle_per_host(settings.idle_connections)


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


def _unsized(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave the length to the client, which knows the whole body."""
    return [each for each in headers if each[0] != "content-length"]


def _items(response: Response) -> list[tuple[str, str]]:
    """List the answer's headers; a value that is not ASCII cannot be read and is left out."""
    headers = response.headers
    try:
        return list(headers.items())
    except ValueError:
        items: list[tuple[str, str]] = []
        for name in dict.fromkeys(headers.keys()):
            try:
                items.extend((name, value) for value in headers.getall(name))
            except ValueError:
                continue
        return items


def _fault_code(error: PyreqwestError) -> str:
    if isinstance(error, RequestTimeoutError):
        return "upstream_timeout"
    return "upstream_unreachable" if isinstance(error, ConnectError) else "upstream_failed"
