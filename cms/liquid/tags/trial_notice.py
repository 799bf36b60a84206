"""`{% trial_notice %}`: how long something can be tried without being paid.

It is the partial `trial_notice`.

Example: {% trial_notice %}
"""

from cms.liquid.tags.part import PartNode, PartTag


class TrialNoticeNode(PartNode):
    partial = "trial_notice"


class TrialNoticeTag(PartTag):
    name = "trial_notice"
    node = TrialNoticeNode
