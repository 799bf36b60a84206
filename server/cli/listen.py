"""Listening on a port: one process, or several that share the socket and are started again."""

import errno
import os
import shutil
import socket
from collections.abc import Callable
from typing import Any, NoReturn

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from server.cli.start import give_up
from server.runtime.connections import WireLimits
from server.runtime.wire import Wire
from server.settings import Settings

LIMITS = WireLimits()
SOCKET_MESSAGE_BYTES = 300_000  # a request of GraphQL, and what it is wrapped in
METRICS = "metrics"  # the folder where workers keep their numbers
SHARED_METRICS = "PROMETHEUS_MULTIPROC_DIR"  # read by the library when it is first imported


def bind_or_exit(host: str, port: int) -> socket.socket:
    """Take the port before anything is made or told; a failure is told in one line."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        taken = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        _give_up_port(host, port, error)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(address)
    except OSError as error:
        taken.close()
        _give_up_port(host, port, error)
    taken.set_inheritable(True)
    return taken


def listen(app: ASGIApp, settings: Settings, taken: socket.socket) -> None:
    """Serve on a bound socket in this process until it is told to end."""
    host, port = taken.getsockname()[:2]
    try:
        uvicorn.Server(_config(app, settings)).run([taken])
    except OSError as error:  # another process bound it at the same moment, and listened first
        if error.errno != errno.EADDRINUSE:
            raise
        _give_up_port(host, port, error)


def listen_with_workers(
    factory: Callable[[], ASGIApp], settings: Settings, taken: socket.socket, workers: int
) -> None:
    """Serve in several processes; `factory` makes the app in each, from the environment."""
    metrics = settings.data_dir / METRICS
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir(mode=0o700)
    os.environ[SHARED_METRICS] = str(metrics)
    os.environ.update(settings.as_env())
    config = _config(factory, settings, factory=True, workers=workers)
    Multiprocess(config, [taken]).run()


def _give_up_port(host: str, port: int, error: OSError | UnicodeError) -> NoReturn:
    """Say why a port can't be had, and what to do instead."""
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        give_up(f"Port {port} on {host} is in use by another program. Stop it, or use --port.")
    if number in {errno.EACCES, errno.EPERM}:
        give_up(f"Port {port} is not allowed to this user. Use --port with one above 1023.")
    give_up(f"--host: {host!r} is no address of this machine. Use 127.0.0.1 or 0.0.0.0.", 2)


def _config(app: Any, settings: Settings, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="uvloop",
        http=Wire(settings.trusted_proxies, LIMITS),  # type: ignore[arg-type]  # makes protocols
        ws="none",  # loaded by the first of them, see Wire
        ws_max_size=SOCKET_MESSAGE_BYTES,
        ws_max_queue=8,
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        ws_per_message_deflate=False,  # what is compressed with secrets in it tells of them
        access_log=False,
        log_level="warning",
        log_config=None,  # its lines go the way of all others: without secrets
        server_header=False,
        date_header=True,
        proxy_headers=False,
        timeout_graceful_shutdown=10,
        **more,
    )
