"""Services: one file each."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import select

from server.actions.plans.plans import SERVICE_PLANS
from server.actions.services.mapping_rules import MAPPING_RULES, list_rules
from server.actions.services.services import (
    FLAGS,
    RULES,
    NewService,
    create_service,
    delete_service,
    make_default_service,
    services_query,
    update_service,
)
from server.as_code.entries import Entry
from server.as_code.fields import Field, FieldKind, columns
from server.as_code.topic import Row, Topic, Workspace
from server.domain.fields import clean_system_name
from server.domain.plans.plans import ServicePlan
from server.domain.services.services import Service

COLUMNS = (
    "description",
    "support_email",
    "backend_version",
    *FLAGS,
    "buyer_plan_change_permission",
)


class Services(Topic):
    word, section, file = "service", "services", "services/*.yaml"
    fields = (
        Field(name="system_name", check=lambda v: clean_system_name(v, "")),
        Field(name="name", check=RULES["name"]),
        Field(name="default", kind=FieldKind.FLAG, default=False),
        *columns(Service, {name: RULES[name] for name in COLUMNS}),
    )

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        for row in workspace.db.exec(services_query(workspace.actor)):
            values = {name: getattr(row, name) for name in ("system_name", "name", *COLUMNS)}
            yield (), row.id, {**values, "default": row.is_default}

    def create(self, workspace: Workspace, entry: Entry) -> int:
        """Make it bare: the rule and the plan of every new service may be unwanted."""
        draft = NewService(name=entry.values["name"], system_name=entry.values["system_name"])
        service = create_service(workspace, draft)
        for rule in list_rules(workspace.db, service.id):
            MAPPING_RULES.delete(workspace, rule.id)
        plans = select(ServicePlan).where(ServicePlan.service_id == service.id)
        for plan in workspace.db.exec(plans):
            SERVICE_PLANS.delete(workspace, plan.id)
        self._change(
            workspace, service.id, {name: entry.values[name] for name in ("default", *COLUMNS)}
        )
        return service.id

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        self._change(workspace, workspace.ids[entry.key], changes)

    def _change(self, workspace: Workspace, service_id: int, changes: Mapping[str, Any]) -> None:
        wanted = dict(changes)
        if wanted.pop("default", False):  # it is not taken away, only taken over
            make_default_service(workspace, service_id)
        update_service(workspace, service_id, wanted)

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        delete_service(workspace, workspace.ids[entry.key])
