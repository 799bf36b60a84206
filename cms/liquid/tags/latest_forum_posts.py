"""`{% latest_forum_posts %}`: what was written last in the forum.

It is the partial `latest_forum_posts`.

Example: {% latest_forum_posts %}
"""

from cms.liquid.tags.part import PartNode, PartTag


class LatestForumPostsNode(PartNode):
    partial = "latest_forum_posts"


class LatestForumPostsTag(PartTag):
    name = "latest_forum_posts"
    node = LatestForumPostsNode
