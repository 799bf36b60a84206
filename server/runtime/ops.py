"""Health and metrics for whoever operates the process."""

import hmac
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from server.kit.db import Database
from server.kit.disk import has_room
from server.settings import Settings

LOOK_AGAIN_S = 1.0  # /readyz is open to everybody
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="metrics"'}
Checks = Mapping[str, Callable[[], bool]]


def checks_of(settings: Settings, database: Database, is_counting: Callable[[], bool]) -> Checks:
    """List what a process needs to serve; the disk is none of it where nothing is kept there."""
    checks = {"database": database.can_write, "counters": is_counting}
    if database.is_sqlite or not settings.redis_url:
        checks["disk"] = _room_in(settings.data_dir)
    return checks


def _room_in(folder: Path) -> Callable[[], bool]:
    return lambda: has_room(folder)


class Readiness:
    """Looks at all checks, at most once a second however often it is asked."""

    def __init__(self, checks: Checks) -> None:
        self._checks = checks
        self._seen: dict[str, bool] = {}
        self._seen_at_s = 0.0
        self._lock = threading.Lock()

    def look(self) -> dict[str, bool]:
        """Tell which checks hold."""
        with self._lock:
            now_s = time.monotonic()
            if not self._seen or now_s - self._seen_at_s >= LOOK_AGAIN_S:
                self._seen = {name: check() for name, check in self._checks.items()}
                self._seen_at_s = time.monotonic()
            return self._seen


def routes(
    checks: Checks, *, metrics_token: str = "", one_of_many: bool = False
) -> list[BaseRoute]:
    """Make /healthz (the process lives), /readyz (it can serve) and, with a token, /metrics.

    Of `one_of_many` workers any tells the numbers of all.
    """
    readiness = Readiness(checks)

    def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    def readyz(_request: Request) -> Response:
        seen = readiness.look()
        ready = all(seen.values())
        body = {"ready": ready, "checks": seen}
        return JSONResponse(body, status_code=200 if ready else 503)

    def metrics(request: Request) -> Response:
        if not metrics_token:
            return PlainTextResponse("There is no such page.\n", 404)
        if not _holds(request.headers.get("authorization", ""), metrics_token):
            return PlainTextResponse("Send the metrics token.\n", 401, CHALLENGE)
        return Response(metrics_text(one_of_many=one_of_many), media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
    ]


def _holds(authorization: str, token: str) -> bool:
    scheme, _, given = authorization.partition(" ")
    is_same = hmac.compare_digest(given.strip().encode(), token.encode())
    return is_same and scheme.lower() == "bearer"


def metrics_text(*, one_of_many: bool = False) -> bytes:
    """Write all numbers as Prometheus reads them."""
    return generate_latest(_registry_of_all() if one_of_many else REGISTRY)


def _registry_of_all() -> CollectorRegistry:
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]  # the library has no types here
    return shared
