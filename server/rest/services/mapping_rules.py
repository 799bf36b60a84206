"""Mapping rules of services, as gateways ask them. Source: reference-portal 1.5."""

from dataclasses import replace
from typing import Any

from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.resources import Resource
from server.actions.services.mapping_rules import MAPPING_RULES
from server.domain.services.mapping_rules import MappingRule
from server.rest.context import RestContext
from server.rest.formats import Format
from server.rest.operations import Operation, rows_of
from server.rest.shapes import Links, Shape, columns

PATH = "/services/{service_id}/proxy/mapping_rules"
SHARED = (
    *columns("id", "metric_id", "pattern", "http_method", "delta", "position", "last"),
    *columns("redirect_url", hides=True),
    *columns("created_at", "updated_at"),
)
MAPPING_RULE = Shape(
    name="mapping_rule",
    model=MappingRule,
    parts=(
        *SHARED,
        Links(
            {
                "self": f"{PATH}/{{id}}",
                "service": "/services/{service_id}",
                "proxy": "/services/{service_id}/proxy",
            },
            only=Format.JSON,
        ),
    ),
)


def in_order(rows: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """List rules as gateways ask them, not as they were made."""
    listing, *others = rows

    def run(ctx: RestContext) -> SelectOfScalar[Any]:
        query: SelectOfScalar[Any] = listing.run(ctx)
        return query.order_by(col(MappingRule.position))

    return (replace(listing, run=run), *others)


def rule_rows(resource: Resource[Any], shape: Shape[Any], path: str) -> tuple[Operation, ...]:
    """Make the rows of the rules of an owner."""
    return in_order(rows_of(resource, shape, path))


OPERATIONS = rule_rows(MAPPING_RULES, MAPPING_RULE, PATH)
