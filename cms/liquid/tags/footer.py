"""`{% footer %}`: the end of every page.

It is the partial `footer`.

Example: {% footer %}
"""

from cms.liquid.tags.part import PartNode, PartTag


class FooterNode(PartNode):
    partial = "footer"


class FooterTag(PartTag):
    name = "footer"
    node = FooterNode
