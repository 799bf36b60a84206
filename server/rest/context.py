"""What every operation of the REST API gets to work with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.actions.work import Work
from server.domain.drafts import Draft, parse
from server.domain.provider.folders import Folders, NoFolders
from server.domain.provider.providers import Provider
from server.kit.ids import id_or_none
from server.rest.formats import Format
from server.rest.params import Params
from server.rest.shapes import address_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RestContext(Work):
    """A request by a known caller, inside its transaction."""

    provider: Provider
    language: Format
    params: Params
    path: Mapping[str, Any]
    folders: Folders = field(default_factory=NoFolders)

    def path_id(self, name: str = "id") -> int | None:
        """Take an id out of the path; None for what can't be one."""
        return id_or_none(str(self.path[name]).strip())

    def given(self, model: type[Draft]) -> dict[str, Any]:
        """Read what is given of a model's fields, checked. Raises: Invalid."""
        return parse(model, self.params.pick(model.model_fields)).given()

    def address(self, path: str) -> str:
        """Make the absolute address of an object, in the language of the call."""
        return address_of(self, path, self.language)
