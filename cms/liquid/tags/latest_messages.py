"""`{% latest_messages %}`: what the provider wrote last.

It is the partial `latest_messages`.

Example: {% latest_messages %}
"""

from cms.liquid.tags.part import PartNode, PartTag


class LatestMessagesNode(PartNode):
    partial = "latest_messages"


class LatestMessagesTag(PartTag):
    name = "latest_messages"
    node = LatestMessagesNode
