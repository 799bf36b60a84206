"""Policies of the provider's own."""

from server.actions.services.registry_policies import REGISTRY_POLICIES
from server.as_code.resources import ResourceTopic


class RegistryPolicies(ResourceTopic):
    section = "registry_policies"
    named_by = ("name", "version")


REGISTRY_POLICY_TOPIC = RegistryPolicies(REGISTRY_POLICIES)
