"""What is wrong with one input, gathered so that all of it is told at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from server.domain.errors import DomainError, Invalid


class Refusals:
    """Notes what checks refuse, each within `noted`; `tell` raises it when they all have run."""

    def __init__(self) -> None:
        self._found: list[DomainError] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note a refused input, and go on behind the block."""
        try:
            yield
        except Invalid as error:
            self._found += [error, *error.others]

    def tell(self) -> None:
        """Raise the first of what was noted, with the others. Raises: Invalid and its kinds."""
        if self._found:
            first, *others = self._found
            first.others = tuple(others)
            raise first
