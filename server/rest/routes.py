"""The routes of the REST API, made from its operations."""

from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from server.auth.dependencies import Dependencies
from server.rest.openapi import document_of
from server.rest.registry import OPERATIONS
from server.rest.router import endpoint
from server.rest.shapes import PREFIX

DOCUMENT = f"{PREFIX}/openapi.json"


@cache
def _document() -> dict[str, Any]:
    """Make the document once, when it is first asked for: few processes ever show it."""
    return document_of(OPERATIONS)


def routes(deps: Dependencies) -> list[BaseRoute]:
    """Make the routes: each operation with a format at the end of its path, and without."""

    async def show_document(_request: Request) -> Response:
        return JSONResponse(await deps.executor.run(_document))

    made: list[BaseRoute] = [Route(DOCUMENT, show_document)]
    for operation in OPERATIONS:
        run = endpoint(deps, operation)
        for path in (f"{operation.place}.{{format}}", operation.place):
            made.append(Route(path, run, methods=[operation.method]))
    return made
