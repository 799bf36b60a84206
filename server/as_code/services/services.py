"""Services: one file each."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import select

from server.actions.plans.plans import SERVICE_PLANS
from server.actions.services.lookup import get_service
from server.actions.services.mapping_rules import MAPPING_RULES, list_rules
from server.actions.services.services import (
    SERVICES,
    create_service,
    delete_service,
    make_default_service,
    move_service,
    update_service,
)
from server.as_code.entries import Entry
from server.as_code.fields import Field, FieldKind
from server.as_code.resources import ResourceTopic
from server.as_code.topic import Workspace
from server.domain.errors import Conflict, Invalid
from server.domain.plans.plans import ServicePlan
from server.domain.services.services import Service
from server.domain.states import SERVICE, way_to
from server.kit.numbering import numbered

STATES = frozenset(to_state for _, to_state in SERVICE.values()) - {"deleted"} | {"incomplete"}


def _check_state(text: str) -> str:
    """Check a state of a service. Raises: Invalid."""
    if text not in STATES:
        raise Invalid(f"must be one of {', '.join(sorted(STATES))}.")
    return text


class Services(ResourceTopic):
    file = "services/*.yaml"
    extra = (
        Field(name="default", kind=FieldKind.FLAG, default=False),
        Field(name="state", check=_check_state, default="published"),
    )
    order = ("system_name", "name", "default")

    def values(self, workspace: Workspace, row: Any) -> dict[str, Any]:
        return {
            **super().values(workspace, row),
            "default": row.is_default,
            "state": row.state,
        }

    def create(self, workspace: Workspace, entry: Entry) -> int:
        """Make it bare: the rule and the plan of every new service may be unwanted."""
        names = {name: entry.values[name] for name in ("name", "system_name")}
        with numbered(workspace.db, Service, workspace.given_ids.get(entry.key)):
            service = create_service(workspace, names)
        for rule in list_rules(workspace.db, service.id):
            MAPPING_RULES.delete(workspace, rule.id)
        plans = select(ServicePlan).where(ServicePlan.service_id == service.id)
        for plan in workspace.db.exec(plans):
            SERVICE_PLANS.delete(workspace, plan.id)
        changes = {name: value for name, value in entry.values.items() if name not in names}
        if changes.pop("default"):
            make_default_service(workspace, service.id)
        _bring_to(workspace, service, changes.pop("state"))
        SERVICES.update(workspace, service.id, changes)  # its proxy, which follows, deploys it
        return service.id

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        service_id, wanted = workspace.ids[entry.key], dict(changes)
        if wanted.pop("default", False):  # it is not taken away, only taken over
            make_default_service(workspace, service_id)
        if state := wanted.pop("state", None):
            _bring_to(workspace, get_service(workspace, service_id), state)
        if wanted or "default" not in changes:
            update_service(workspace, service_id, wanted)

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        delete_service(workspace, workspace.ids[entry.key])


def _bring_to(workspace: Workspace, service: Service, state: str) -> None:
    """Let happen what leads to a state. Raises: Conflict when nothing does."""
    way = way_to(SERVICE, service.state, state)
    if way is None:
        raise Conflict(f"Nothing leads from {service.state} to {state}.", field="state")
    for event in way:
        move_service(workspace, service.id, event)


SERVICE_TOPIC = Services(SERVICES)
