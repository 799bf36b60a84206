"""The policies that a service's calls may pass, and the check of a chain of them."""

from dataclasses import dataclass

from gateway.policy import POLICIES, check_chain, find_schema
from server.actions.work import Work
from server.domain.errors import Invalid
from server.domain.services.proxies import Proxy

FIELD = "policy_chain"  # the faults' paths begin with it


@dataclass(frozen=True, slots=True)
class PolicyInfo:
    """A policy as it is offered."""

    name: str
    title: str
    description: str


def list_policies() -> list[PolicyInfo]:
    """List the policies there are, in the order in which they are offered."""
    found = []
    for policy in POLICIES:
        schema = find_schema(policy.name) or {}
        title, description = schema.get("title", policy.name), schema.get("description", "")
        found.append(PolicyInfo(policy.name, title, description))
    return found


def refuse_wrong_chain(work: Work, proxy: Proxy) -> None:
    """Refuse a chain that no gateway could run. Raises: Invalid, with path, value and rule."""
    del work
    for fault in check_chain(proxy.policy_chain):
        raise Invalid(f"{fault.removeprefix(FIELD)}.", field=FIELD)
