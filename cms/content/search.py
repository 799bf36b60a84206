"""Searching what a visitor may read: pages, and operations of published specifications.

The texts are looked through here, so that the answer is the same on every database. What a text
holds is kept by its version; how much is read for one answer is bounded.
"""

import json
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server.kit.lru import LRU

MOST_QUERY = 100  # characters
MOST_TERMS = 8
MOST_RESULTS = 20
MOST_PAGES = 500
MOST_SPECIFICATIONS = 50
MOST_OPERATIONS = 2_000  # of one specification
MOST_TEXT = 20_000  # characters of one page
EXCERPT = 160
NO_PAGES: Mapping[tuple[str, str], str] = {}
Say = Callable[[str], str]  # a text of the theme in the language of who reads
METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace", "query")
MARKUP = re.compile(r"{%.*?%}|{{.*?}}|<(script|style)\b.*?</\1>|<[^>]{0,500}>", re.DOTALL)
OWN_WORDS = re.compile(  # what a template says in the language of who reads
    r"""{{-?\s*(?:'(?P<single>[^']{0,2000})'|"(?P<double>[^"]{0,2000})")\s*\|\s*t\b[^}]{0,500}}}"""
)
VALUES = re.compile(r"%{\w+}")
SIGNS = re.compile(r"[#*`_>\[\]|]+|\((?:https?://[^)\s]*|\s*)\)")
LOOSE = re.compile(r" ([.,;:!?])(?=\s|$)")  # what stands alone once a value is gone


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a visitor may read: where it is, what it is called and what it says."""

    title: str
    kind: str  # page, operation
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """One result, with the part of its text that fits."""

    title: str
    kind: str
    url: str
    description: str


@dataclass(frozen=True, slots=True)
class Results:
    """The best of what fits, and how much does."""

    query: str
    total: int
    results: tuple[Result, ...]


class SearchTexts:
    """What texts hold, by their versions; bounded, so that no provider fills a process."""

    def __init__(self) -> None:
        self._texts: LRU[str] = LRU(most_entries=2_000, most_bytes=20_000_000)
        self._operations: LRU[tuple[Found, ...]] = LRU(most_entries=200, most_bytes=20_000_000)

    def page(self, key: Hashable, source: Any, say: Say) -> str:
        """Read the words of a template in a language, without its code and markup."""
        known = self._texts.find(key)
        if known is None:
            known = words_of(source.load(), say)
            self._texts.keep(key, known, len(known))
        return known

    def operations(
        self, key: Hashable, body: str, url: str, pages: Mapping[tuple[str, str], str]
    ) -> tuple[Found, ...]:
        """List the operations of a specification; `pages` are those of its own, by operation."""
        known = self._operations.find(key)
        if known is None:
            known = tuple(list_operations(body, url, pages))
            size = sum(len(each.title) + len(each.text) + 200 for each in known)
            self._operations.keep(key, known, size)
        return known

    def knows_operations(self, key: Hashable) -> bool:
        """Return whether the specification need not be read."""
        return self._operations.find(key) is not None


def words_of(template: str, say: Say = str) -> str:
    """Take the words out of a template or Markdown: what a reader sees without any object."""

    def said_of(found: re.Match[str]) -> str:
        return VALUES.sub(" ", say(found["single"] or found["double"] or ""))

    said = OWN_WORDS.sub(said_of, template[: 4 * MOST_TEXT])
    bare = SIGNS.sub(" ", MARKUP.sub(" ", said))
    return LOOSE.sub(r"\1", " ".join(bare.split()))[:MOST_TEXT]


def list_operations(
    body: str, url: str, pages: Mapping[tuple[str, str], str] = NO_PAGES
) -> Iterator[Found]:
    """List the operations of an OpenAPI or Swagger document; none of one that is no such.

    `pages` says by method and path where an operation has a page of its own.
    """
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return
    paths = document.get("paths") if isinstance(document, Mapping) else None
    if not isinstance(paths, Mapping):
        return
    left = MOST_OPERATIONS
    for path, item in paths.items():
        for method in METHODS if isinstance(item, Mapping) else ():
            operation = item.get(method)
            if isinstance(operation, Mapping) and left > 0:
                left -= 1
                page = pages.get((method.upper(), str(path)), url)
                yield _operation(str(path), method, operation, page)


def _operation(path: str, method: str, operation: Mapping[str, Any], url: str) -> Found:
    told = [operation.get(name) for name in ("summary", "description", "operationId")]
    texts = [" ".join(each.split()) for each in told if isinstance(each, str)]
    return Found(f"{method.upper()} {path}", "operation", url, " ".join(texts)[:2_000])


def terms_of(query: str) -> list[str]:
    """Split a query into what must all be found."""
    return query[:MOST_QUERY].casefold().split()[:MOST_TERMS]


def search(query: str, found: Iterable[Found]) -> Results:
    """Find what holds all words of the query; those come first that have them in their titles."""
    terms = terms_of(query)
    if not terms:
        return Results(query[:MOST_QUERY], 0, ())
    ranked = []
    for place, each in enumerate(found):
        title, text = each.title.casefold(), each.text.casefold()
        if all(term in title or term in text for term in terms):
            in_title = sum(term in title for term in terms)
            ranked.append((-in_title, place, each))
    ranked.sort(key=lambda one: one[:2])
    best = tuple(_result(each, terms) for _, _, each in ranked[:MOST_RESULTS])
    return Results(query[:MOST_QUERY], len(ranked), best)


def _result(found: Found, terms: list[str]) -> Result:
    """Cut the part of the text out in which the first of the words is found."""
    text = found.text.casefold()
    at = min((place for place in map(text.find, terms) if place >= 0), default=0)
    begin = max(0, at - EXCERPT // 3)
    begin = found.text.find(" ", begin) + 1 if 0 < begin < at else begin  # a whole word
    part = found.text[begin : begin + EXCERPT].strip()
    before = "…" if begin > 0 else ""
    after = "…" if begin + EXCERPT < len(found.text) else ""
    return Result(found.title, found.kind, found.url, f"{before}{part}{after}")
