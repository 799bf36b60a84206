"""Deployed versions of a service's configuration: the history, and one document."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.services.configs import LISTING, configs_query, find_current_config
from server.actions.services.documents import document_of, shown_document, without_secrets
from server.admin.context import AdminContext
from server.admin.differences import Difference, differences_of
from server.admin.lists import Pager, page_through
from server.admin.render import render
from server.admin.services.services import get_service_in_path
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.services.configs import ENVIRONMENTS, ProxyConfig
from server.domain.services.services import Service


@dataclass(frozen=True, slots=True)
class ConfigsPage:
    """The versions of one environment, newest first."""

    service: Service
    environment: str
    environments: Sequence[str]
    configs: Pager[ProxyConfig]
    running: ProxyConfig | None


@dataclass(frozen=True, slots=True)
class ConfigPage:
    """One version: its document, and what promoting it would change."""

    service: Service
    config: ProxyConfig
    document: str
    production: ProxyConfig | None
    differences: Sequence[Difference]


def index(ctx: AdminContext) -> Response:
    service = get_service_in_path(ctx)
    environment = _environment(ctx)
    configs = page_through(ctx, LISTING, configs_query(ctx.actor, service.id, environment), size=50)
    running = find_current_config(ctx.db, service.id, environment)
    page = ConfigsPage(service, environment, ENVIRONMENTS, configs, running)
    return render(ctx, "configs/index.html.j2", page)


def show(ctx: AdminContext) -> Response:
    """Show one version, to who may change it; the secrets in it to who may read them."""
    ctx.actor.require(Permission.SERVICES_EDIT)
    service = get_service_in_path(ctx)
    query = configs_query(ctx.actor, service.id, _environment(ctx))
    config = ctx.db.exec(query.where(ProxyConfig.id == ctx.path_id("config_id"))).first()
    if config is None:
        raise NotFound("There is no such version.")
    production = find_current_config(ctx.db, service.id, "production")
    page = ConfigPage(
        service,
        config,
        json.dumps(shown_document(ctx, config), indent=2, ensure_ascii=False),
        production,
        _against(ctx, production, config) if production else [],
    )
    return render(ctx, "configs/show.html.j2", page)


def _against(
    ctx: AdminContext, production: ProxyConfig, config: ProxyConfig
) -> Sequence[Difference]:
    before, after = (document_of(ctx.installation, each) for each in (production, config))
    return differences_of(before, after, without_secrets)


def _environment(ctx: AdminContext) -> str:
    environment = str(ctx.request.path_params["environment"])
    if environment not in ENVIRONMENTS:
        raise NotFound("There is no such environment.")
    return environment
