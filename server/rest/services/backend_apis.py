"""Backend APIs with what they count, and where services use them. Source: reference-portal 1.5."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from server.actions.resources import Parent, Resource
from server.actions.services.backend_apis import BACKEND_APIS
from server.actions.services.backend_usages import BACKEND_USAGES
from server.actions.services.mapping_rules import BACKEND_RULES
from server.actions.services.metrics import BACKEND_METRICS, METRICS, create_method
from server.actions.work import Work
from server.domain.drafts import changes_model
from server.domain.services.backend_apis import BackendApi, BackendApiDraft, BackendUsage
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import Metric
from server.rest.annotations import Annotations, AnnotationsGiven, with_annotations
from server.rest.operations import (
    Operation,
    create_row,
    delete_row,
    list_row,
    read_row,
    rows_of,
    update_rows,
)
from server.rest.services.mapping_rules import SHARED as OF_RULE
from server.rest.services.mapping_rules import in_order
from server.rest.services.metrics import MethodChanges, MethodDraft
from server.rest.shapes import Links, Shape, columns, computed

PATH = "/backend_apis"
METRIC_PATH = f"{PATH}/{{backend_api_id}}/metrics"
METHOD_PATH = f"{METRIC_PATH}/{{parent_id}}/methods"
RULE_PATH = f"{PATH}/{{backend_api_id}}/mapping_rules"
USAGE_PATH = "/services/{service_id}/backend_usages"
BACKEND_API = Shape(
    name="backend_api",
    model=BackendApi,
    parts=(
        *columns("id", "name", "system_name", "description", "private_endpoint"),
        computed("account_id", int, lambda backend: backend.provider_id),
        Annotations(),
        *columns("created_at", "updated_at"),
        Links(
            {
                "self": f"{PATH}/{{id}}",
                "metrics": f"{PATH}/{{id}}/metrics",
                "mapping_rules": f"{PATH}/{{id}}/mapping_rules",
            }
        ),
    ),
)
OF_METRIC = (
    *columns("id"),
    computed("name", str, lambda metric: metric.system_name),
    *columns("system_name", "friendly_name", "backend_api_id", "description"),
)
METRIC = Shape(
    name="metric",
    title="BackendMetric",
    model=Metric,
    parts=(
        *OF_METRIC,
        *columns("unit", "created_at", "updated_at"),
        *columns("parent_id", hides=True),  # of methods, which are listed, too
        Links({"backend_api": f"{PATH}/{{backend_api_id}}", "self": f"{METRIC_PATH}/{{id}}"}),
    ),
)
METHOD = Shape(
    name="method",
    title="BackendMethod",
    model=Metric,
    parts=(
        *OF_METRIC,
        computed("parent_id", int, lambda method: method.parent_id),
        *columns("created_at", "updated_at"),
        Links({"parent": f"{METRIC_PATH}/{{parent_id}}", "self": f"{METHOD_PATH}/{{id}}"}),
    ),
)
RULE = Shape(
    name="mapping_rule",
    title="BackendMappingRule",
    model=MappingRule,
    parts=(*OF_RULE, Links({"self": f"{RULE_PATH}/{{id}}"})),
)
USAGE = Shape(
    name="backend_usage",
    model=BackendUsage,
    parts=(
        *columns("id", "path", "service_id"),
        computed("backend_id", int, lambda usage: usage.backend_api_id),
        Links(
            {
                "self": f"{USAGE_PATH}/{{id}}",
                "service": "/services/{service_id}",
                "backend_api": f"{PATH}/{{backend_api_id}}",
            }
        ),
    ),
)
METHODS: Resource[Metric] = replace(
    METRICS, name="method", parent=Parent(column="parent_id", get=METRICS.get)
)


class BackendApiBody(BackendApiDraft):
    """What a backend API is made of, and who keeps it."""

    annotations: AnnotationsGiven = {}


BackendApiChanges = changes_model(BackendApiBody)


def _create(work: Work, values: Mapping[str, Any], _parent_id: int | None) -> BackendApi:
    return BACKEND_APIS.create(work, with_annotations(values))


def _update(work: Work, backend_id: int, values: Mapping[str, Any]) -> BackendApi:
    return BACKEND_APIS.update(work, backend_id, with_annotations(values))


def _in_json(*operations: Operation) -> tuple[Operation, ...]:
    """There is no XML of these; their lists come in pages."""
    return tuple(
        replace(
            each,
            only_json=True,
            answer=_paged(each.answer) if each.method == "GET" else each.answer,
        )
        for each in operations
    )


def _paged(answer: Any) -> Any:
    return replace(answer, is_paged=True) if hasattr(answer, "is_paged") else answer


OPERATIONS = _in_json(
    list_row(BACKEND_APIS, BACKEND_API, PATH),
    create_row(BACKEND_APIS, BACKEND_API, PATH, _create, BackendApiBody),
    read_row(BACKEND_APIS, BACKEND_API, PATH),
    *update_rows(BACKEND_APIS, BACKEND_API, PATH, _update, BackendApiChanges),
    delete_row(BACKEND_APIS, PATH),
    *rows_of(BACKEND_METRICS, METRIC, METRIC_PATH),
    list_row(METHODS, METHOD, METHOD_PATH),
    create_row(METHODS, METHOD, METHOD_PATH, create_method, MethodDraft),
    read_row(METHODS, METHOD, METHOD_PATH),
    *update_rows(METHODS, METHOD, METHOD_PATH, METRICS.update, MethodChanges),
    delete_row(METHODS, METHOD_PATH),
    *in_order(rows_of(BACKEND_RULES, RULE, RULE_PATH)),
    *rows_of(BACKEND_USAGES, USAGE, USAGE_PATH),
)
