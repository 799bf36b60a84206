"""RSS and Atom: titles, addresses and days of what is new."""

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element, ParseError, fromstring

MOST_CHARACTERS = 2_000_000
MOST_ITEMS = 50
MOST_TITLE = 300
ATOM = "{http://www.w3.org/2005/Atom}"
RSS_1 = "{http://purl.org/rss/1.0/}"
# Entities and external parts are declared here, and nothing else that a feed needs.
DECLARES = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class BadFeed(Exception):
    """What was fetched is no feed."""


def items_of(text: str) -> list[dict[str, str]]:
    """Read the newest items. Raises: BadFeed. Cost: linear; entities of its own are refused."""
    if len(text) > MOST_CHARACTERS:
        raise BadFeed(f"a feed holds at most {MOST_CHARACTERS} characters")
    if DECLARES.search(text):
        raise BadFeed("a feed must not declare a document type or entities")
    try:
        root = fromstring(text)  # noqa: S314 - without declarations nothing is expanded
    except (ParseError, ValueError) as error:
        raise BadFeed(f"it is no XML ({error})") from error
    found = list(_items(root))
    if not found and not root.tag.endswith(("rss", "RDF", "feed")):
        raise BadFeed("it is neither RSS nor Atom")
    return found[:MOST_ITEMS]


def _items(root: Element) -> Iterator[dict[str, str]]:
    for item in (*root.iter("item"), *root.iter(f"{RSS_1}item"), *root.iter(f"{ATOM}entry")):
        url = _url(item)
        if url:
            title = _text(item, "title") or url
            day = _day(_text(item, "pubDate") or _text(item, "published") or _text(item, "updated"))
            yield {"title": title[:MOST_TITLE], "url": url, "published": day}


def _text(item: Element, name: str) -> str:
    for tag in (name, f"{RSS_1}{name}", f"{ATOM}{name}"):
        found = item.find(tag)
        if found is not None:
            return " ".join("".join(found.itertext()).split())
    return ""


def _url(item: Element) -> str:
    links = [
        link for link in item.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"
    ]
    url = _text(item, "link") or next((link.get("href", "") for link in links), "")
    return url if url.startswith(("http://", "https://")) else ""


def _day(text: str) -> str:
    """Read a day; empty for what is none."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(text).date().isoformat()
        except (ValueError, TypeError, IndexError):
            continue
    return ""
