"""What a page of documentation has around it: its headings, and the pages beside it."""

import html
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from cms.content.library import Library

FOLDER = "/docs"
HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
MOST_HEADINGS, MOST_PAGES = 60, 200
Heading = Mapping[str, object]
Around = dict[str, Any]  # pages, previous, next


@lru_cache(maxsize=200)
def headings_in(body: str) -> Sequence[Heading]:
    """List the second and third headings of a page. Cost: once for each text."""
    return tuple(
        {
            "id": match[2],
            "title": html.unescape(TAG.sub("", match[3])),
            "level": int(match[1]),
        }
        for match, _ in zip(HEADING.finditer(body), range(MOST_HEADINGS), strict=False)
    )


def documentation_around(library: Library, path: str) -> Around:
    """List the pages below /docs with titles, and which come before and after this one."""
    found = library.pages_below(FOLDER)[:MOST_PAGES]
    if path not in {address for address, _ in found}:
        return {"pages": []}
    pages = [
        {"url": address, "title": title or address, "current?": address == path}
        for address, title in found
    ]
    here = next(index for index, page in enumerate(pages) if page["current?"])
    return {
        "pages": pages,
        "previous": pages[here - 1] if here > 0 else None,
        "next": pages[here + 1] if here + 1 < len(pages) else None,
    }
