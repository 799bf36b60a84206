"""Lists that are also looked up by name: `plans['gold']`. Source: reference-portal 2.3."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

Item = TypeVar("Item")


class Collection(list[Item]):
    """A list whose items are found by number, and by what `key` of them says."""

    key = "system_name"

    def __init__(self, items: Iterable[Item] = ()) -> None:
        super().__init__(items)

    def __getitem__(self, index: Any) -> Any:
        """Find an item. Raises: KeyError, IndexError."""
        if not isinstance(index, str):
            return super().__getitem__(index)
        for item in self:
            if isinstance(item, Mapping) and str(item.get(self.key)) == index:
                return item
        raise KeyError(index)
