"""What writes the objects that webhooks are about: a face, which the composition root brings."""

from collections.abc import Mapping
from typing import Any, Protocol

from server.kit.xml import Element


class ObjectWriter(Protocol):
    """Writes accounts, users and applications as the REST API does."""

    def xml(self, work: Any, kind: str, row: Any) -> Element:
        """Write one as an element, with the secrets that the actor may read."""

    def json(self, work: Any, kind: str, row: Any) -> Mapping[str, Any]:
        """Write one as an object of JSON, without its wrapper."""

    def schema(self, kind: str) -> Mapping[str, Any]:
        """Describe that object as JSON Schema, with nothing to be looked up elsewhere."""


class NoObjects:
    """Writes nothing, in a process that tells nobody."""

    def xml(self, work: Any, kind: str, row: Any) -> Element:
        return Element(kind)

    def json(self, work: Any, kind: str, row: Any) -> Mapping[str, Any]:
        return {}

    def schema(self, kind: str) -> Mapping[str, Any]:
        return {"type": "object"}
