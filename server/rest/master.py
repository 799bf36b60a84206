"""Who calls the master API, and its routes. Source: reference-portal 1.0, 1.10."""

from collections.abc import Mapping
from functools import cache
from hmac import compare_digest
from typing import Any

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from server.actions.provider.providers import find_first_provider
from server.actions.provider.tenants import tenants_query
from server.auth.callers import presented
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.errors import NotFound
from server.domain.provider.providers import Provider
from server.kit.ids import id_or_none
from server.rest.callers import Caller, CallerRequest
from server.rest.errors import NotTheMaster
from server.rest.formats import MASTER_PREFIX
from server.rest.openapi import document_of
from server.rest.provider.tenants import OPERATIONS
from server.rest.router import endpoint

DOCUMENT = f"{MASTER_PREFIX}/openapi.json"
ABOUT = (
    "What runs the installation: its tenants. It answers at the installation's own address, to "
    "whoever sends the master token (GATEHOUSE_MASTER_TOKEN), and to nobody else."
)


@cache
def _document() -> dict[str, Any]:
    return document_of(OPERATIONS, title="Master API", about=ABOUT)


def master_routes(deps: Dependencies) -> list[BaseRoute]:
    """Make the routes of the master API."""

    def find_caller(db: Session, asking: CallerRequest, path: Mapping[str, Any]) -> Caller:
        return get_master_caller(db, deps, asking, path)

    async def show_document(_request: Request) -> Response:
        return JSONResponse(await deps.executor.run(_document))

    made: list[BaseRoute] = [Route(DOCUMENT, show_document)]
    for operation in OPERATIONS:
        run = endpoint(deps, operation, find_caller)
        for path in (f"{operation.place}.{{format}}", operation.place):
            made.append(Route(path, run, methods=[operation.method]))
    return made


def get_master_caller(
    db: Session, deps: Dependencies, asking: CallerRequest, path: Mapping[str, Any]
) -> Caller:
    """Recognise who runs the installation, and find the tenant of the path.

    Raises: NotFound, NotTheMaster.
    """
    if not deps.installation.addresses.is_master(asking.host):
        raise NotFound("There is no API at this address.")
    credentials = presented(asking.authorization, asking.params)
    given = credentials.token or credentials.provider_key
    known = deps.master_token
    if not known or not compare_digest(given.encode(), known.encode()):
        raise NotTheMaster
    tenant = _tenant(db, path)
    return Caller(tenant, Actor.master(tenant.id))


def _tenant(db: Session, path: Mapping[str, Any]) -> Provider:
    """Find the tenant of the path; where it names none, the first one stands for all."""
    found = find_first_provider(db)
    if "id" in path:
        row_id = id_or_none(str(path["id"]).strip())
        found = db.exec(tenants_query().where(Provider.id == row_id)).first()
    if found is None:
        raise NotFound("There is no such tenant.", field="id")
    return found
