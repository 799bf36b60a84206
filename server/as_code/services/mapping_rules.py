"""Mapping rules, in the order in which a gateway asks them."""

from collections.abc import Iterable

from sqlmodel import col

from server.actions.services.mapping_rules import MAPPING_RULES, list_rules
from server.as_code.entries import Key
from server.as_code.resources import ResourceTopic
from server.as_code.topic import Row, Workspace
from server.domain.services.mapping_rules import MappingRule


class MappingRules(ResourceTopic):
    named_by = ("http_method", "pattern")
    left_out = ("position",)  # the list says it
    ordered = repeats = one_line = True

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        order = (col(MappingRule.position), col(MappingRule.id))
        return self.rows_of(workspace, self.resource.query(workspace.actor).order_by(*order))

    def places(self, workspace: Workspace, parent: Key) -> dict[int, int]:
        return {row.id: row.position for row in list_rules(workspace.db, workspace.ids[parent])}

    def place(self, workspace: Workspace, row_id: int, position: int) -> None:
        self.resource.update(workspace, row_id, {"position": position})


MAPPING_RULE_TOPIC = MappingRules(MAPPING_RULES)
