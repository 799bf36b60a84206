"""Categories of the forum; what people write in it is no configuration."""

from server.actions.portal.forum import CATEGORIES
from server.as_code.resources import ResourceTopic


class Categories(ResourceTopic):
    file = "portal/forum_categories.yaml"
    section = "forum_categories"


CATEGORY_TOPIC = Categories(CATEGORIES)
