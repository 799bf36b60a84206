"""ActiveDocs as the reference serves it to scripts: lists, and the caller's own credentials."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import JSONResponse, Response

from cms.liquid.drops.applications import ApplicationDrop
from cms.portal.context import PortalContext
from server.actions.portal.api_docs import get_published_api_docs
from server.domain.errors import NotFound
from server.domain.portal.api_docs import ApiDocs
from server.domain.services.services import Service
from server.kit.ids import id_or_none

NOBODY = {"status": 401}  # as the reference answers who is not logged in, with 200


def list_specs(ctx: PortalContext) -> Response:
    """List the published specifications."""
    apis = [_told(ctx, row) for row in ctx.data.api_docs]
    return JSONResponse({"host": "", "apis": apis})


def show_spec(ctx: PortalContext) -> Response:
    """Serve a specification by its id. Raises: NotFound."""
    wanted = id_or_none(str(ctx.request.path_params["id"]))
    found = next((row for row in ctx.data.api_docs if row.id == wanted), None)
    if found is None:
        raise NotFound("There is no specification with this id.")
    body = get_published_api_docs(ctx, found.system_name).body
    return Response(body, media_type="application/json")


def show_account_data(ctx: PortalContext) -> Response:
    """Tell the caller's own credentials, by application. Source: reference-portal 1.6."""
    if ctx.visitor is None or ctx.data.account_id is None:
        return JSONResponse(NOBODY)
    applications = [row for row in ctx.data.applications if row.state == "live"]
    drops = [ApplicationDrop(row, ctx.data) for row in applications]
    by_key = [drop for drop in drops if drop.user_key_mode]
    by_id = [drop for drop in drops if drop.app_id_mode]
    results = {
        "app_keys": [_item(drop, next(iter(drop.key_values), "")) for drop in by_id],
        "app_ids": [_item(drop, drop.model.application_id) for drop in by_id],
        "user_keys": [_item(drop, drop.user_key) for drop in by_key],
        "client_ids": [],
        "client_secrets": [],
        "service_hosts": _hosts(ctx, drops),
    }
    return JSONResponse({"status": 200, "results": results})


def _item(drop: ApplicationDrop, value: str) -> dict[str, Any]:
    """Name a credential as the reference does; application and API are ours."""
    service = drop.service
    return {
        "name": f"{drop} - {service}",
        "value": value,
        "application": str(drop),
        "application_id": drop["id"],
        "service": service["system_name"],
    }


def _hosts(ctx: PortalContext, drops: Sequence[ApplicationDrop]) -> list[dict[str, str]]:
    known = {drop.service["system_name"]: drop.service for drop in drops}
    return [
        {"name": str(service), "value": service.public_base_url}
        for service in known.values()
        if service.public_base_url
    ]


def _told(ctx: PortalContext, row: ApiDocs) -> dict[str, Any]:
    service = ctx.data.row(Service, row.service_id) if row.service_id else None
    environment = ctx.data.environment_of(service) if service else ""
    addresses = ctx.installation.addresses
    endpoint = (
        addresses.gateway(ctx.provider, service, environment) if service and environment else ""
    )
    return {
        "id": row.id,
        "system_name": row.system_name,
        "name": row.name,
        "description": row.description,
        "path": row.path,
        "page": row.page_path,
        "service_endpoint": endpoint,
    }
