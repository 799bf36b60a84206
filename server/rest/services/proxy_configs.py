"""Deployed versions, as providers see them and gateways read them.

Source: reference-portal 1.5, 9.4; reference-gateway 2.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.services.configs import (
    all_configs_query,
    configs_query,
    find_current_config,
    promote,
)
from server.actions.services.documents import shown_document
from server.actions.services.lookup import get_service
from server.actions.work import Work
from server.domain.attributes import ShortText
from server.domain.drafts import Draft
from server.domain.errors import Invalid, NotFound
from server.domain.fields import is_comparable
from server.domain.permissions import Permission
from server.domain.provider.hosts import Host, name_of
from server.domain.services.configs import ProxyConfig
from server.domain.services.services import Service
from server.kit.ids import MOST_ID, id_or_none
from server.rest.answers import Listed, Made, One
from server.rest.context import RestContext
from server.rest.operations import Operation
from server.rest.services.data import Data
from server.rest.shapes import Shape, columns, computed

PATH = "/services/{service_id}/proxy/configs/{environment}"
# What the reference calls an environment; gateways of its kind ask for `staging`.
ENVIRONMENTS = {"sandbox": "staging", "staging": "staging", "production": "production"}
NAMES = {"staging": "sandbox", "production": "production"}
LATEST = "latest"


def _contents(
    work: Work, _configs: Sequence[ProxyConfig]
) -> Callable[[ProxyConfig], dict[str, Any]]:
    return lambda config: shown_document(work, config)


CONFIG = Shape(
    name="proxy_config",
    model=ProxyConfig,
    parts=(
        *columns("id", "version"),
        computed("environment", str, lambda config: NAMES[config.environment]),
        Data("content", load=_contents, described={"type": "object"}),
    ),
)


class Promotion(Draft):
    """Where a version goes."""

    to: ShortText


class OfHost(Draft):
    """Whose gateway answers at a host."""

    host: ShortText = ""


class ForGateways(OfHost):
    """Which versions a gateway asks for: a number, `latest`, or all."""

    version: ShortText = ""


def environment_of(ctx: RestContext) -> str:
    """Read the environment in the path. Raises: Invalid."""
    name = str(ctx.path["environment"])
    if name not in ENVIRONMENTS:
        raise Invalid("must be sandbox (or staging) or production.", field="environment")
    return ENVIRONMENTS[name]


def _of_service(ctx: RestContext) -> SelectOfScalar[ProxyConfig]:
    service = get_service(ctx, ctx.path_id("service_id"))
    return configs_query(ctx.actor, service.id, environment_of(ctx))


def _latest(ctx: RestContext) -> ProxyConfig:
    service, environment = get_service(ctx, ctx.path_id("service_id")), environment_of(ctx)
    ctx.actor.require(Permission.SERVICES_READ)
    found = find_current_config(ctx.db, service.id, environment)
    if found is None:
        raise NotFound("There is no version yet.", field="version")
    return found


def _one(ctx: RestContext) -> ProxyConfig:
    number = ctx.path_id("version") or 0
    query = _of_service(ctx).where(ProxyConfig.version == min(number, MOST_ID))
    found = ctx.db.exec(query.order_by(col(ProxyConfig.id).desc())).first()
    if found is None:
        raise NotFound("There is no such version.", field="version")
    return found


def _promote(ctx: RestContext) -> ProxyConfig:
    given, source = ctx.given(Promotion), environment_of(ctx)
    target = ENVIRONMENTS.get(str(given.get("to", "")))
    if target != "production" or source != "staging":
        raise Invalid("must be production, to which sandbox versions go.", field="to")
    return promote(ctx, ctx.path_id("service_id") or 0, _one(ctx).version)


def _live(ctx: RestContext) -> SelectOfScalar[ProxyConfig]:
    """Select the versions of all services that are there, in the environment of the path."""
    there = select(Service.id).where(Service.state != "deleted")
    query = all_configs_query(ctx.actor).where(ProxyConfig.environment == environment_of(ctx))
    return query.where(col(ProxyConfig.service_id).in_(there))


def at_host(
    ctx: RestContext, query: SelectOfScalar[ProxyConfig], host: str
) -> SelectOfScalar[ProxyConfig]:
    """Keep those whose gateway answers at a host in this environment."""
    name = host.strip().lower().partition(":")[0]
    known = name_of(name, ctx.installation.addresses.domain) if is_comparable(name) else ""
    named = select(Host.service_id).where(
        Host.name == known, Host.environment == environment_of(ctx)
    )
    return query.where(col(ProxyConfig.service_id).in_(named))


def newest(query: SelectOfScalar[ProxyConfig]) -> SelectOfScalar[ProxyConfig]:
    """Keep of each service what was deployed last."""
    last = query.with_only_columns(func.max(ProxyConfig.id)).group_by(col(ProxyConfig.service_id))
    return query.where(col(ProxyConfig.id).in_(last))


def _by_host(ctx: RestContext) -> SelectOfScalar[ProxyConfig]:
    host = ctx.given(OfHost).get("host", "")
    query = newest(_live(ctx))
    return at_host(ctx, query, host) if host else query


def _for_gateways(ctx: RestContext) -> SelectOfScalar[ProxyConfig]:
    wanted: Mapping[str, Any] = ctx.given(ForGateways)
    query, version = _live(ctx), wanted.get("version", "")
    if version == LATEST:
        query = newest(query)
    elif version:
        number = id_or_none(version)
        if number is None:
            raise Invalid("must be a number, or latest.", field="version")
        query = query.where(ProxyConfig.version == number)
    return at_host(ctx, query, wanted["host"]) if wanted.get("host") else query


def _reads(path: str, summary: str, run: Any, answer: Any, **more: Any) -> Operation:
    return Operation(
        "GET", path, summary, Permission.SERVICES_READ, run, answer, only_json=True, **more
    )


OPERATIONS: tuple[Operation, ...] = (
    _reads(PATH, "List a service's versions in an environment.", _of_service, Listed(CONFIG)),
    _reads(f"{PATH}/latest", "Show what an environment runs.", _latest, One(CONFIG)),
    _reads(PATH + "/{version}", "Show a version.", _one, One(CONFIG)),
    Operation(
        "POST",
        PATH + "/{version}/promote",
        "Promote a version to production, where it keeps its number.",
        Permission.SERVICES_EDIT,
        _promote,
        Made(CONFIG, "/services/{service_id}/proxy/configs/production/latest"),
        takes=Promotion,
        only_json=True,
    ),
    _reads(
        "/services/proxy/configs/{environment}",
        "List what the gateways of all services run, or of those at a host.",
        _by_host,
        Listed(CONFIG),
        filters=OfHost,
    ),
    _reads(
        "/account/proxy_configs/{environment}",
        "List versions of all services, for gateways that read them.",
        _for_gateways,
        Listed(CONFIG, is_paged=True),
        filters=ForGateways,
    ),
)
