"""Usage limits of application plans. Source: reference-portal 1.4."""

from server.actions.plans.limits import LIMITS
from server.domain.plans.limits import UsageLimit
from server.rest.operations import list_row, rows_of
from server.rest.shapes import Links, Shape, columns

PATH = "/application_plans/{plan_id}/metrics/{metric_id}/limits"
LIMIT = Shape(
    name="limit",
    model=UsageLimit,
    parts=(
        *columns("id", "metric_id", "plan_id", "period", "value"),
        Links({"self": f"{PATH}/{{id}}"}),
    ),
)
OPERATIONS = (
    list_row(LIMITS, LIMIT, "/application_plans/{plan_id}/limits", is_paged=True),
    *rows_of(LIMITS, LIMIT, PATH),
)
