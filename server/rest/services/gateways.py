"""What gateways and their operators ask of a provider as a whole. Source: reference-portal 1.5."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from server.actions.secrets import reveal
from server.actions.services.configs import all_configs_query
from server.actions.services.documents import shown_document
from server.actions.services.policies import list_policy_schemas
from server.domain.permissions import Permission
from server.domain.services.configs import ProxyConfig
from server.domain.services.services import Service
from server.rest.context import RestContext
from server.rest.formats import time_of
from server.rest.operations import Operation
from server.rest.services.data import Plain


def _spec(ctx: RestContext) -> dict[str, Any]:
    """Tell all that production gateways run."""
    there = select(Service.id).where(Service.state != "deleted")
    query = all_configs_query(ctx.actor).where(
        ProxyConfig.environment == "production", col(ProxyConfig.service_id).in_(there)
    )
    newest = query.with_only_columns(func.max(ProxyConfig.id)).group_by(col(ProxyConfig.service_id))
    found = ctx.db.exec(query.where(col(ProxyConfig.id).in_(newest)).order_by(col(ProxyConfig.id)))
    return {
        "id": ctx.provider.id,
        "provider_key": reveal(ctx, ctx.provider, "provider_key_sealed"),
        "services": [shown_document(ctx, config) for config in found],
        "timestamp": time_of(ctx.now),
    }


def _policies(ctx: RestContext) -> dict[str, Any]:
    """Tell the policies there are, each with the schemas of its versions."""
    return dict(list_policy_schemas(ctx))


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "GET",
        "/nginx/spec",
        "Show the configuration of all services as gateways read it.",
        Permission.SERVICES_READ,
        _spec,
        Plain({"type": "object"}),
        only_json=True,
    ),
    Operation(
        "GET",
        "/policies",
        "List the policies that a chain may have, by name, each with its versions.",
        Permission.SERVICES_READ,
        _policies,
        Plain(
            {
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "object"}},
            }
        ),
        only_json=True,
    ),
)
