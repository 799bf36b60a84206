"""`{% portlet 'news' %}`: a portlet by its system name.

Example: {% portlet 'news' %}{{ provider.name }}
"""

from typing import TextIO

from liquid import RenderContext, TokenStream
from liquid.exceptions import LiquidSyntaxError

from cms.liquid.limits import Rendering
from cms.liquid.tags.part import PartNode, PartTag
from cms.liquid.words import words_of


class PortletNode(PartNode):
    """Writes the portlet; nothing where there is none of the name."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Render it as a partial that sees what it is given beside the variables of the page."""
        if isinstance(context, Rendering):
            name = words_of(self.args[0].evaluate(context)[1])
            template = context.render_scope.portlet(name)
            if template is not None:
                with context.extend(dict(self.given(context)), template=template):
                    template.render_with_context(context, buffer, partial=True)
        return 1


class PortletTag(PartTag):
    name = "portlet"
    node = PortletNode

    def parse(self, stream: TokenStream) -> PortletNode:
        """Take a name."""
        token = stream.current
        node = super().parse(stream)
        if not isinstance(node, PortletNode) or not node.args:
            raise LiquidSyntaxError("a portlet needs a name", token=token)
        return node
