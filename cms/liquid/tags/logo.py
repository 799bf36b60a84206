"""`{% logo %}`: the name of the portal, leading home.

It is the partial `logo`.

Example: {% logo %}
"""

from cms.liquid.tags.part import PartNode, PartTag


class LogoNode(PartNode):
    partial = "logo"


class LogoTag(PartTag):
    name = "logo"
    node = LogoNode
