"""The catalogue of APIs, and what is told of each. Source: RFC 9727, RFC 9264, RFC 8631.

An API is a published service, with its published specifications, or a specification of none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from cms.liquid.drops.machines import markdown_path
from cms.portal.context import PortalContext
from cms.portal.machines.twins import CATALOGUE, HTML, MARKDOWN
from cms.rendering.documentation import FOLDER
from server.domain.errors import NotFound
from server.domain.portal.api_docs import ApiDocs
from server.domain.services.services import Service
from server.kit.strict_json import json_bytes

PROFILE = "https://www.rfc-editor.org/info/rfc9727"
MEDIA_TYPE = f'application/linkset+json; profile="{PROFILE}"'
API = "/api_docs/apis/{system_name}"
META, STATUS = f"{API}/meta.json", f"{API}/status.json"
JSON, ATOM = "application/json", "application/atom+xml"
STATES = {"production": "available", "staging": "preview", "": "unavailable"}
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Api:
    """One API that developers may know: where it is called, and what describes it."""

    name: str
    description: str
    service: Service | None
    specs: Sequence[ApiDocs]
    environment: str  # production, staging; empty: it can't be called
    base_url: str  # empty likewise


def show(ctx: PortalContext) -> Response:
    """Give the catalogue; HEAD is answered with where it is, as the RFC wants it."""
    portal = ctx.installation.addresses.portal(ctx.provider)
    address = f"{portal}{CATALOGUE}"
    apis = list_apis(ctx)
    items = [{"href": _anchor(portal, api)} for api in apis]
    linkset: list[Told] = [{"anchor": address, "item": items}]
    linkset += [_links(portal, api) for api in apis]
    link = f'<{address}>; rel="api-catalog"; type="application/linkset+json"; profile="{PROFILE}"'
    body = json_bytes({"linkset": linkset})
    return Response(body, 200, {"Link": link}, MEDIA_TYPE)


def show_meta(ctx: PortalContext) -> Response:
    """Tell of an API what programs want to know before they call it. Raises: NotFound."""
    api = _get_api(ctx)
    service, portal = api.service, ctx.installation.addresses.portal(ctx.provider)
    told: Told = {
        "name": api.name,
        "description": api.description,
        "base_url": api.base_url,
        "environment": api.environment,
        "specifications": [
            {"name": docs.name, "url": f"{portal}{docs.path}", "page": f"{portal}{docs.page_path}"}
            for docs in api.specs
        ],
        "plans_url": f"{portal}/plans",
    }
    if service is not None:
        told["system_name"] = service.system_name
        told["authentication"] = _authentication(ctx, service)
        told["support_email"] = service.support_email or ctx.provider.support_email
    return JSONResponse(told)


def show_status(ctx: PortalContext) -> Response:
    """Tell whether an API can be called. Raises: NotFound."""
    api = _get_api(ctx)
    return JSONResponse({"status": STATES[api.environment], "environment": api.environment})


def list_apis(ctx: PortalContext) -> Sequence[Api]:
    """List the published APIs. Cost: as many queries however many there are."""
    of_services = [_of_service(ctx, service) for service in ctx.data.services]
    alone = [
        Api(docs.name, docs.description, None, (docs,), "", "")
        for docs in ctx.data.api_docs
        if docs.service_id is None
    ]
    return [*of_services, *alone]


def _of_service(ctx: PortalContext, service: Service) -> Api:
    environment = ctx.data.environment_of(service)
    addresses = ctx.installation.addresses
    return Api(
        service.name,
        service.description,
        service,
        [docs for docs in ctx.data.api_docs if docs.service_id == service.id],
        environment,
        addresses.gateway(ctx.provider, service, environment) if environment else "",
    )


def _get_api(ctx: PortalContext) -> Api:
    """Find the service, else the specification, that the path names. Raises: NotFound."""
    name = str(ctx.request.path_params["system_name"])
    apis = list_apis(ctx)
    found = next((api for api in apis if api.service and api.service.system_name == name), None)
    if found is None:
        alone = (api for api in apis if not api.service and api.specs[0].system_name == name)
        found = next(alone, None)
    if found is None:
        raise NotFound("There is no such API.")
    return found


def _authentication(ctx: PortalContext, service: Service) -> Told:
    """Tell where the gateway looks for credentials."""
    proxy = ctx.data.proxies[service.id]
    names = [proxy.auth_app_id, proxy.auth_app_key]
    if service.backend_version == "1":
        names = [proxy.auth_user_key]
    return {"location": proxy.credentials_location, "names": names}


def _anchor(portal: str, api: Api) -> str:
    """Name an API by where it is called; one that can't be called by where it is described."""
    if api.base_url:
        return api.base_url
    if api.specs:
        return f"{portal}{api.specs[0].page_path}"
    return f"{portal}{_path_of(META, api)}"


def _links(portal: str, api: Api) -> Told:
    """Write the links of an API. RFC 8631 names what each is."""
    docs = [link for spec in api.specs for link in _both(portal, spec.page_path, spec.name)]
    feeds = [{"href": f"{portal}{spec.page_path}/changes.atom", "type": ATOM} for spec in api.specs]
    told: Told = {"anchor": _anchor(portal, api)}
    if api.specs:
        told["service-desc"] = [
            {"href": f"{portal}{spec.path}", "type": JSON, "title": spec.name} for spec in api.specs
        ]
    told["service-doc"] = docs or _both(portal, FOLDER, api.name)
    told["service-meta"] = [{"href": f"{portal}{_path_of(META, api)}", "type": JSON}, *feeds]
    told["status"] = [{"href": f"{portal}{_path_of(STATUS, api)}", "type": JSON}]
    return told


def _both(portal: str, path: str, title: str) -> list[Told]:
    return [
        {"href": f"{portal}{path}", "type": HTML, "title": title},
        {"href": f"{portal}{markdown_path(path)}", "type": MARKDOWN, "title": title},
    ]


def _path_of(pattern: str, api: Api) -> str:
    name = api.service.system_name if api.service else api.specs[0].system_name
    return pattern.format(system_name=name)
