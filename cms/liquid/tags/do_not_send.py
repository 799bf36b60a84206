"""`{% do_not_send %}`: this mail is not sent.

Example: {% email %}{% do_not_send %}{% endemail %}Hello
"""

from typing import TextIO

from liquid import Node, RenderContext, Tag, TokenStream

from cms.liquid.limits import Rendering


class DoNotSendNode(Node):
    """Notes it."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write nothing."""
        if isinstance(context, Rendering):
            context.render_scope.is_unwanted = True
        return 0


class DoNotSendTag(Tag):
    name = "do_not_send"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        return DoNotSendNode(stream.current)
