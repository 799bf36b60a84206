"""Plans of the three kinds: alike but for where they live and what application plans have more."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col
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
from server.as_code.entries import Entry, Key
from server.as_code.fields import Field, Kind, columns
from server.as_code.topic import HOME, Desk, Row, Topic
from server.domain.actors import Actor
from server.domain.fields import system_name_of
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan

COSTS = ("description", "setup_fee", "cost_per_month", "trial_period_days")
FIELDS = (
    Field(name="system_name", check=lambda v: system_name_of(v, "")),
    Field(name="name", check=RULES["name"]),
    Field(name="published", kind=Kind.FLAG, default=False),
    Field(name="default", kind=Kind.FLAG, default=False),
    *columns(AccountPlan, {"approval_required": RULES["approval_required"]}),
)
MORE = (
    *columns(ApplicationPlan, {name: APPLICATION_RULES[name] for name in COSTS}),
    Field(name="features", kind=Kind.NAMES, default=[], refers=("feature",)),
)
Creator = Callable[[Session, Actor, int | None, NewPlan], Any]


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

    def rows(self, desk: Desk) -> Iterable[Row]:
        table, homes = self._model.table, {}
        order = (col(table.position), col(table.id)) if self.ordered else (col(table.id),)
        rows = desk.db.exec(self._model.query(desk.actor).order_by(*order)).all()
        for row in rows:
            home = desk.keys.get(("service", row.service_id)) if self.parent else ()
            if home is not None:
                homes[row.id] = home
        included = features_by_plan(desk.db, list(homes)) if self._is_rich else {}
        for row in rows:
            if row.id in homes:
                values = {name: getattr(row, name) for name in self._columns}
                values |= {"published": row.state == "published", "default": row.is_default}
                if self._is_rich:
                    values["features"] = sorted(f.system_name for f in included.get(row.id, []))
                yield homes[row.id], row.id, values

    def create(self, desk: Desk, entry: Entry) -> int:
        values = {name: entry.values[name] for name in (*self._columns, "published")}
        service_id = desk.service_id(entry.key) if self.parent else None
        plan = self._model.create(desk.db, desk.actor, service_id, NewPlan(**values))
        if entry.values["default"]:
            make_default_plan(desk.db, desk.actor, self._model.table, plan.id)
        self._include(desk, entry, plan.id)
        return int(plan.id)

    def change(self, desk: Desk, entry: Entry, changes: Mapping[str, Any]) -> None:
        wanted, table, plan_id = dict(changes), self._model.table, desk.ids[entry.key]
        if (published := wanted.pop("published", None)) is not None:
            (publish_plan if published else hide_plan)(desk.db, desk.actor, table, plan_id)
        if (default := wanted.pop("default", None)) is not None:
            mark = make_default_plan if default else clear_default_plan
            mark(desk.db, desk.actor, table, plan_id)
        if wanted.pop("features", None) is not None:
            self._include(desk, entry, plan_id)
        update_plan(desk.db, desk.actor, table, plan_id, wanted)

    def _include(self, desk: Desk, entry: Entry, plan_id: int) -> None:
        """Put the wanted features into the plan, and take all others out."""
        if not self._is_rich:
            return
        home = entry.key[:HOME]
        wanted = {desk.ids[(*home, ("feature", name))] for name in entry.values["features"]}
        there = {row.id for row in features_by_plan(desk.db, [plan_id]).get(plan_id, [])}
        for feature_id in sorted(wanted ^ there):
            included = feature_id in wanted
            include_feature(desk.db, desk.actor, plan_id, feature_id, included=included)

    def delete(self, desk: Desk, entry: Entry) -> None:
        delete_plan(desk.db, desk.actor, self._model.table, desk.ids[entry.key])

    def places(self, desk: Desk, parent: Key) -> dict[int, int]:
        query = application_plans_query(desk.actor).where(
            ApplicationPlan.service_id == desk.ids[parent]
        )
        order = (col(ApplicationPlan.position), col(ApplicationPlan.id))
        return {row.id: row.position for row in desk.db.exec(query.order_by(*order))}

    def place(self, desk: Desk, row_id: int, position: int) -> None:
        update_plan(desk.db, desk.actor, ApplicationPlan, row_id, {"position": position})


def _in_service(create: Callable[[Session, Actor, int, NewPlan], Any]) -> Creator:
    def act(db: Session, actor: Actor, service_id: int | None, draft: NewPlan) -> Any:
        return create(db, actor, service_id or 0, draft)

    return act


ACCOUNT_PLANS = Plans(
    "account plan",
    _Model(
        table=AccountPlan,
        query=account_plans_query,
        create=lambda db, actor, _, draft: create_account_plan(db, actor, draft),
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
