"""Listening on a port: one process, or several that share the socket and are started again."""

import os
import shutil
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from server.runtime.connections import WireLimits
from server.runtime.wire import Wire
from server.settings import Settings

LIMITS = WireLimits()
METRICS = "metrics"  # the folder where workers keep their numbers
SHARED_METRICS = "PROMETHEUS_MULTIPROC_DIR"  # read by the library when it is first imported


def listen(app: ASGIApp, settings: Settings, host: str, port: int) -> None:
    """Serve in this process until it is told to end."""
    uvicorn.Server(_config(app, settings, host, port)).run()


def listen_with_workers(
    factory: Callable[[], ASGIApp], settings: Settings, host: str, port: int, workers: int
) -> None:
    """Serve in several processes; `factory` makes the app in each, from the environment."""
    metrics = settings.data_dir / METRICS
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir(mode=0o700)
    os.environ[SHARED_METRICS] = str(metrics)
    os.environ.update(settings.as_env())
    config = _config(factory, settings, host, port, factory=True, workers=workers)
    socket = config.bind_socket()
    try:
        Multiprocess(config, [socket]).run()
    finally:
        socket.close()


def _config(app: Any, settings: Settings, host: str, port: int, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http=Wire(settings.trusted_proxies, LIMITS),  # type: ignore[arg-type]  # makes protocols
        access_log=False,
        log_level="warning",
        log_config=None,  # its lines go the way of all others: without secrets
        server_header=False,
        date_header=True,
        proxy_headers=False,
        timeout_graceful_shutdown=10,
        **more,
    )
