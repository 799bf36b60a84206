"""`{% user_widget %}`: who is logged in, or the ways in.

It is the partial `user_widget`.

Example: {% user_widget %}
"""

from cms.liquid.tags.part import PartNode, PartTag


class UserWidgetNode(PartNode):
    partial = "user_widget"


class UserWidgetTag(PartTag):
    name = "user_widget"
    node = UserWidgetNode
