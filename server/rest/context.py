"""What every operation of the REST API gets to work with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.actions.work import Work
from server.domain.provider.providers import Provider
from server.kit.ids import id_or_none
from server.rest.formats import Format
from server.rest.params import Params


@dataclass(frozen=True, slots=True, kw_only=True)
class RestContext(Work):
    """A request by a known caller, inside its transaction."""

    provider: Provider
    language: Format
    params: Params
    path: Mapping[str, Any]

    def path_id(self, name: str = "id") -> int | None:
        """Take an id out of the path; None for what can't be one."""
        return id_or_none(str(self.path[name]).strip())

    def address(self, path: str) -> str:
        """Make the absolute address of an object, in the language of the call."""
        base = self.installation.addresses.admin(self.provider)
        return f"{base}/admin/api{path}.{self.language}"
