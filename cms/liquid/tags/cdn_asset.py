"""`{% cdn_asset '/swagger-ui/2.2.10/swagger-ui.js' %}`: a style sheet or a script that ships.

Only what lies among the theme's files is written: pages run no script of other hosts.

Example: {% cdn_asset '/css/portal.css' %}
"""

from typing import TextIO

from liquid import RenderContext, TokenStream
from liquid.exceptions import LiquidSyntaxError
from markupsafe import Markup

from cms.liquid.filters.urls import asset_path
from cms.liquid.tags.part import PartNode, PartTag
from cms.liquid.words import words_of

STYLE = Markup('<link rel="stylesheet" href="{}">')
SCRIPT = Markup('<script src="{}" defer></script>')
MISSING = Markup("<!-- {} does not ship here -->")


class CdnAssetNode(PartNode):
    """Writes what loads it."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Say in a comment that a file is not there."""
        path = words_of(self.args[0].evaluate(context)[1])
        address = asset_path(path)
        if address == path:
            return buffer.write(MISSING.format(path.replace("--", "- -")))
        return buffer.write((STYLE if path.endswith(".css") else SCRIPT).format(address))


class CdnAssetTag(PartTag):
    name = "cdn_asset"
    node = CdnAssetNode

    def parse(self, stream: TokenStream) -> CdnAssetNode:
        """Take a path."""
        token = stream.current
        node = super().parse(stream)
        if not isinstance(node, CdnAssetNode) or not node.args:
            raise LiquidSyntaxError("an asset needs a path", token=token)
        return node
