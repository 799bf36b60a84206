"""A small memory of what was worked out before, bounded in entries and in bytes."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class LRU(Generic[V]):
    """Keeps what was used last; threads may share it.

    What weighs more than an eighth of the whole is not kept: it would push out all the rest.
    """

    def __init__(self, *, most_entries: int, most_bytes: int) -> None:
        self._most_entries, self._most_bytes = most_entries, most_bytes
        self._kept: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()
        self.size_bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: Hashable) -> V | None:
        """Give what is kept under a key, and keep it longer."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, value: V, size_bytes: int) -> None:
        """Keep a value of about so many bytes; what was not used for longest goes."""
        if size_bytes > self._most_bytes // 8:
            return
        with self._lock:
            if key in self._kept:
                self.size_bytes -= self._kept.pop(key)[1]
            self._kept[key] = value, size_bytes
            self.size_bytes += size_bytes
            while len(self._kept) > self._most_entries or self.size_bytes > self._most_bytes:
                _, (_, freed) = self._kept.popitem(last=False)
                self.size_bytes -= freed
