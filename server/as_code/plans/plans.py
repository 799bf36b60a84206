"""Plans of the three kinds: alike but for where they live and whose features they include."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.plans.catalogue import features_by_plan
from server.actions.plans.features import INCLUDES, include_feature
from server.actions.plans.plans import (
    APPLICATION_PLANS,
    clear_default_plan,
    create_plan,
    hide_plan,
    make_default_plan,
    publish_plan,
)
from server.actions.resources import Resource
from server.as_code.entries import Entry, Key
from server.as_code.fields import Field, FieldKind
from server.as_code.resources import ResourceTopic
from server.as_code.topic import HOME, Row, Workspace
from server.domain.plans.plans import ApplicationPlan

FLAGS = (
    Field(name="published", kind=FieldKind.FLAG, default=False),
    Field(name="default", kind=FieldKind.FLAG, default=False),
)


class Plans(ResourceTopic):
    """Plans of a kind; their order in the file is their position."""

    ordered = True
    left_out = ("position",)

    def __init__(self, resource: Resource[Any]) -> None:
        super().__init__(resource)
        written = self.fields
        self.columns = tuple(field.name for field in written)
        self._feature = INCLUDES[resource.model].features.noun
        features = Field(name="features", kind=FieldKind.NAMES, default=[], refers=(self._feature,))
        self.fields = (*written[:2], *FLAGS, *written[2:], features)

    def in_order(self, workspace: Workspace) -> SelectOfScalar[Any]:
        """Select all plans but those made for one application, which is no configuration."""
        query = super().in_order(workspace)
        is_shared = col(ApplicationPlan.original_id).is_(None)
        return query.where(is_shared) if self.resource is APPLICATION_PLANS else query

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        rows = workspace.db.exec(self.in_order(workspace)).all()
        homes = {row.id: self._home(workspace, row) for row in rows}
        there = [row_id for row_id, home in homes.items() if home is not None]
        included = features_by_plan(workspace.db, there, self.resource.model)
        for row in rows:
            home = homes[row.id]
            if home is not None:
                values = {name: getattr(row, name) for name in self.columns}
                values |= {"published": row.state == "published", "default": row.is_default}
                values["features"] = sorted(f.system_name for f in included.get(row.id, []))
                yield home, row.id, values

    def create(self, workspace: Workspace, entry: Entry) -> int:
        values = {name: entry.values[name] for name in self.columns}
        service_id = workspace.service_id(entry.key) if self.parent else None
        published = entry.values["published"]
        plan = create_plan(workspace, self.resource, values, service_id, published=published)
        if entry.values["default"]:
            make_default_plan(workspace, self.resource.model, plan.id)
        self._include(workspace, entry, plan.id)
        return int(plan.id)

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        wanted, table, plan_id = dict(changes), self.resource.model, workspace.ids[entry.key]
        if (published := wanted.pop("published", None)) is not None:
            (publish_plan if published else hide_plan)(workspace, table, plan_id)
        if (default := wanted.pop("default", None)) is not None:
            mark = make_default_plan if default else clear_default_plan
            mark(workspace, table, plan_id)
        if wanted.pop("features", None) is not None:
            self._include(workspace, entry, plan_id)
        self.resource.update(workspace, plan_id, wanted)

    def _include(self, workspace: Workspace, entry: Entry, plan_id: int) -> None:
        """Put the wanted features into the plan, and take all others out."""
        home: Key = entry.key[:HOME] if self.parent else ()
        names, kind = entry.values["features"], self.resource.model
        wanted = {workspace.ids[(*home, (self._feature, name))] for name in names}
        there = {row.id for row in features_by_plan(workspace.db, [plan_id], kind).get(plan_id, [])}
        for feature_id in sorted(wanted ^ there):
            included = feature_id in wanted
            include_feature(workspace, plan_id, feature_id, included=included, kind=kind)
