"""Sums that wait for the statistics: how often something came, bounded, all or nothing."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Generic, TypeVar

MOST_SUMS = 100_000  # about 15 MB: what is kept while the statistics can't be written
Key = TypeVar("Key", bound=Hashable)


class Sums(Generic[Key]):
    """Counts by key until `take` has taken the counts."""

    __slots__ = ("_sums", "_take")

    def __init__(self, take: Callable[[Mapping[Key, int]], Awaitable[None]]) -> None:
        self._take = take
        self._sums: dict[Key, int] = {}

    def __len__(self) -> int:
        return len(self._sums)

    def add(self, key: Key) -> None:
        """Count one; a new key beyond the bound is left out."""
        sums = self._sums
        calls = sums.get(key)
        if calls is not None:
            sums[key] = calls + 1
        elif len(sums) < MOST_SUMS:
            sums[key] = 1

    async def fold(self) -> None:
        """Hand the counts over; when that fails they are kept. Raises: what `take` raises."""
        sums, self._sums = self._sums, {}
        if not sums:
            return
        try:
            await self._take(sums)
        except BaseException:
            for key, calls in self._sums.items():
                sums[key] = sums.get(key, 0) + calls
            self._sums = sums
            raise
