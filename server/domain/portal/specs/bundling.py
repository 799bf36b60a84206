"""References out of a document: told with their place, or brought in from where they lead."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin

from server.domain.errors import DomainError, Invalid, TooLong
from server.domain.portal.specs.reading import items_of, parse_document, text_of
from server.domain.portal.specs.swagger_1 import is_swagger_1

MOST_DOCUMENTS = 20  # beside the first
HOME = "x-documents"  # where what was brought in stands in the first one
DATA = frozenset({"example", "examples", "default", "const", "enum"})  # hold what is no reference
MOST_SHOWN = 200
MOST_TOGETHER = 25_000_000  # characters, of all documents

Clean = Callable[[str], str]  # gives JSON; raises DomainError
Fetch = Callable[[str], str]  # raises DomainError


def find_foreign(document: object) -> tuple[str, str] | None:
    """Find the first reference that leads out of a document, and the place that it stands at."""
    return next(
        (
            (each["$ref"], place)
            for each, place in _references(document)
            if _is_foreign(each["$ref"])
        ),
        None,
    )


def refuse_foreign(body: str) -> None:
    """Refuse references that lead out of a document. Raises: Invalid."""
    if '"$ref"' not in body:
        return
    document = parse_document(body)
    found = None if is_swagger_1(document) else find_foreign(document)  # there it names a model
    if found is not None:
        raise Invalid(
            f"refers to {text_of(found[0], MOST_SHOWN)!r} at {text_of(found[1], MOST_SHOWN)}, "
            "outside of this document. Put that into the document, or give the address of the "
            "document instead: then what it refers to is fetched as well.",
            field="body",
        )


def bundled(text: str, url: str, clean: Clean, fetch: Fetch) -> str:
    """Bring what a fetched document refers to into it; one without such references stays as it is.

    Raises: DomainError of `clean` and `fetch`, and for too many. Cost: at most `MOST_DOCUMENTS`.
    """
    if "$ref" not in text and "swaggerVersion" not in text:
        return text
    body = clean(text)
    document = parse_document(body)
    bundle = _Bundle(url, clean, fetch, size=len(body))
    if is_swagger_1(document):
        return json.dumps(document, ensure_ascii=False) if bundle.declare(document) else text
    if find_foreign(document) is None:
        return text
    bundle.add(document, url)
    bundle.run()
    document[HOME] = bundle.found
    return json.dumps(document, ensure_ascii=False)


@dataclass
class _Bundle:
    """Documents by their address, and what waits to be looked through."""

    root: str
    clean: Clean
    fetch: Fetch
    size: int
    count: int = 0  # of documents that were fetched
    names: dict[str, str] = field(default_factory=dict)  # address -> name within HOME
    found: dict[str, Any] = field(default_factory=dict)
    waiting: list[tuple[Any, str]] = field(default_factory=list)

    def add(self, document: Any, url: str) -> None:
        self.waiting.append((document, url))

    def run(self) -> None:
        """Write every reference as one within the first document."""
        while self.waiting:
            document, url = self.waiting.pop()
            for each, place in list(_references(document)):
                each["$ref"] = self._within(each["$ref"], url, place)

    def declare(self, listing: dict[str, Any]) -> int:
        """Put the API declarations of a resource listing of Swagger 1.2 into it."""
        base = listing.get("basePath")
        base = base if isinstance(base, str) and base.startswith("http") else self.root
        entries = items_of(listing.get("apis"))
        count = 0
        for at, entry in enumerate(entries):
            is_named = isinstance(entry, Mapping) and isinstance(entry.get("path"), str)
            if not is_named or "operations" in entry or "apis" in entry:
                continue
            path = entry["path"].replace("{format}", "json")
            address = path if path.startswith("http") else f"{base.rstrip('/')}/{path.lstrip('/')}"
            declaration = self._read(address, f"#/apis/{at}/path")
            if isinstance(declaration, Mapping):
                entries[at] = {**declaration, "path": entry["path"]}
                count += 1
        return count

    def _within(self, reference: str, url: str, place: str) -> str:
        address, fragment = urldefrag(urljoin(url, reference))
        if reference.startswith("#"):
            address = url
        if address == self.root:
            return f"#{fragment}"
        if address not in self.names:
            document = self._read(address, place)
            self.names[address] = f"d{len(self.names) + 1}"
            self.found[self.names[address]] = document
            self.add(document, address)
        return f"#/{HOME}/{self.names[address]}{fragment}"

    def _read(self, address: str, place: str) -> Any:
        where = f"refers at {text_of(place, MOST_SHOWN)} to {text_of(address, MOST_SHOWN)}, which"
        self.count += 1
        if self.count > MOST_DOCUMENTS:
            raise Invalid(
                f"refers to more than {MOST_DOCUMENTS} other documents. Make one of them all.",
                field="body",
            )
        try:
            body = self.clean(self.fetch(address))
        except DomainError as error:
            raise Invalid(f"{where} {error.message}", field="body") from error
        self.size += len(body)
        if self.size > MOST_TOGETHER:
            raise TooLong("body", MOST_TOGETHER)
        return parse_document(body)


def _is_foreign(reference: str) -> bool:
    return not reference.startswith("#")


def _references(document: object) -> Iterator[tuple[dict[str, Any], str]]:
    """List what holds a reference, with its place as a JSON pointer."""
    waiting: list[tuple[object, str]] = [(document, "#")]
    while waiting:
        value, place = waiting.pop()
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield value, place
            for name in reversed(value):
                if name not in DATA and not str(name).startswith("x-"):
                    inner = str(name).replace("~", "~0").replace("/", "~1")
                    waiting.append((value[name], f"{place}/{inner}"))
        elif isinstance(value, list):
            waiting.extend((each, f"{place}/{at}") for at, each in reversed([*enumerate(value)]))
