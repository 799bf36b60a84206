"""Plans of the three kinds: alike but for where they live and what application plans have more."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.plans.catalogue import features_by_plan
from server.actions.plans.features import include_feature
from server.actions.plans.plans import (
    APPLICATION_RULES,
    RULES,
    NewPlan,
    account_plans_query,
    application_plans_query,
    clear_default_plan,
    create_account_plan,
    create_application_plan,
    create_service_plan,
    delete_plan,
    hide_plan,
    make_default_plan,
    publish_plan,
    service_plans_query,
    update_plan,
)
from server.actions.work import Work
from server.as_code.entries import Entry, Key
from server.as_code.fields import Field, FieldKind, columns
from server.as_code.topic import HOME, Row, Topic, Workspace
from server.domain.actors import Actor
from server.domain.fields import clean_system_name
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan

COSTS = ("description", "setup_fee", "cost_per_month", "trial_period_days")
FIELDS = (
    Field(name="system_name", check=lambda v: clean_system_name(v, "")),
    Field(name="name", check=RULES["name"]),
    Field(name="published", kind=FieldKind.FLAG, default=False),
    Field(name="default", kind=FieldKind.FLAG, default=False),
    *columns(AccountPlan, {"approval_required": RULES["approval_required"]}),
)
MORE = (
    *columns(ApplicationPlan, {name: APPLICATION_RULES[name] for name in COSTS}),
    Field(name="features", kind=FieldKind.NAMES, default=[], refers=("feature",)),
)
Creator = Callable[[Work, int | None, NewPlan], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """What differs between the kinds in the database."""

    table: Any  # AccountPlan, ServicePlan or ApplicationPlan
    query: Callable[[Actor], SelectOfScalar[Any]]
    create: Creator


class Plans(Topic):
    fields = FIELDS

    def __init__(self, word: str, model: _Model) -> None:
        self.word = word
        self.section = f"{word.replace(' ', '_')}s"
        self._model = model
        self.parent = "" if model.table is AccountPlan else "service"
        self._is_rich = self.ordered = model.table is ApplicationPlan
        if self._is_rich:
            self.fields = (*FIELDS, *MORE)
        stored = {field.name for field in self.fields} - {"published", "default", "features"}
        self._columns = tuple(field.name for field in self.fields if field.name in stored)

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        table, homes = self._model.table, {}
        order = (col(table.position), col(table.id)) if self.ordered else (col(table.id),)
        rows = workspace.db.exec(self._model.query(workspace.actor).order_by(*order)).all()
        for row in rows:
            home = workspace.keys.get(("service", row.service_id)) if self.parent else ()
            if home is not None:
                homes[row.id] = home
        included = features_by_plan(workspace.db, list(homes)) if self._is_rich else {}
        for row in rows:
            if row.id in homes:
                values = {name: getattr(row, name) for name in self._columns}
                values |= {"published": row.state == "published", "default": row.is_default}
                if self._is_rich:
                    values["features"] = sorted(f.system_name for f in included.get(row.id, []))
                yield homes[row.id], row.id, values

    def create(self, workspace: Workspace, entry: Entry) -> int:
        values = {name: entry.values[name] for name in (*self._columns, "published")}
        service_id = workspace.service_id(entry.key) if self.parent else None
        plan = self._model.create(workspace, service_id, NewPlan(**values))
        if entry.values["default"]:
            make_default_plan(workspace, self._model.table, plan.id)
        self._include(workspace, entry, plan.id)
        return int(plan.id)

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        wanted, table, plan_id = dict(changes), self._model.table, workspace.ids[entry.key]
        if (published := wanted.pop("published", None)) is not None:
            (publish_plan if published else hide_plan)(workspace, table, plan_id)
        if (default := wanted.pop("default", None)) is not None:
            mark = make_default_plan if default else clear_default_plan
            mark(workspace, table, plan_id)
        if wanted.pop("features", None) is not None:
            self._include(workspace, entry, plan_id)
        update_plan(workspace, table, plan_id, wanted)

    def _include(self, workspace: Workspace, entry: Entry, plan_id: int) -> None:
        """Put the wanted features into the plan, and take all others out."""
        if not self._is_rich:
            return
        home = entry.key[:HOME]
        wanted = {workspace.ids[(*home, ("feature", name))] for name in entry.values["features"]}
        there = {row.id for row in features_by_plan(workspace.db, [plan_id]).get(plan_id, [])}
        for feature_id in sorted(wanted ^ there):
            included = feature_id in wanted
            include_feature(workspace, plan_id, feature_id, included=included)

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        delete_plan(workspace, self._model.table, workspace.ids[entry.key])

    def places(self, workspace: Workspace, parent: Key) -> dict[int, int]:
        query = application_plans_query(workspace.actor).where(
            ApplicationPlan.service_id == workspace.ids[parent]
        )
        order = (col(ApplicationPlan.position), col(ApplicationPlan.id))
        return {row.id: row.position for row in workspace.db.exec(query.order_by(*order))}

    def place(self, workspace: Workspace, row_id: int, position: int) -> None:
        update_plan(workspace, ApplicationPlan, row_id, {"position": position})


def _in_service(create: Callable[[Work, int, NewPlan], Any]) -> Creator:
    def act(work: Work, service_id: int | None, draft: NewPlan) -> Any:
        return create(work, service_id or 0, draft)

    return act


ACCOUNT_PLANS = Plans(
    "account plan",
    _Model(
        table=AccountPlan,
        query=account_plans_query,
        create=lambda work, _, draft: create_account_plan(work, draft),
    ),
)
SERVICE_PLANS = Plans(
    "service plan",
    _Model(table=ServicePlan, query=service_plans_query, create=_in_service(create_service_plan)),
)
APPLICATION_PLANS = Plans(
    "application plan",
    _Model(
        table=ApplicationPlan,
        query=application_plans_query,
        create=_in_service(create_application_plan),
    ),
)
