"""Services: one file each."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import select

from server.actions.plans.plans import delete_plan
from server.actions.services.mapping_rules import delete_rule, rules_of
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
from server.as_code.fields import Field, Kind, columns
from server.as_code.topic import Desk, Row, Topic
from server.domain.fields import system_name_of
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
        Field(name="system_name", check=lambda v: system_name_of(v, "")),
        Field(name="name", check=RULES["name"]),
        Field(name="default", kind=Kind.FLAG, default=False),
        *columns(Service, {name: RULES[name] for name in COLUMNS}),
    )

    def rows(self, desk: Desk) -> Iterable[Row]:
        for row in desk.db.exec(services_query(desk.actor)):
            values = {name: getattr(row, name) for name in ("system_name", "name", *COLUMNS)}
            yield (), row.id, {**values, "default": row.is_default}

    def create(self, desk: Desk, entry: Entry) -> int:
        """Make it bare: the rule and the plan of every new service may be unwanted."""
        draft = NewService(name=entry.values["name"], system_name=entry.values["system_name"])
        service = create_service(desk.db, desk.actor, desk.installation, draft)
        for rule in rules_of(desk.db, service.id):
            delete_rule(desk.db, desk.actor, rule.id)
        plans = select(ServicePlan).where(ServicePlan.service_id == service.id)
        for plan in desk.db.exec(plans):
            delete_plan(desk.db, desk.actor, ServicePlan, plan.id)
        self._change(desk, service.id, {name: entry.values[name] for name in ("default", *COLUMNS)})
        return service.id

    def change(self, desk: Desk, entry: Entry, changes: Mapping[str, Any]) -> None:
        self._change(desk, desk.ids[entry.key], changes)

    def _change(self, desk: Desk, service_id: int, changes: Mapping[str, Any]) -> None:
        wanted = dict(changes)
        if wanted.pop("default", False):  # it is not taken away, only taken over
            make_default_service(desk.db, desk.actor, service_id)
        update_service(desk.db, desk.actor, service_id, wanted)

    def delete(self, desk: Desk, entry: Entry) -> None:
        delete_service(desk.db, desk.actor, desk.ids[entry.key])
