"""ActiveDocs: the published specifications as pages, and as files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from sqlalchemy.orm import defer
from starlette.responses import JSONResponse, Response

from cms.liquid.drops.api_docs import ApiOperationDrop, ApiSpecDrop, SpecGroup, SpecGroupDrop
from cms.liquid.drops.api_operations import (
    ApiDetailsDrop,
    ApiSampleDrop,
    ApiVersionDrop,
    Console,
    ConsoleDrop,
)
from cms.liquid.drops.applications import ApplicationDrop
from cms.portal.context import PortalContext
from cms.portal.render import render_page
from server.actions.portal.api_docs import get_published_api_docs
from server.actions.portal.api_docs_versions import get_outline, list_versions
from server.domain.applications.applications import Application
from server.domain.errors import NotFound
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.specs.details import details_of, find_operation
from server.domain.portal.specs.operations import outline_of, readable
from server.domain.portal.specs.prepared import (
    Credentials,
    Target,
    picked,
    prepared,
    rest_of_path,
)
from server.domain.portal.specs.samples import call_of, samples_of
from server.domain.services.services import Service
from server.kit.ids import id_or_none
from server.kit.lru import LRU

FOLDER = "/swagger/spec/"
SPEC = FOLDER + "{system_name}.json"
PAGE = "/api_docs/specs/{system_name}"
MOST_AT_ONCE = 300  # operations that a browser shows in one console
MOST_VERSIONS = 30  # on one page
LARGEST = 1_500_000  # characters of a document that it is given
# Read documents, which nobody changes; what is larger than an eighth is read each time.
ONE_AT_A_TIME = Lock()  # reading the largest takes a second, and ten times its size
DOCUMENTS = LRU[Mapping[str, Any]](most_entries=32, most_bytes=8_000_000)


@dataclass(frozen=True)
class Spec:
    """One specification for the page that is about it."""

    ctx: PortalContext
    api_docs: ApiDocs

    @classmethod
    def of_path(cls, ctx: PortalContext) -> "Spec":
        """Find the one that the path names. Raises: NotFound."""
        name = str(ctx.request.path_params["system_name"])
        without_body = defer(ApiDocs.body)  # type: ignore[arg-type]  # a column on the class
        api_docs = get_published_api_docs(ctx, name, without_body)
        if not api_docs.outline:  # older than outlines: another process can't read its document
            api_docs.outline = outline_of(readable(api_docs.body), len(api_docs.body)).written()
            ctx.db.expunge(api_docs)
        return cls(ctx, api_docs)

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """The document, read; of a published specification nobody changes it."""
        key = self.api_docs.id, self.api_docs.updated_at
        found = DOCUMENTS.find(key)
        if found is None:
            with ONE_AT_A_TIME:
                found = readable(self.api_docs.body)
            DOCUMENTS.keep(key, found, len(self.api_docs.body))
        return found

    @cached_property
    def fits(self) -> bool:
        """Return whether browsers can show all of it at once."""
        outline = get_outline(self.api_docs)
        return outline.total <= MOST_AT_ONCE and outline.size <= LARGEST

    @cached_property
    def service(self) -> Service | None:
        """The API that it is of."""
        service_id = self.api_docs.service_id
        return self.ctx.data.row(Service, service_id) if service_id else None

    @cached_property
    def credentials(self) -> Credentials | None:
        """Where its gateway looks for credentials."""
        if self.service is None:
            return None
        proxy = self.ctx.data.proxies[self.service.id]
        names: tuple[str, ...] = (proxy.auth_app_id, proxy.auth_app_key)
        if self.service.backend_version == "1":
            names = (proxy.auth_user_key,)
        return Credentials(proxy.credentials_location, names)

    @cached_property
    def base_url(self) -> str:
        """Where its API can be called today; empty while it can't."""
        service = self.service
        environment = self.ctx.data.environment_of(service) if service else ""
        return self._gateway(environment) if environment else ""

    @cached_property
    def target(self) -> Target | None:
        """Where it is tried; as a path where the gateway is below the portal's own address."""
        if self.service is None or self.credentials is None or not self.base_url:
            return None
        portal = self.ctx.installation.addresses.portal(self.ctx.provider)
        own = [self._gateway(name) for name in ("production", "staging")]
        return Target(
            base_url=self.base_url.removeprefix(portal),
            upstream_url=self.ctx.data.proxies[self.service.id].api_backend,
            own_urls=(*own, *(url.removeprefix(portal) for url in own)),
            credentials=self.credentials,
        )

    @cached_property
    def applications(self) -> list[Application]:
        """The visitor's own applications whose keys fit."""
        if self.service is None or self.ctx.data.account_id is None:
            return []
        return [
            row
            for row in self.ctx.data.applications
            if row.service_id == self.service.id and row.state == "live"
        ]

    def keys(self) -> tuple[ApplicationDrop | None, Sequence[str]]:
        """Tell whose credentials samples show, and these; none for visitors."""
        wanted = id_or_none(self.ctx.param("application_id"))
        first = next(iter(self.applications), None)
        chosen = next((row for row in self.applications if row.id == wanted), first)
        if chosen is None:
            return None, ()
        drop = ApplicationDrop(chosen, self.ctx.data)
        if drop.user_key_mode:
            return drop, (drop.user_key,)
        return drop, (chosen.application_id, *drop.key_values[:1])

    def console(self, operation: str = "") -> ConsoleDrop:
        """Tell what the console of the whole, or of one operation, needs to know."""
        asked = f"?operation={operation}" if operation else ""
        told = Console(
            document_url=f"{self.api_docs.page_path}/document.json{asked}",
            service=self.service.system_name if self.service else "",
            base_url=self.base_url,
            fits=bool(operation) or self.fits,
        )
        return ConsoleDrop(told, self.ctx.data)

    def _gateway(self, environment: str) -> str:
        if self.service is None:
            return ""
        addresses = self.ctx.installation.addresses
        return addresses.gateway(self.ctx.provider, self.service, environment)


