"""`{% submenu %}`: the pages beside this one.

It is the partial `submenu`.

Example: {% submenu %}
"""

from cms.liquid.tags.part import PartNode, PartTag


class SubmenuNode(PartNode):
    partial = "submenu"


class SubmenuTag(PartTag):
    name = "submenu"
    node = SubmenuNode
