"""Structured logs, and the outermost layer: request ids, one line a request, no traceback out."""

import logging
import time
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.tracebacks import ExceptionDictTransformer

from server.kit.ids import random_hex

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}
FAULT = b"Something went wrong on our side. Try again; if it stays, tell the operator this id: %s\n"
log = structlog.get_logger("gatehouse")


def set_up_logs(level: str) -> None:
    """Write JSON lines to standard error, ours and those of the libraries."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Without local variables: forms and passwords are among them.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(),
    )
    logging.basicConfig(level=max(LEVELS[level], logging.WARNING), format="%(message)s")


class RequestLog:
    """Gives each request an id, logs it when done, and answers faults with the id alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = random_hex(8)
        started_s = time.perf_counter()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", request_id.encode()),
                ]
            await send(message)

        scope.setdefault("state", {})["request_id"] = request_id
        fields: dict[str, Any] = {
            "request_id": request_id,
            "method": scope["method"],
            "path": scope["path"],
            "client": (scope.get("client") or ("",))[0],
        }
        try:
            with structlog.contextvars.bound_contextvars(request_id=request_id):
                await self._app(scope, receive, send_with_id)
        except Exception:
            log.exception("request failed", **fields)
            if status:
                raise
            await _answer_fault(send_with_id, request_id)
        log.info(
            "request",
            **fields,
            status=status,
            duration_ms=round((time.perf_counter() - started_s) * 1000, 1),
        )


async def _answer_fault(send: Send, request_id: str) -> None:
    body = FAULT % request_id.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": body})