def show(ctx: PortalContext) -> Response:
    """Serve a specification as it was given. Raises: NotFound."""
    name = str(ctx.request.path_params["system_name"])
    api_docs = get_published_api_docs(ctx, name)
    return Response(api_docs.body, media_type="application/json")


def index(ctx: PortalContext) -> Response:
    """List the specifications by API."""
    known = {row.service_id for row in ctx.data.api_docs}
    services: list[Service | None] = [row for row in ctx.data.services if row.id in known]
    if None in known:
        services.append(None)
    groups = [SpecGroupDrop(SpecGroup(service), ctx.data) for service in services]
    return render_page(ctx, "api_docs/index", {"groups": groups})


def show_page(ctx: PortalContext) -> Response:
    """Show what is in a specification. Raises: NotFound."""
    spec = Spec.of_path(ctx)
    variables = {
        "spec": ApiSpecDrop(spec.api_docs, ctx.data),
        "console": spec.console(),
    }
    return render_page(ctx, "api_docs/show", variables)


def show_operation(ctx: PortalContext) -> Response:
    """Show one operation with samples. Raises: NotFound."""
    spec = Spec.of_path(ctx)
    slug = str(ctx.request.path_params["operation"])
    outline = get_outline(spec.api_docs)
    listed = [each.slug for each in outline.operations]
    found = find_operation(spec.document, slug)
    if slug not in listed or found is None:
        raise NotFound("There is no operation of this name.")
    details = details_of(spec.document, *found)
    at = listed.index(slug)
    drop = ApiSpecDrop(spec.api_docs, ctx.data)
    near = [
        ApiOperationDrop(outline.operations[index], drop) if 0 <= index < len(listed) else None
        for index in (at - 1, at, at + 1)
    ]
    application, keys = spec.keys()
    call = call_of(details, _sample_url(spec), spec.credentials, keys)
    variables = {
        "spec": drop,
        "operation": near[1],
        "previous": near[0],
        "next": near[2],
        "details": ApiDetailsDrop(details, ctx.data),
        "samples": [ApiSampleDrop(each, ctx.data) for each in samples_of(call)],
        "application": application,
        "applications": [ApplicationDrop(row, ctx.data) for row in spec.applications],
        "console": spec.console(slug),
    }
    return render_page(ctx, "api_docs/operation", variables)


def document(ctx: PortalContext) -> Response:
    """Serve the document for the console: converted, and to be tried at the gateway.

    Raises: NotFound.
    """
    spec = Spec.of_path(ctx)
    slug = ctx.request.query_params.get("operation", "")
    if not slug and not spec.fits:
        raise NotFound("This document is too large to be shown as a whole.")
    ready = prepared(spec.document, spec.target)
    if slug:
        found = find_operation(ready, slug)
        if found is None:
            raise NotFound("There is no operation of this name.")
        ready = picked(ready, found[0], found[1])
    try:
        return JSONResponse(ready)
    except RecursionError as error:
        raise NotFound("This document is nested too deep for a console.") from error


def changes(ctx: PortalContext) -> Response:
    """Tell what changed from version to version. Raises: NotFound."""
    spec = Spec.of_path(ctx)
    versions = list_versions(ctx, spec.api_docs, only_public=True)[:MOST_VERSIONS]
    variables = {
        "spec": ApiSpecDrop(spec.api_docs, ctx.data),
        "versions": [ApiVersionDrop(row, ctx.data) for row in versions],
    }
    return render_page(ctx, "api_docs/changes", variables)


def _sample_url(spec: Spec) -> str:
    """Tell where samples call: the gateway, else the server that the document names."""
    if spec.target is None:
        return spec.base_url or "https://api.example.com"
    return f"{spec.base_url.rstrip('/')}{rest_of_path(spec.document, spec.target)}"
