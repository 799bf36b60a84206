"""The operations of a specification, in brief: what lists, searches and addresses are made of."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from server.domain.portal.specs.reading import (
    Document,
    format_of,
    items_of,
    members_of,
    parse_document,
    resolve,
    text_of,
)
from server.domain.portal.specs.swagger_1 import is_swagger_1, upgraded

METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace", "query")
MOST_OPERATIONS = 3_000  # listed of one specification
MOST_PATH, MOST_SUMMARY, MOST_DESCRIPTION, MOST_TAG = 500, 200, 5_000, 100
MOST_SLUG = 80
NO_TAG = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, as lists show it; `slug` is its name in addresses."""

    slug: str
    method: str  # upper case
    path: str
    summary: str = ""
    tag: str = NO_TAG  # the first of them
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """What is told of a specification without reading it again."""

    format: str = ""
    title: str = ""
    version: str = ""
    description: str = ""
    total: int = 0  # of operations, also of those that are too many to be listed
    size: int = 0  # characters of the document
    operations: tuple[Operation, ...] = ()

    @classmethod
    def read(cls, stored: str) -> Self:
        """Read what `written` wrote."""
        known = json.loads(stored)
        operations = tuple(Operation(**each) for each in known.pop("operations"))
        return cls(**known, operations=operations)

    def written(self) -> str:
        """Write it to be stored."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    def find(self, slug: str) -> Operation | None:
        """Find an operation by its name in addresses."""
        return next((each for each in self.operations if each.slug == slug), None)


def outline_of(document: Document, size: int = 0) -> Outline:
    """Sum up a document, of any version and however broken. Cost: grows with its operations."""
    info = members_of(document.get("info"))
    operations, total = [], 0
    slugs: set[str] = set()
    for method, path, operation in walk(document):
        total += 1
        if total <= MOST_OPERATIONS:
            operations.append(_brief(method, path, operation, slugs))
    return Outline(
        format=format_of(document),
        title=text_of(info.get("title"), MOST_SUMMARY),
        version=text_of(info.get("version"), MOST_TAG),
        description=text_of(info.get("description"), MOST_DESCRIPTION),
        total=total,
        size=size,
        operations=tuple(operations),
    )


def readable(body: str) -> dict[str, Any]:
    """Read a stored document as one of Swagger 2.0 or OpenAPI: 1.2 is converted."""
    document = parse_document(body)
    return upgraded(document) if is_swagger_1(document) else document


def walk(document: Document) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """List method (lower case), path and object of each operation, in the document's order."""
    for path, item in members_of(document.get("paths")).items():
        found = resolve(document, item)
        for method in METHODS:
            operation = found.get(method)
            if isinstance(operation, Mapping):
                yield method, str(path), operation


def slug_of(method: str, path: str, operation: Mapping[str, Any]) -> str:
    """Name an operation in addresses: by its own id, else by method and path."""
    own = operation.get("operationId")
    text = own if isinstance(own, str) and own.strip() else f"{method} {path}"
    return re.sub(r"[^A-Za-z0-9_]+", "-", text)[:MOST_SLUG].strip("-").lower() or method


def _brief(method: str, path: str, operation: Mapping[str, Any], slugs: set[str]) -> Operation:
    slug = base = slug_of(method, path, operation)
    number = 2
    while slug in slugs:
        slug, number = f"{base}-{number}", number + 1
    slugs.add(slug)
    tags = [tag for tag in items_of(operation.get("tags")) if isinstance(tag, str)]
    summary = text_of(operation.get("summary"), MOST_SUMMARY)
    if not summary:
        first_line = text_of(operation.get("description"), MOST_DESCRIPTION).partition("\n")[0]
        summary = text_of(first_line, MOST_SUMMARY)
    return Operation(
        slug=slug,
        method=method.upper(),
        path=text_of(path, MOST_PATH),
        summary=summary,
        tag=text_of(tags[0], MOST_TAG) if tags else NO_TAG,
        deprecated=operation.get("deprecated") is True,
    )
