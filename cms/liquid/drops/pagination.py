"""The pages of a list. Source: reference-portal 2.3 Pagination."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from cms.liquid.drops.collection import Collection
from cms.liquid.drops.drop import Drop

NEIGHBOURS = 2  # of the page that is shown, and at both ends
GAP = "…"


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one page of a list is among all of them; `items` are 0 where nobody counted.

    Neighbours are addresses, empty at the ends; `address` is that of the list itself.
    """

    next: str = ""
    previous: str = ""
    size: int = 0
    current: int = 1
    items: int = 0
    address: str = ""

    @classmethod
    def numbered(cls, address: str, current: int, size: int, items: int) -> "Pages":
        """Make the pages of a list that is counted; other parameters of the address stay."""
        pages = cls(size=size, current=current, items=items, address=address)
        return replace(
            pages,
            next=pages.at(current + 1) if current < pages.count else "",
            previous=pages.at(current - 1) if current > 1 else "",
        )

    @property
    def count(self) -> int:
        """How many pages there are; 1 where nobody counted."""
        return max(1, -(-self.items // self.size)) if self.size else 1

    def at(self, number: int) -> str:
        """Tell the address of a page."""
        path, _, query = self.address.partition("?")
        kept = {name: text for name, text in parse_qsl(query) if name != "page"}
        return f"{path}?{urlencode({**kept, 'page': number})}"


@dataclass(frozen=True, slots=True)
class Step:
    """One entry below a list: a page, a neighbour or a gap."""

    title: str
    url: str = ""
    rel: str = ""
    current: bool = False


class PartDrop(Drop[Step]):
    """One entry below a list; it reads as its title.

    Example: {% for part in pagination.parts %}{{ part.title }} {{ part.url }}{% endfor %}
    """

    shows = ("title", "url", "rel", "is_link", "current?")
    says = {
        "url": "The address of the page; empty for the page itself and a gap.",
        "rel": "`prev` or `next` for the neighbours.",
        "current?": "Whether it is the page that is shown.",
    }

    def __str__(self) -> str:
        return self.model.title

    @property
    def is_link(self) -> bool:
        """Return whether it leads somewhere."""
        return bool(self.model.url)


class NeighbourDrop(PartDrop):
    """A neighbouring page; it reads as its address.

    Example: <a href="{{ pagination.next }}">{{ pagination.next.title }}</a>
    """

    def __str__(self) -> str:
        return self.model.url


class PaginationDrop(Drop[Pages]):
    """The pages of a list.

    Example: <a href="{{ pagination.next }}">Next</a>
    """

    shows = (
        "page_size",
        "current_page",
        "current_offset",
        "pages",
        "items",
        "previous",
        "next",
        "parts",
    )
    attributes = {"items": "all_items"}

    @property
    def page_size(self) -> int:
        """How many items a page has at most; 0 where nobody counted."""
        return self.model.size

    @property
    def current_page(self) -> int:
        """The number of the page, from 1."""
        return self.model.current

    @property
    def current_offset(self) -> int:
        """How many items come before the page."""
        return (self.model.current - 1) * self.model.size

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self.model.count

    @property
    def all_items(self) -> int:
        """How many items there are; 0 where nobody counted."""
        return self.model.items

    @property
    def previous(self) -> NeighbourDrop | None:
        """The page before; nothing on the first one."""
        url = self.model.previous
        return NeighbourDrop(Step("Previous", url, "prev"), self.data) if url else None

    @property
    def next(self) -> NeighbourDrop | None:
        """The next page; nothing on the last one."""
        url = self.model.next
        return NeighbourDrop(Step("Next", url, "next"), self.data) if url else None

    @property
    def parts(self) -> Collection[PartDrop]:
        """What stands below the list: neighbours, pages, gaps; empty where one page is all."""
        return Collection(PartDrop(step, self.data) for step in _steps(self.model))


def _steps(pages: Pages) -> Iterator[Step]:
    if not pages.next and not pages.previous:
        return
    yield Step("Previous", pages.previous, "prev" if pages.previous else "")
    last = 0
    for number in range(1, pages.count + 1) if pages.size else ():
        if not _is_near(number, pages):
            continue
        if number > last + 1:
            yield Step(GAP)
        is_current = number == pages.current
        yield Step(str(number), "" if is_current else pages.at(number), current=is_current)
        last = number
    yield Step("Next", pages.next, "next" if pages.next else "")


def _is_near(number: int, pages: Pages) -> bool:
    ends = (1, pages.current, pages.count)
    return any(abs(number - end) <= NEIGHBOURS for end in ends)
