"""Mapping rules, in the order in which a gateway asks them."""

from collections.abc import Iterable

from server.actions.resources import Resource
from server.actions.services.mapping_rules import MAPPING_RULES, placed_elsewhere
from server.as_code.entries import Entry
from server.as_code.resources import ResourceTopic
from server.as_code.topic import Row, Workspace
from server.domain.services.mapping_rules import MappingRule


class MappingRules(ResourceTopic):
    named_by = ("http_method", "pattern")
    left_out = ("position",)  # the list says it
    ordered = repeats = one_line = True

    def __init__(self, resource: Resource[MappingRule]) -> None:
        super().__init__(resource)
        self._placed = placed_elsewhere(resource)

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        return self.rows_of(workspace, self.in_order(workspace))

    def create(self, workspace: Workspace, entry: Entry) -> int:
        """Put a rule at the end, which is looked for once a list."""
        home = entry.parent
        if home not in workspace.last:
            workspace.last[home] = max(self.places(workspace, home).values(), default=0)
        workspace.last[home] += 1
        values = self.stored(workspace, entry.key, entry.values)
        values["position"] = workspace.last[home]
        return self._placed.create(workspace, values, workspace.ids[home]).id

    def place(self, workspace: Workspace, row_id: int, position: int) -> None:
        self._placed.update(workspace, row_id, {"position": position})

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        self._placed.delete(workspace, workspace.ids[entry.key])


MAPPING_RULE_TOPIC = MappingRules(MAPPING_RULES)
