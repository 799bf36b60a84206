"""`{% disable_client_cache %}`: browsers keep no copy of this page.

Example: {% disable_client_cache %}{{ provider.name }}
"""

from typing import TextIO

from liquid import Node, RenderContext, Tag, TokenStream

from cms.liquid.limits import Rendering

NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache", "Expires": "0"}


class DisableClientCacheNode(Node):
    """Sets the headers of the answer."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write nothing."""
        if isinstance(context, Rendering):
            context.render_scope.headers.update(NOT_KEPT)
        return 0


class DisableClientCacheTag(Tag):
    name = "disable_client_cache"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        return DisableClientCacheNode(stream.current)
