"""`{% essential_assets %}`: what every page needs in its head.

The token of forms as `<meta>`, the script that asks before a button deletes, and what
`content_for stylesheets` and `content_for javascripts` kept.

Example: {% essential_assets %}
"""

from typing import TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream
from markupsafe import Markup

from cms.liquid.filters.urls import asset_path
from cms.liquid.limits import Rendering
from cms.liquid.tags.csrf import meta

SCRIPT = "/javascripts/buttons.js"
KEPT = ("stylesheets", "javascripts")


class EssentialAssetsNode(Node):
    """Writes them."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write them, for this render's forms."""
        if not isinstance(context, Rendering):
            return 0
        script = Markup('<script src="{}" defer></script>').format(asset_path(SCRIPT))
        stored = context.render_scope.stored
        kept = "\n".join(stored[name] for name in KEPT if name in stored)
        return buffer.write(f"{meta(context.render_scope.csrf_token)}\n{script}\n{kept}")


class EssentialAssetsTag(Tag):
    name = "essential_assets"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        return EssentialAssetsNode(stream.current)
