"""Structured logs, and the outermost layer: request ids, one line a request, no traceback out.

Every line goes through `_without_secrets`, ours and those of libraries.
"""

import logging
import re
import sys
import threading
import time
import traceback
from collections.abc import Iterable, MutableMapping
from types import TracebackType
from typing import Any
from urllib.parse import unquote_plus

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.tracebacks import ExceptionDictTransformer

from server.kit.ids import random_hex
from server.kit.redaction import GONE, keep_quiet, redact, redacted

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}
FAULT = b"Something went wrong on our side. Try again; if it stays, tell the operator this id: %s\n"
NUMBER = re.compile(r"\d{1,18}")
RANDOM = re.compile(r"(?=[\w%-]*\d)[\w%-]{20,}")  # a code in a path that no route knows
SEPARATORS = re.compile(r"[&=;,\s]+")
MOST_NAME = 7  # characters: shorter pieces of a request stand in words of any line
log = structlog.get_logger("gatehouse")


def set_up_logs(level: str, secrets: Iterable[str] = ()) -> None:
    """Write JSON lines, ours and those of the libraries, without secrets; `secrets` are known ones.

    What ends the process or one of its threads is told without them, too.
    """
    keep_quiet(secrets)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Without local variables: forms and passwords are among them.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            _without_secrets,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(),
    )
    logging.basicConfig(level=max(LEVELS[level], logging.WARNING))
    for handler in logging.getLogger().handlers:
        handler.setFormatter(_QuietFormatter("%(message)s"))
    sys.excepthook = _tell_end
    threading.excepthook = lambda args: _tell_end(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


def _without_secrets(
    _logger: Any, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Take secrets out of a line; `quiet` are the words that its writer knows to be some."""
    words = line.pop("quiet", ())
    return {name: redacted(value, words) for name, value in line.items()}


class _QuietFormatter(logging.Formatter):
    """Writes the lines of libraries, tracebacks and all, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        return redact(super().format(record))


def _tell_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write why a process or thread ends, on standard error."""
    if issubclass(kind, KeyboardInterrupt):
        return
    sys.stderr.write(redact("".join(traceback.format_exception(kind, error, trace))))


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
            "client": (scope.get("client") or ("",))[0],
        }
        try:
            with structlog.contextvars.bound_contextvars(request_id=request_id):
                await self._app(scope, receive, send_with_id)
        except Exception:
            quiet = words_of(scope)
            log.exception("request failed", **fields, path=path_of(scope), quiet=quiet)
            if status:
                raise
            await _answer_fault(send_with_id, request_id)
        log.info(
            "request",
            **fields,
            path=path_of(scope),
            status=status,
            duration_ms=round((time.perf_counter() - started_s) * 1000, 1),
        )


def path_of(scope: Scope) -> str:
    """Tell the path of a request as its route names it: what is no number may be a secret."""
    params = scope.get("path_params") or {}
    route = getattr(scope.get("route"), "path", None)
    if route is None:
        return redact(RANDOM.sub(GONE, scope["path"]))
    shown = {name: value for name, value in params.items() if NUMBER.fullmatch(str(value))}
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda at: str(shown.get(at[1], f"{{{at[1]}}}")), route)


def words_of(scope: Scope) -> list[str]:
    """List what a request brings that no line may repeat: arguments, cookies, credentials."""
    texts = [scope.get("query_string", b"").decode("latin-1")]
    for name, value in scope["headers"]:
        if name in {b"authorization", b"cookie"}:
            texts.append(value.decode("latin-1"))
    sent = [part for text in texts for part in SEPARATORS.split(text)]
    params = [str(value) for value in (scope.get("path_params") or {}).values()]
    return [word for word in (*sent, *map(unquote_plus, sent), *params) if len(word) > MOST_NAME]


async def _answer_fault(send: Send, request_id: str) -> None:
    body = FAULT % request_id.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": body})
