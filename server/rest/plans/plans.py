"""Plans of three kinds. Source: reference-portal 1.4."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from sqlmodel.sql.expression import SelectOfScalar

from server.actions.plans.custom_plans import shared_plans
from server.actions.plans.plans import (
    ACCOUNT_PLANS,
    APPLICATION_PLANS,
    SERVICE_PLANS,
    hide_plan,
    make_default_plan,
    publish_plan,
)
from server.actions.resources import Resource
from server.actions.services.lookup import get_service
from server.actions.work import Work
from server.domain.drafts import changes_model, clean_attribute
from server.domain.plans.plans import ApplicationPlan, Plan, PlanDraft
from server.rest.context import RestContext
from server.rest.formats import Format
from server.rest.operations import (
    Operation,
    act_row,
    create_row,
    delete_row,
    list_row,
    read_row,
    update_rows,
)
from server.rest.shapes import Field, Links, Shape, always, columns, computed

ATTRIBUTES = (
    computed("custom", bool, lambda plan: plan.is_custom),
    computed("default", bool, lambda plan: plan.is_default),
)


def short_amount(amount: Decimal) -> Decimal:
    """Write an amount as short as the reference does: `0.0`, `9.9`, `9.95`."""
    short = amount.normalize()
    is_whole = short == short.to_integral_value()
    return short.quantize(Decimal("0.1")) if is_whole else short


def _amount(name: str) -> Field:
    """Make a field of a price."""
    return computed(name, Decimal, lambda plan: short_amount(getattr(plan, name)))


TRIAL = columns("trial_period_days")
# Where trials are no matter as a rule, the reference writes none instead of zero days in XML.
RARE_TRIAL = (
    computed(
        "trial_period_days",
        int | None,
        lambda plan: plan.trial_period_days or None,
        only=Format.XML,
    ),
    *columns("trial_period_days", only=Format.JSON),
)


OF_SERVICE = {"service": "/services/{service_id}"}


def _shape(
    resource: Resource[Any], path: str, trial: tuple[Field, ...], *more: Field
) -> Shape[Any]:
    parts = (
        *columns("id", "name"),
        always("type", resource.name),
        *columns("state", "approval_required"),
        _amount("setup_fee"),
        _amount("cost_per_month"),
        *trial,
        always("cancellation_period", 0),
        *more,
        *columns("system_name", "created_at", "updated_at", only=Format.JSON),
        Links({**(OF_SERVICE if more else {}), "self": f"{path}/{{id}}"}),
    )
    return Shape(
        name=resource.name,
        model=resource.model,
        parts=parts,
        element="plan",
        plural="plans",
        attributes=ATTRIBUTES,
    )


class PlanEvent(StrEnum):
    """What may happen to a plan's state."""

    PUBLISH = "publish"
    HIDE = "hide"


class PlanBody(PlanDraft):
    """What a plan is made of, and whether developers shall see it."""

    state_event: PlanEvent | None = None


PlanBodyChanges = changes_model(PlanBody)
MOVES: Mapping[str, Callable[..., Plan]] = {"publish": publish_plan, "hide": hide_plan}


def _create(
    resource: Resource[Any], work: Work, values: Mapping[str, Any], parent_id: int | None
) -> Plan:
    event, given = _event_of(values)
    return _moved(work, resource.create(work, given, parent_id), event)


def _update(resource: Resource[Any], work: Work, plan_id: int, values: Mapping[str, Any]) -> Plan:
    event, given = _event_of(values)
    return _moved(work, resource.update(work, plan_id, given), event)


def _event_of(values: Mapping[str, Any]) -> tuple[str | None, Mapping[str, Any]]:
    event = clean_attribute(PlanBody, "state_event", values.get("state_event"))
    return event, {name: value for name, value in values.items() if name != "state_event"}


def _moved(work: Work, plan: Any, event: str | None) -> Plan:
    return MOVES[event](work, type(plan), plan.id) if event else plan


def _rows(resource: Resource[Any], shape: Shape[Any], path: str) -> tuple[Operation, ...]:
    default = partial(_make_default, resource)
    return (
        list_row(resource, shape, path),
        create_row(resource, shape, path, partial(_create, resource), PlanBody),
        read_row(resource, shape, path),
        *update_rows(resource, shape, path, partial(_update, resource), PlanBodyChanges),
        delete_row(resource, path),
        act_row(resource, shape, f"{path}/{{id}}/default", "Give it to who names none.", default),
    )


def _make_default(resource: Resource[Plan], work: Work, plan_id: int) -> Plan:
    return make_default_plan(work, resource.model, plan_id)


def _list_of_service(ctx: RestContext) -> SelectOfScalar[ApplicationPlan]:
    """Select the plans of a service but those made for one application. Raises: NotFound."""
    service = get_service(ctx, ctx.path_id("service_id"))
    return shared_plans(ctx.actor).where(ApplicationPlan.service_id == service.id)


ACCOUNT_PATH = "/account_plans"
SERVICE_PATH = "/services/{service_id}/service_plans"
APPLICATION_PATH = "/services/{service_id}/application_plans"
ACCOUNT_PLAN = _shape(ACCOUNT_PLANS, ACCOUNT_PATH, RARE_TRIAL)
SERVICE_PLAN = _shape(SERVICE_PLANS, SERVICE_PATH, RARE_TRIAL, *columns("service_id"))
APPLICATION_PLAN = _shape(APPLICATION_PLANS, APPLICATION_PATH, TRIAL, *columns("service_id"))
OPERATIONS = (
    *_rows(ACCOUNT_PLANS, ACCOUNT_PLAN, ACCOUNT_PATH),
    list_row(SERVICE_PLANS, SERVICE_PLAN, "/service_plans"),
    *_rows(SERVICE_PLANS, SERVICE_PLAN, SERVICE_PATH),
    replace(
        list_row(APPLICATION_PLANS, APPLICATION_PLAN, "/application_plans"),
        run=lambda ctx: shared_plans(ctx.actor),
    ),
    replace(list_row(APPLICATION_PLANS, APPLICATION_PLAN, APPLICATION_PATH), run=_list_of_service),
    *_rows(APPLICATION_PLANS, APPLICATION_PLAN, APPLICATION_PATH)[1:],
)
