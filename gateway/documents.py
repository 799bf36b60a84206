"""Which deployed document a call means: by host, or by environment and name."""

from typing import Protocol

from gateway.config.document import ServiceDocument
from gateway.directory import Environment


class Documents(Protocol):
    """Answers with what was deployed; every answer is at most 2 s behind the truth.

    Cost: a dictionary look-up when the answer is in use, else one trip to a worker thread.
    Raises: DirectoryUnavailable when the source behind it does not answer.
    """

    async def document_by_host(self, host: str) -> ServiceDocument | None:
        """Find the deployed document whose `hosts` has this lower-cased host without port."""

    async def document_by_name(
        self, environment: Environment, system_name: str
    ) -> ServiceDocument | None:
        """Find the deployed document of a service of the first provider (bare-host paths)."""
