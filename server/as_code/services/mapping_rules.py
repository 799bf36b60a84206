"""Mapping rules, in the order in which a gateway asks them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import col

from server.actions.services.mapping_rules import (
    RULES,
    NewMappingRule,
    create_rule,
    delete_rule,
    list_rules,
    rules_query,
    update_rule,
)
from server.as_code.entries import Entry, Key
from server.as_code.fields import Field, columns
from server.as_code.topic import Row, Topic, Workspace
from server.domain.services.proxies import MappingRule


class MappingRules(Topic):
    word, section, parent = "mapping rule", "mapping_rules", "service"
    named_by = ("http_method", "pattern")
    ordered = repeats = one_line = True
    fields = (
        *(Field(name=name, check=RULES[name]) for name in named_by),
        Field(name="metric", refers=("metric", "method")),
        *columns(MappingRule, {name: RULES[name] for name in ("delta", "last")}),
    )

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        order = (col(MappingRule.position), col(MappingRule.id))
        for row in workspace.db.exec(rules_query(workspace.actor).order_by(*order)):
            if home := workspace.keys.get(("service", row.service_id)):
                names = ("http_method", "pattern", "delta", "last")
                values = {name: getattr(row, name) for name in names}
                yield home, row.id, {**values, "metric": workspace.metric_name(row.metric_id)}

    def create(self, workspace: Workspace, entry: Entry) -> int:
        values = dict(entry.values)
        metric_id = workspace.metric_id(entry.key, values.pop("metric"))
        draft = NewMappingRule(metric_id=metric_id, **values)
        return create_rule(workspace, workspace.service_id(entry.key), draft).id

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        wanted = dict(changes)
        if "metric" in wanted:
            wanted["metric_id"] = workspace.metric_id(entry.key, wanted.pop("metric"))
        update_rule(workspace, workspace.ids[entry.key], wanted)

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        delete_rule(workspace, workspace.ids[entry.key])

    def places(self, workspace: Workspace, parent: Key) -> dict[int, int]:
        return {row.id: row.position for row in list_rules(workspace.db, workspace.ids[parent])}

    def place(self, workspace: Workspace, row_id: int, position: int) -> None:
        update_rule(workspace, row_id, {"position": position})
