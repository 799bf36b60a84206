"""How the gateway stands before a service. Its secret token stays where it is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from server.actions.services.proxies import PROXIES, update_proxy
from server.as_code.entries import Entry
from server.as_code.fields import Field
from server.as_code.resources import ResourceTopic
from server.as_code.topic import Workspace
from server.domain.attributes import Attribute
from server.domain.errors import Invalid

ECHO = "echo"  # the bundled Echo API, wherever this installation has it


class Proxies(ResourceTopic):
    section = "proxy"
    named_by = ()

    def field_of(self, attribute: Attribute) -> Field:
        field = super().field_of(attribute)
        if attribute.name != "api_backend":
            return field
        return replace(
            field,
            check=lambda text: text if text == ECHO else field.check(text),
            default=ECHO,
            is_always_written=True,
        )

    def values(self, workspace: Workspace, row: Any) -> dict[str, Any]:
        is_echo = row.api_backend == workspace.installation.addresses.echo
        values = super().values(workspace, row)
        return {**values, "api_backend": ECHO} if is_echo else values

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        wanted, echo = dict(changes), workspace.installation.addresses.echo
        if wanted.get("api_backend") == echo:
            raise Invalid(
                f"is the Echo API of this installation: write {ECHO!r}.", field="api_backend"
            )
        if wanted.get("api_backend") == ECHO:
            wanted["api_backend"] = echo
        update_proxy(workspace, workspace.service_id(entry.key), wanted)


PROXY_TOPIC = Proxies(PROXIES)
CHAIN = "policy_chain"  # its attribute with secrets
