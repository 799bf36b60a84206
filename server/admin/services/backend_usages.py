"""Which backend APIs a service is made of: mounted, moved, taken out."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col
from starlette.responses import Response

from server.actions.services.backend_apis import BACKEND_APIS, list_usages
from server.actions.services.backend_usages import BACKEND_USAGES
from server.actions.services.lookup import get_proxy
from server.admin.context import AdminContext
from server.admin.render import render
from server.admin.services.services import get_in_service, get_service_in_path
from server.domain.permissions import Permission
from server.domain.services.backend_apis import ROOT, BackendApi, BackendUsage
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service

MOST_CHOICES = 500


@dataclass(frozen=True, slots=True)
class BackendUsagesPage:
    """What a service is made of, and what else it could be."""

    service: Service
    proxy: Proxy
    usages: Sequence[tuple[BackendUsage, BackendApi]]
    choices: Sequence[tuple[str, str]]

    @property
    def takes_all(self) -> bool:
        """Return whether a backend API answers all that no other one does."""
        return any(usage.path == ROOT for usage, _ in self.usages)


@dataclass(frozen=True, slots=True)
class EditBackendUsagePage:
    service: Service
    usage: BackendUsage
    backend: BackendApi


def index(ctx: AdminContext) -> Response:
    service = get_service_in_path(ctx)
    usages = list_usages(ctx.db, service.id)
    query = BACKEND_APIS.query(ctx.actor)
    query = query.where(col(BackendApi.id).not_in([backend.id for _, backend in usages]))
    found = ctx.db.exec(query.order_by(col(BackendApi.name)).limit(MOST_CHOICES))
    choices = [(str(backend.id), backend.name) for backend in found]
    page = BackendUsagesPage(service, get_proxy(ctx.db, service), usages, choices)
    return render(ctx, "backend_usages/index.html.j2", page)


def create(ctx: AdminContext) -> Response:
    usage = BACKEND_USAGES.create(ctx, ctx.sent(BACKEND_USAGES), ctx.path_id("service_id"))
    return _back(ctx, usage, f"It is mounted at {usage.path}.")


def edit(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SERVICES_EDIT)
    service = get_service_in_path(ctx)
    usage = get_in_service(ctx, service, BACKEND_USAGES, "usage_id", "backend usage")
    backend = ctx.db.get_one(BackendApi, usage.backend_api_id)
    page = EditBackendUsagePage(service, usage, backend)
    return render(ctx, "backend_usages/edit.html.j2", page)


def update(ctx: AdminContext) -> Response:
    usage = BACKEND_USAGES.update(ctx, ctx.path_id("usage_id"), ctx.sent(BACKEND_USAGES))
    return _back(ctx, usage, f"It is mounted at {usage.path}.")


def delete(ctx: AdminContext) -> Response:
    usage = BACKEND_USAGES.delete(ctx, ctx.path_id("usage_id"))
    return _back(ctx, usage, "It is taken out.")


def _back(ctx: AdminContext, usage: BackendUsage, done: str) -> Response:
    notice = f"{done} Update & test staging to put it to work."
    return ctx.go(f"/services/{usage.service_id}/backends", notice)
