"""What brings configuration out and in over the wire: loaded by the first who asks for it."""

from collections.abc import Mapping
from typing import Any

from server.domain.provider.folders import Applied, Applying
from server.runtime.memory import loading


class LateFolders:
    """Loads what reads and writes folders when it is needed: most processes never do."""

    def __init__(self) -> None:
        self._wire: Any = None

    def export(self, work: Any, *, secrets: bool) -> tuple[Mapping[str, str], bool]:
        told: tuple[Mapping[str, str], bool] = self._loaded().export(work, secrets=secrets)
        return told

    def apply(self, work: Any, texts: Mapping[str, str], how: Applying) -> Applied:
        done: Applied = self._loaded().apply(work, texts, how)
        return done

    def _loaded(self) -> Any:
        if self._wire is None:
            with loading():
                from server.as_code import wire

            self._wire = wire
        return self._wire
