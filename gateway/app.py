"""The mounted proxy as an ASGI app: by host, or by path below `/gateway/`."""

import secrets
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, cast

import structlog

from gateway.config.document import ServiceDocument
from gateway.config.routes import route_call
from gateway.config.service import ServiceConfig
from gateway.counters.base import CounterStore
from gateway.cross_origin import ORIGIN, allowed_origin, find_preflight, marked
from gateway.directory import Directory, Environment
from gateway.documents import Documents
from gateway.errors import (
    BadDocument,
    CallerGone,
    Deny,
    DirectoryUnavailable,
    PolicyFailed,
    StoreUnavailable,
)
from gateway.exchange import CallEnd, Exchange, Receive, Reply, ResponseHead, Send
from gateway.hops import LOOP, MOST_HOPS, hops_of
from gateway.hosts import host_name
from gateway.metrics import UPSTREAM_S, count_call
from gateway.paths import BadPath, normalise_path, refuse_ambiguous
from gateway.policy.chain import Chain
from gateway.quiet import words_of
from gateway.rate_limits import RateLimits
from gateway.refusals import NOBODY
from gateway.replies import (
    BAD_HOST,
    FAULTS,
    NO_UPSTREAM,
    NOT_DEPLOYED,
    UNKNOWN_HOST,
    bad_path,
    fault,
    head_of,
    send_whole,
)
from gateway.response_codes import ResponseCodes
from gateway.runtime import Runtime
from gateway.settings import GatewaySettings
from gateway.shared_origin import SharedOrigin
from gateway.upstream import Forwarder, UpstreamFault, reason_of

HEALTHZ = b"/_threescale/healthz"
ENVIRONMENTS = (b"staging", b"production")
log = structlog.get_logger("gatehouse.gateway")


class Source(Documents, Directory, Protocol):
    """What a gateway knows the world by: what was deployed, and what is true now."""


def build_gateway(
    source: Source,
    counters: CounterStore,
    codes: ResponseCodes,
    settings: GatewaySettings | None = None,
    *,
    clock: Callable[[], float] = time.time,
) -> "Gateway":
    """Build a gateway; close it when it is no longer needed."""
    settings = settings or GatewaySettings()
    runtime = Runtime(
        directory=source,
        counters=counters,
        rate_limits=RateLimits(),
        clock=clock,
        most_form_bytes=settings.most_form_bytes,
    )
    return Gateway(source, runtime, Forwarder(settings), codes)


