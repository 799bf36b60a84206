"""Services. Source: reference-portal 1.5, 4.3."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import col, select

from server.actions.services.services import (
    SERVICES,
    create_service,
    delete_service,
    move_service,
    update_service,
)
from server.actions.work import Work
from server.domain.drafts import changes_model, parse
from server.domain.errors import Invalid
from server.domain.services.metrics import Metric
from server.domain.services.services import Service, ServiceDraft, ServiceEvent
from server.rest.annotations import Annotations, AnnotationsGiven, with_annotations
from server.rest.formats import Format
from server.rest.operations import create_row, delete_row, list_row, read_row, update_rows
from server.rest.services.data import Data
from server.rest.services.metrics import METHOD, METRIC
from server.rest.shapes import Inside, Links, Shape, columns, computed

PATH = "/services"
CHANNELS = ("web_provider", "email_provider", "web_buyer", "email_buyer")
LEVELS = {"type": "array", "items": {"type": "integer"}}
SETTINGS = {
    "type": "object",
    "properties": dict.fromkeys(CHANNELS, LEVELS),
    "required": list(CHANNELS),
}


def _tops(work: Work, services: Sequence[Service]) -> Mapping[int, Sequence[Metric]]:
    return _metrics(work, services, are_methods=False)


def _methods(work: Work, services: Sequence[Service]) -> Mapping[int, Sequence[Metric]]:
    return _metrics(work, services, are_methods=True)


def _metrics(
    work: Work, services: Sequence[Service], *, are_methods: bool
) -> Mapping[int, Sequence[Metric]]:
    parent = col(Metric.parent_id)
    query = select(Metric).where(col(Metric.service_id).in_([each.id for each in services]))
    query = query.where(parent.is_not(None) if are_methods else parent.is_(None))
    found: dict[int, list[Metric]] = {}
    for metric in work.db.exec(query.order_by(col(Metric.id))):
        found.setdefault(metric.service_id or 0, []).append(metric)
    return found


def _told_settings(service: Service) -> dict[str, list[int]]:
    """Tell from which shares of a limit on who is told how."""
    return {
        channel: [int(level) for level in getattr(service, f"{channel}_levels").split()]
        for channel in CHANNELS
    }


def _mode(service: Service) -> str:
    """Tell how callers say who they are; `oidc` is what clients ask for, and are told."""
    return "oidc" if service.backend_version == "oauth" else service.backend_version


SERVICE = Shape(
    name="service",
    model=Service,
    parts=(
        *columns("id"),
        computed("account_id", int, lambda service: service.provider_id),
        *columns("name", "state", "system_name", "description", "support_email"),
        computed("backend_version", str, _mode),
        *columns("deployment_option", "intentions_required"),
        *columns("buyers_manage_apps", "buyers_manage_keys", "custom_keys_enabled"),
        *columns("referrer_filters_required", "mandatory_app_key"),
        *columns("buyer_key_regenerate_enabled", "buyer_can_select_plan"),
        *columns("buyer_plan_change_permission", "staging_offered"),
        Data(
            "notification_settings",
            load=lambda _work, _rows: _told_settings,
            described=SETTINGS,
        ),
        Inside("metrics", ((METRIC, _tops), (METHOD, _methods)), only=Format.XML),
        Annotations(),
        *columns("created_at", "updated_at"),
        Links(
            {
                "self": f"{PATH}/{{id}}",
                "metrics": f"{PATH}/{{id}}/metrics",
                "service_plans": f"{PATH}/{{id}}/service_plans",
                "application_plans": f"{PATH}/{{id}}/application_plans",
                "features": f"{PATH}/{{id}}/features",
                "proxy": f"{PATH}/{{id}}/proxy",
                "backend_usages": f"{PATH}/{{id}}/backend_usages",
            }
        ),
    ),
)


class ServiceBody(ServiceDraft):
    """What a service is made of, what happens to its state, who is told of limits, who keeps it."""

    annotations: AnnotationsGiven = {}
    state_event: ServiceEvent | None = None
    notification_settings: dict[str, list[Any]] | None = None


ServiceChanges = changes_model(ServiceBody)


def _parted(values: Mapping[str, Any], model: type[Any]) -> tuple[dict[str, Any], str | None]:
    """Take apart what is the service's own and what happens to its state. Raises: Invalid."""
    given = with_annotations(parse(model, values).given())
    event = given.pop("state_event", None)
    settings = given.pop("notification_settings", None) or {}
    for channel, levels in settings.items():
        if channel not in CHANNELS:
            raise Invalid(f"must be of {', '.join(CHANNELS)}.", field="notification_settings")
        given[f"{channel}_levels"] = " ".join(str(level) for level in levels)
    return given, event


def _create(work: Work, values: Mapping[str, Any], _parent_id: int | None) -> Service:
    given, event = _parted(values, ServiceBody)
    service = create_service(work, given)
    return move_service(work, service.id, event) if event else service


def _update(work: Work, service_id: int, values: Mapping[str, Any]) -> Service:
    given, event = _parted(values, ServiceChanges)
    service = update_service(work, service_id, given)
    return move_service(work, service.id, event) if event else service


CALLED = tuple((f"{channel}_levels", "notification_settings") for channel in CHANNELS)
OPERATIONS = (
    list_row(SERVICES, SERVICE, PATH, is_paged=True),
    replace(create_row(SERVICES, SERVICE, PATH, _create, ServiceBody), called=CALLED),
    read_row(SERVICES, SERVICE, PATH),
    *(
        replace(row, called=CALLED)
        for row in update_rows(SERVICES, SERVICE, PATH, _update, ServiceChanges)
    ),
    delete_row(SERVICES, PATH, delete_service),
)
