"""Custom domains. A file claims a name; proving it is for its owner's DNS."""

from server.actions.provider.domains import DOMAINS
from server.as_code.resources import ResourceTopic


class Domains(ResourceTopic):
    file = "domains.yaml"
    named_by = ("name",)


DOMAIN_TOPIC = Domains(DOMAINS)
