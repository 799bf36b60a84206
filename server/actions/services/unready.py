"""What is stored, shown and exported, but done by no gateway of ours yet: it is never deployed.

A change that needs it is kept, and staging runs on as it was; a deploy that is asked for is refused
with the name of what is missing. Source: roadmap of the gateway; reference-gateway 10 to 12.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from server.actions.services.lookup import get_service
from server.actions.services.policies import FOREIGN, chain_of, is_ours
from server.actions.work import Work
from server.domain.errors import Invalid
from server.domain.services.proxies import Proxy

MODES = {"oauth": "OpenID Connect"}


def list_unready(backend_version: str, chain: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name the mode and the policies that no gateway here does yet; a policy that is off, too."""
    mode = [MODES[backend_version]] if backend_version in MODES else []
    return mode + list(dict.fromkeys(_name_of(link) for link in chain if not is_ours(link)))


def _name_of(link: Mapping[str, Any]) -> str:
    """Tell a policy's name, with its version where names alone do not tell which it is."""
    name = str(link.get("name"))
    return name if name in FOREIGN else f"{name} {link.get('version')}"


def list_unready_of(work: Work, proxy: Proxy) -> list[str]:
    """Name what keeps the settings of a proxy from being deployed."""
    service = get_service(work, proxy.service_id)
    return list_unready(service.backend_version, chain_of(work.installation.vault, proxy))


def refuse_unready(backend_version: str, chain: Sequence[Mapping[str, Any]]) -> None:
    """Refuse to deploy what no gateway here could run. Raises: Invalid."""
    unready = list_unready(backend_version, chain)
    if unready:
        field = "backend_version" if backend_version in MODES else "policy_chain"
        raise Invalid(
            f"can't be deployed: no gateway here does {', '.join(unready)} yet. What is set up is "
            "kept, and gateways run on as they were.",
            field=field,
        )
