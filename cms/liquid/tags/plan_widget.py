"""`{% plan_widget application %}`: the plan of an application, and the way to another one.

It is the partial `plan_widget`; with `wizard: true` the other plans are shown at once.

Example: {% plan_widget application %}
"""

from collections.abc import Mapping

from liquid import Node, RenderContext, TokenStream
from liquid.exceptions import LiquidSyntaxError

from cms.liquid.tags.part import PartNode, PartTag


class PlanWidgetNode(PartNode):
    partial = "plan_widget"

    def given(self, context: RenderContext) -> Mapping[str, object]:
        """Name the application, and whether its plan is chosen right away."""
        wizard = dict(super().given(context)).get("wizard") is True
        return {"application": self.args[0].evaluate(context)[1], "wizard": wizard}


class PlanWidgetTag(PartTag):
    name = "plan_widget"
    node = PlanWidgetNode

    def parse(self, stream: TokenStream) -> Node:
        """Take an application."""
        token = stream.current
        node = super().parse(stream)
        if not isinstance(node, PartNode) or not node.args:
            raise LiquidSyntaxError("a plan widget needs an application", token=token)
        return node
