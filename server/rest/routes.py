"""The routes of the REST API, made from its URL table."""

import json
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from server.auth.dependencies import Dependencies
from server.rest.router import OPERATIONS, PREFIX, endpoint


def routes(deps: Dependencies) -> list[BaseRoute]:
    """Make the routes: each operation with a format at the end of its path, and without."""
    document = _document()

    async def show_document(_request: Request) -> Response:
        return JSONResponse(document)

    made: list[BaseRoute] = [Route(f"{PREFIX}/openapi.json", show_document)]
    for operation in OPERATIONS:
        run = endpoint(deps, operation)
        for path in (f"{PREFIX}{operation.path}.{{format}}", f"{PREFIX}{operation.path}"):
            made.append(Route(path, run, methods=[operation.method]))
    return made


def _document() -> dict[str, Any]:
    path = Path(__file__).with_name("openapi.json")
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document