class Gateway:
    """Answers calls to hosts of services; `mounted` is the app for calls by path."""

    def __init__(
        self,
        documents: Documents,
        runtime: Runtime,
        forwarder: Forwarder,
        codes: ResponseCodes,
    ) -> None:
        self._documents = documents
        self._runtime = runtime
        self._forwarder = forwarder
        self._codes = codes
        self._by_path = SharedOrigin(partial(self._answer, mounted=True))

    async def close(self) -> None:
        await self._forwarder.close()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer a call to a service's host."""
        await self._answer(scope, receive, send, mounted=False)

    async def mounted(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer a call to `/gateway/{staging|production}/{service}/…`."""
        await self._by_path(scope, receive, send)

    async def test(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer a provider's test call to a service's host: all that others pass, without a key.

        Nothing is counted. It comes by no port: an HTTP request can't ask for it.
        """
        await self._answer(scope, receive, send, mounted=False, is_test=True)

    async def _answer(
        self, scope: Any, receive: Receive, send: Send, *, mounted: bool, is_test: bool = False
    ) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
            return
        caller = _Caller(scope, receive, send)
        caller.is_test = is_test
        try:
            code = await self._serve(caller, mounted=mounted)
        except CallerGone:
            code = "caller_gone"
        except UpstreamFault as error:
            log.warning(error.code, service=caller.service, error=reason_of(error.__cause__))
            code = await caller.fail(error.code)
        except StoreUnavailable as error:
            log.error("counter_store_unavailable", service=caller.service, error=str(error))
            code = await caller.fail("counter_store_unavailable")
        except DirectoryUnavailable as error:
            log.error("directory_unavailable", service=caller.service, error=str(error))
            code = await caller.fail("directory_unavailable")
        except BadDocument as error:
            log.error("bad_configuration", error=str(error))
            code = await caller.fail("bad_configuration")
        except Exception as error:  # noqa: BLE001 - the edge of a request; it is logged with an id
            code = await self._fail_for_a_bug(caller, error)
        count_call(caller.service, code)
        if caller.exchange is not None and caller.chain.listens:
            await caller.chain.on_done(caller.exchange, CallEnd(caller.status, code))

    async def _fail_for_a_bug(self, caller: "_Caller", error: Exception) -> str:
        """Answer without the policies, of which one may be what failed."""
        code = "policy_failed" if isinstance(error, PolicyFailed) else "gateway_fault"
        error_id = secrets.token_hex(6)
        log.error(
            code,
            service=caller.service,
            error_id=error_id,
            error=str(error),
            exc_info=error,
            quiet=words_of(caller.scope),
        )
        return await caller.fail(code, error_id=error_id)

    async def _serve(self, caller: "_Caller", *, mounted: bool) -> str:
        """Answer a call; gives the code by which it is counted."""
        if caller.raw_path == HEALTHZ:
            return await caller.deny(Deny(200, "ok", ""))
        exchange = await self._open(caller, mounted=mounted)
        if isinstance(exchange, Deny):
            return await caller.deny(exchange)
        if exchange.header(ORIGIN) is not None and not caller.chain.decides_origins:
            caller.origin = await allowed_origin(exchange)
            answer = find_preflight(exchange) if caller.origin else None
            if answer is not None:
                return await caller.reply(answer)
        verdict = await caller.chain.on_request(exchange)
        if isinstance(verdict, Reply):
            return await caller.reply(verdict)
        if verdict is None and exchange.upstream is None:
            verdict = NO_UPSTREAM
        if verdict is not None:
            return await caller.deny(self._noted(exchange.document, verdict, exchange))
        status = await self._forward(exchange, caller)
        return f"status_{status // 100}xx"

    async def _open(self, caller: "_Caller", *, mounted: bool) -> Exchange | Deny:
        """Find the service and make the exchange, or tell why there is none."""
        hosts = [value for name, value in caller.scope["headers"] if name == b"host"]
        if len(hosts) > 1:
            return BAD_HOST
        host = hosts[0].decode("latin-1") if hosts else ""
        raw_path = caller.raw_path
        if mounted:
            document, raw_path = await self._find_by_path(raw_path)
        else:
            document = await self._documents.document_by_host(host_name(host))
        if document is None:
            return NOT_DEPLOYED if mounted else UNKNOWN_HOST
        caller.service = document.system_name or str(document.service_id)
        try:
            path = normalise_path(raw_path)
            refuse_ambiguous(path, document.proxy.ambiguous_paths)
        except BadPath as error:
            return self._noted(document, bad_path(str(error)))
        hops = hops_of(caller.scope["headers"])
        if hops >= MOST_HOPS:
            return self._noted(document, LOOP)
        exchange = Exchange(caller.scope, caller.receive, host, path)
        exchange.hops = hops
        exchange.is_test = caller.is_test
        exchange.document = document
        exchange.upstream, exchange.rules = document.proxy.upstream, document.proxy.rules
        if document.proxy.routes:
            route_call(exchange, document.proxy)
        exchange.runtime = self._runtime
        caller.exchange, caller.chain = exchange, document.chain
        return exchange

    def _noted(self, document: ServiceConfig, deny: Deny, exchange: Exchange | None = None) -> Deny:
        """Note a refusal, for the application too where the call names one that is known."""
        application = getattr(exchange, "application", None)
        number = NOBODY if application is None else application.id
        self._codes.refusals.note(document.service_id, number, deny.code)
        return deny

    async def _find_by_path(self, raw_path: bytes) -> tuple[ServiceDocument | None, bytes]:
        _, _, environment, name, *rest = [*raw_path.split(b"/", 4), b"", b"", b""][:5]
        if environment not in ENVIRONMENTS or not name:
            return None, b""
        chosen = cast("Environment", environment.decode())
        document = await self._documents.document_by_name(chosen, name.decode("latin-1"))
        return document, b"/" + rest[0]

    async def _forward(self, exchange: Exchange, caller: "_Caller") -> int:
        """Pass the call on and the answer back; note how it was answered."""
        began_s = time.perf_counter()
        status = 0  # a caller who left was not answered
        try:
            status = await self._forwarder.forward(exchange, caller.send, caller.chain)
        except UpstreamFault as error:
            status, _ = FAULTS[error.code]
            raise
        finally:
            if not exchange.is_test:
                self._codes.note(exchange.application, status)
        UPSTREAM_S.observe(time.perf_counter() - began_s)
        return status


class _Caller:
    """The caller's side of a call: what was asked, and how it is answered."""

    __slots__ = (
        "_send",
        "chain",
        "exchange",
        "is_test",
        "origin",
        "raw_path",
        "receive",
        "scope",
        "service",
        "status",
    )

    def __init__(self, scope: Any, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.receive = receive
        self.raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
        self.service = ""
        self.is_test = False
        self.origin = b""  # of another site's page that may read the answer
        self.status = 0  # of the answer that is on its way
        self.exchange: Exchange | None = None  # once the service has been found
        self.chain: Chain
        self._send = send

    async def send(self, message: Any) -> None:
        if not self.status:
            self.status = message["status"]
            if self.origin:
                message = {**message, "headers": marked(message["headers"], self.origin)}
        await self._send(message)

    async def deny(self, deny: Deny, *, bare: bool = False) -> str:
        """Answer with a refusal; `bare` leaves the policies out. Gives its code."""
        head = head_of(deny)
        if self.exchange is not None and not bare:
            self.chain.on_response(self.exchange, head)
        await send_whole(self.send, head, deny.body.encode())
        return deny.code

    async def reply(self, reply: Reply) -> str:
        head = ResponseHead(reply.status, list(reply.headers))
        head.headers.append((b"content-length", b"%d" % len(reply.body)))
        if self.exchange is not None:
            self.chain.on_response(self.exchange, head)
        await send_whole(self.send, head, reply.body)
        return f"status_{reply.status // 100}xx"

    async def fail(self, code: str, *, error_id: str = "") -> str:
        """Answer a fault; an answer that has begun is broken off by leaving it unfinished."""
        if self.status:
            return code
        accept = next((v for n, v in self.scope["headers"] if n == b"accept"), b"")
        deny = fault(code, as_json=b"json" in accept, error_id=error_id)
        return await self.deny(deny, bare=bool(error_id))
