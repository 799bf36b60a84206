"""The mounted proxy as an ASGI app: by host, or by path below `/gateway/`."""

import secrets
import time
from collections.abc import Callable
from typing import Any, cast

import structlog

from gateway.admission import Admission
from gateway.config.document import ServiceDocument
from gateway.counters.base import CounterStore
from gateway.debug import debug_headers
from gateway.directory import Directory, Environment
from gateway.errors import Deny, DirectoryUnavailable, StoreUnavailable
from gateway.exchange import Exchange, RawHeaders, Receive, Send
from gateway.metrics import UPSTREAM_S, count_call
from gateway.paths import BadPath, normalise_path
from gateway.replies import (
    BAD_HOST,
    FAULTS,
    NO_UPSTREAM,
    UNKNOWN_HOST,
    bad_path,
    fault,
    send_denial,
)
from gateway.response_codes import ResponseCodes
from gateway.settings import GatewaySettings
from gateway.upstream import CallerGone, Forwarder, UpstreamFault

HEALTHZ = b"/_threescale/healthz"
ENVIRONMENTS = (b"staging", b"production")
log = structlog.get_logger("gatehouse.gateway")


def build_gateway(
    directory: Directory,
    counters: CounterStore,
    codes: ResponseCodes,
    settings: GatewaySettings | None = None,
    *,
    clock: Callable[[], float] = time.time,
) -> "Gateway":
    """Build a gateway; close it when it is no longer needed."""
    settings = settings or GatewaySettings()
    admission = Admission(directory, counters, settings.most_form_bytes, clock)
    return Gateway(directory, admission, Forwarder(settings), codes)


class Gateway:
    """Answers calls to hosts of services; `mounted` is the app for calls by path."""

    def __init__(
        self,
        directory: Directory,
        admission: Admission,
        forwarder: Forwarder,
        codes: ResponseCodes,
    ) -> None:
        self._directory = directory
        self._admission = admission
        self._forwarder = forwarder
        self._codes = codes

    async def close(self) -> None:
        """Close the connections to upstreams."""
        await self._forwarder.close()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer a call to a service's host."""
        await self._answer(scope, receive, send, mounted=False)

    async def mounted(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer a call to `/gateway/{staging|production}/{service}/…`."""
        await self._answer(scope, receive, send, mounted=True)

    async def _answer(self, scope: Any, receive: Receive, send: Send, *, mounted: bool) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
            return
        call = _Call(self._directory, scope, receive, send)
        try:
            await self._serve(call, mounted=mounted)
        except CallerGone:
            count_call(call.service, "caller_gone")
        except UpstreamFault as error:
            log.warning(error.code, service=call.service, error=str(error.__cause__))
            await call.fail(error.code)
        except StoreUnavailable as error:
            log.error("counter_store_unavailable", service=call.service, error=str(error))
            await call.fail("counter_store_unavailable")
        except DirectoryUnavailable as error:
            log.error("directory_unavailable", service=call.service, error=str(error))
            await call.fail("directory_unavailable")
        except Exception:
            error_id = secrets.token_hex(6)
            log.exception("gateway_fault", service=call.service, error_id=error_id)
            await call.fail("gateway_fault", error_id=error_id)

    async def _serve(self, call: "_Call", *, mounted: bool) -> None:
        raw_path = call.raw_path
        if raw_path == HEALTHZ:
            await call.deny(Deny(200, "ok", ""))
            return
        exchange = await call.open(mounted=mounted)
        if isinstance(exchange, Deny):
            await call.deny(exchange)
            return
        deny = await self._admission.decide(exchange)
        extra = self._admission.rate_limit_headers(exchange)
        if exchange.match.rules:
            extra += await debug_headers(exchange, self._directory)
        if deny is None and exchange.document.proxy.upstream is None:
            deny = NO_UPSTREAM
        if deny is not None:
            await call.deny(deny, extra)
            return
        status = await self._forward(exchange, call.send, extra)
        count_call(call.service, f"status_{status // 100}xx")

    async def _forward(self, exchange: Exchange, send: Send, extra: RawHeaders) -> int:
        """Pass the call on and the answer back; note how it was answered."""
        began_s = time.perf_counter()
        status = 0  # a caller who left was not answered
        try:
            status = await self._forwarder.forward(exchange, send, extra)
        except UpstreamFault as error:
            status, _ = FAULTS[error.code]
            raise
        finally:
            self._codes.note(exchange.application, status)
        UPSTREAM_S.observe(time.perf_counter() - began_s)
        return status


class _Call:
    """One request at the edge, and how it is answered when it does not get through."""

    __slots__ = ("_directory", "_receive", "_scope", "_send", "_started", "raw_path", "service")

    def __init__(self, directory: Directory, scope: Any, receive: Receive, send: Send) -> None:
        self._directory = directory
        self._scope = scope
        self._receive = receive
        self.raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
        self.service = ""
        self._send = send
        self._started = False  # an answer is on its way

    async def open(self, *, mounted: bool) -> Exchange | Deny:
        """Find the service and make the exchange, or tell why there is none."""
        hosts = [value for name, value in self._scope["headers"] if name == b"host"]
        if len(hosts) > 1:
            return BAD_HOST
        host = hosts[0].decode("latin-1") if hosts else ""
        raw_path = self.raw_path
        if mounted:
            document, raw_path = await self._by_path()
        else:
            document = await self._directory.document_by_host(host_name(host))
        if document is None:
            return UNKNOWN_HOST
        self.service = document.system_name or str(document.service_id)
        try:
            path = normalise_path(raw_path)
        except BadPath as error:
            return bad_path(str(error))
        exchange = Exchange(self._scope, self._receive, host, path)
        exchange.document = document
        return exchange

    async def send(self, message: Any) -> None:
        """Send a part of the answer."""
        self._started = True
        await self._send(message)

    async def deny(self, deny: Deny, extra: RawHeaders = ()) -> None:
        """Answer with a refusal and count it."""
        count_call(self.service, deny.code)
        await send_denial(self.send, deny, extra)

    async def fail(self, code: str, *, error_id: str = "") -> None:
        """Answer a fault; an answer that has begun is broken off by leaving it unfinished."""
        if self._started:
            count_call(self.service, code)
            return
        accept = next((v for n, v in self._scope["headers"] if n == b"accept"), b"")
        await self.deny(fault(code, as_json=b"json" in accept, error_id=error_id))

    async def _by_path(self) -> tuple[ServiceDocument | None, bytes]:
        _, _, environment, name, *rest = [*self.raw_path.split(b"/", 4), b"", b"", b""][:5]
        if environment not in ENVIRONMENTS or not name:
            return None, b""
        chosen = cast("Environment", environment.decode())
        document = await self._directory.document_by_name(chosen, name.decode("latin-1"))
        return document, b"/" + rest[0]


def host_name(host: str) -> str:
    """Cut a Host header down to the lower-cased name, without port and last dot."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower().rstrip(".")
