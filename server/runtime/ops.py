"""Health and metrics for whoever operates the process."""

from collections.abc import Callable

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from server.kit.db import Database


def routes(
    database: Database, counters_ready: Callable[[], bool], *, one_of_many: bool = False
) -> list[BaseRoute]:
    """Make /healthz (the process lives), /readyz (it can serve) and /metrics.

    Of `one_of_many` workers any tells the numbers of all.
    """

    def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    def readyz(_request: Request) -> Response:
        checks = {"database": _database_answers(database), "counters": counters_ready()}
        ready = all(checks.values())
        body = {"ready": ready, "checks": checks}
        return JSONResponse(body, status_code=200 if ready else 503)

    def metrics(_request: Request) -> Response:
        return Response(
            generate_latest(_registry_of_all() if one_of_many else REGISTRY),
            media_type=CONTENT_TYPE_LATEST,
        )

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
    ]


def _registry_of_all() -> CollectorRegistry:
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]  # the library has no types here
    return shared


def _database_answers(database: Database) -> bool:
    try:
        with database.read() as db:
            db.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
