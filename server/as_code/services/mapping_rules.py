"""Mapping rules, in the order in which a gateway asks them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import col

from server.actions.services.mapping_rules import (
    RULES,
    NewMappingRule,
    create_rule,
    delete_rule,
    rules_of,
    rules_query,
    update_rule,
)
from server.as_code.entries import Entry, Key
from server.as_code.fields import Field, columns
from server.as_code.topic import Desk, Row, Topic
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

    def rows(self, desk: Desk) -> Iterable[Row]:
        order = (col(MappingRule.position), col(MappingRule.id))
        for row in desk.db.exec(rules_query(desk.actor).order_by(*order)):
            if home := desk.keys.get(("service", row.service_id)):
                names = ("http_method", "pattern", "delta", "last")
                values = {name: getattr(row, name) for name in names}
                yield home, row.id, {**values, "metric": desk.metric_name(row.metric_id)}

    def create(self, desk: Desk, entry: Entry) -> int:
        values = dict(entry.values)
        metric_id = desk.metric_id(entry.key, values.pop("metric"))
        draft = NewMappingRule(metric_id=metric_id, **values)
        return create_rule(desk.db, desk.actor, desk.service_id(entry.key), draft).id

    def change(self, desk: Desk, entry: Entry, changes: Mapping[str, Any]) -> None:
        wanted = dict(changes)
        if "metric" in wanted:
            wanted["metric_id"] = desk.metric_id(entry.key, wanted.pop("metric"))
        update_rule(desk.db, desk.actor, desk.ids[entry.key], wanted)

    def delete(self, desk: Desk, entry: Entry) -> None:
        delete_rule(desk.db, desk.actor, desk.ids[entry.key])

    def places(self, desk: Desk, parent: Key) -> dict[int, int]:
        return {row.id: row.position for row in rules_of(desk.db, desk.ids[parent])}

    def place(self, desk: Desk, row_id: int, position: int) -> None:
        update_rule(desk.db, desk.actor, row_id, {"position": position})
