"""Metrics of services, and the methods under `hits`. Source: reference-portal 1.5."""

from dataclasses import replace

from server.actions.resources import Parent
from server.actions.services.metrics import METRICS, create_method
from server.domain.attributes import Description, Name, SystemName
from server.domain.drafts import Draft, changes_model
from server.domain.services.metrics import Metric
from server.rest.formats import Format
from server.rest.operations import (
    create_row,
    delete_row,
    list_row,
    read_row,
    rows_of,
    update_rows,
)
from server.rest.shapes import Links, Shape, columns, computed

METRIC_PATH = "/services/{service_id}/metrics"
METHOD_PATH = "/services/{service_id}/metrics/{parent_id}/methods"
SHARED = (
    *columns("id"),
    computed("name", str, lambda metric: metric.system_name),
    *columns("system_name", "friendly_name", "service_id", "description"),
)
TIMES = columns("created_at", "updated_at", only=Format.JSON)
METRIC = Shape(
    name="metric",
    model=Metric,
    parts=(
        *SHARED,
        *columns("unit"),
        *columns("parent_id", hides=True, only=Format.JSON),  # of methods, which are listed, too
        *TIMES,
        Links({"service": "/services/{service_id}", "self": f"{METRIC_PATH}/{{id}}"}),
    ),
)
METHOD = Shape(
    name="method",
    model=Metric,
    parts=(
        *SHARED,
        computed("metric_id", int, lambda method: method.parent_id),
        *TIMES,
        Links({"parent": f"{METRIC_PATH}/{{parent_id}}", "self": f"{METHOD_PATH}/{{id}}"}),
    ),
)


class MethodDraft(Draft):
    """What a method is made of; it counts in the unit of `hits`."""

    friendly_name: Name
    system_name: SystemName = ""
    description: Description = ""


# The path names the metric that a method is under by the column that does.
METHODS = replace(METRICS, name="method", parent=Parent(column="parent_id", get=METRICS.get))
MethodChanges = changes_model(MethodDraft)
OPERATIONS = (
    *rows_of(METRICS, METRIC, METRIC_PATH),
    list_row(METHODS, METHOD, METHOD_PATH),
    create_row(METHODS, METHOD, METHOD_PATH, create_method, MethodDraft),
    read_row(METHODS, METHOD, METHOD_PATH),
    *update_rows(METHODS, METHOD, METHOD_PATH, METRICS.update, MethodChanges),
    delete_row(METHODS, METHOD_PATH),
)
