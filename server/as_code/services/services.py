"""Services: one file each."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import select

from server.actions.plans.plans import SERVICE_PLANS
from server.actions.services.mapping_rules import MAPPING_RULES, list_rules
from server.actions.services.services import (
    SERVICES,
    create_service,
    delete_service,
    make_default_service,
    update_service,
)
from server.as_code.entries import Entry
from server.as_code.fields import Field, FieldKind
from server.as_code.resources import ResourceTopic
from server.as_code.topic import Workspace
from server.domain.plans.plans import ServicePlan
from server.domain.services.services import Service
from server.kit.numbering import numbered


class Services(ResourceTopic):
    file = "services/*.yaml"
    extra = (Field(name="default", kind=FieldKind.FLAG, default=False),)
    order = ("system_name", "name", "default")

    def values(self, workspace: Workspace, row: Any) -> dict[str, Any]:
        return {**super().values(workspace, row), "default": row.is_default}

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
        SERVICES.update(workspace, service.id, changes)  # its proxy, which follows, deploys it
        return service.id

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        service_id, wanted = workspace.ids[entry.key], dict(changes)
        if wanted.pop("default", False):  # it is not taken away, only taken over
            make_default_service(workspace, service_id)
        update_service(workspace, service_id, wanted)

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        delete_service(workspace, workspace.ids[entry.key])


SERVICE_TOPIC = Services(SERVICES)
