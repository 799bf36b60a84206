"""Usage limits of application plans. Source: reference-portal 1.4."""

from collections.abc import Mapping
from typing import Annotated, Any

from server.actions.plans.limits import LIMITS
from server.domain.attributes import Whole
from server.domain.drafts import Draft, changes_model, parse
from server.domain.errors import Invalid
from server.domain.plans.limits import MOST_VALUE, LimitPeriod, UsageLimit
from server.rest.context import RestContext
from server.rest.formats import Format
from server.rest.operations import create_row, delete_row, list_row, read_row, update_rows
from server.rest.shapes import Links, Shape, columns

PATH = "/application_plans/{plan_id}/metrics/{metric_id}/limits"
LIMIT = Shape(
    name="limit",
    model=UsageLimit,
    parts=(
        *columns("id", "metric_id", "plan_id", "period", "value"),
        *columns("created_at", "updated_at", only=Format.JSON),
        Links({"self": f"{PATH}/{{id}}"}),
    ),
)


class LimitBody(Draft):
    """What may be said of a limit that stands."""

    value: Annotated[int, Whole(0, MOST_VALUE)]
    period: LimitPeriod


LimitChanges = changes_model(LimitBody)


def _update(ctx: RestContext, row_id: int, values: Mapping[str, Any]) -> UsageLimit:
    """Change the value; the period, which clients send along, has to be the one there.

    Raises: Invalid.
    """
    given = parse(LimitChanges, values).given()
    period = LIMITS.get(ctx, row_id).period
    if given.pop("period", period) != period:
        raise Invalid(
            f"stays {period}. Delete this limit, and make another.",
            field="period",
        )
    return LIMITS.update(ctx, row_id, given)


OPERATIONS = (
    list_row(LIMITS, LIMIT, "/application_plans/{plan_id}/limits", is_paged=True),
    list_row(LIMITS, LIMIT, PATH),
    create_row(LIMITS, LIMIT, PATH),
    read_row(LIMITS, LIMIT, PATH),
    *update_rows(LIMITS, LIMIT, PATH, _update, LimitChanges),
    delete_row(LIMITS, PATH),
)
