"""Mapping rules, in the order in which a gateway asks them."""

from collections.abc import Iterable

from server.actions.services.mapping_rules import MAPPING_RULES
from server.as_code.resources import ResourceTopic
from server.as_code.topic import Row, Workspace


class MappingRules(ResourceTopic):
    named_by = ("http_method", "pattern")
    left_out = ("position",)  # the list says it
    ordered = repeats = one_line = True

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        return self.rows_of(workspace, self.in_order(workspace))


MAPPING_RULE_TOPIC = MappingRules(MAPPING_RULES)
