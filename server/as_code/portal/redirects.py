"""Redirects of the portal."""

from server.actions.portal.redirects import REDIRECTS
from server.as_code.resources import ResourceTopic


class Redirects(ResourceTopic):
    file = "portal/redirects.yaml"
    named_by = ("source",)
    one_line = True


REDIRECT_TOPIC = Redirects(REDIRECTS)
