"""`{% menu %}`: the entries of the portal for who looks.

It is the partial `menu`.

Example: {% menu %}
"""

from cms.liquid.tags.part import PartNode, PartTag


class MenuNode(PartNode):
    partial = "menu"


class MenuTag(PartTag):
    name = "menu"
    node = MenuNode
