"""A specification read as a service: methods with mapping rules, server and credentials."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from server.domain.errors import DomainError
from server.domain.portal.specs.operations import slug_of, walk
from server.domain.portal.specs.prepared import schemes_of, server_of
from server.domain.portal.specs.reading import Document, items_of, members_of, text_of
from server.domain.services.mapping_rules import HTTPMethod, clean_pattern
from server.domain.services.metrics import HITS, METRIC_NAME, clean_metric_name

NAME_CHARS, DESCRIPTION_CHARS = 255, 1_000
PART = re.compile(r"(\{[^{}]*\})")
PLAIN = "/-._~!&'()*+,;=:@%"  # stays as it is in a pattern
HTTP_METHODS = frozenset(HTTPMethod) - {HTTPMethod.ANY}


@dataclass(frozen=True, slots=True)
class Call:
    """An operation as a method under `hits`, and the mapping rule that counts for it."""

    system_name: str
    friendly_name: str
    description: str
    http_method: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Login:
    """How callers prove who they are: the fields of a proxy, and the service's mode."""

    backend_version: str
    credentials_location: str
    auth_user_key: str = ""  # empty: the usual name


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a specification says of a service."""

    title: str
    description: str
    upstream: str  # scheme and host of its first server; empty when it names none
    login: Login | None
    calls: tuple[Call, ...]
    left_out: tuple[str, ...]  # what can't be taken over, and why


def sketch_of(document: Document, *, prefixes: bool = False) -> Sketch:
    """Read a document of Swagger 2.0 or OpenAPI 3.

    Rules match whole paths, or with `prefixes` all that begin so. They keep the path of the server:
    callers change nothing but the host. Cost: grows with the operations.
    """
    info = members_of(document.get("info"))
    login, told = _login_of(document)
    found = _Calls(urlsplit(server_of(document)).path.rstrip("/"), "" if prefixes else "$")
    for method, path, operation in walk(document):
        found.add(method.upper(), path, operation)
    return Sketch(
        title=text_of(info.get("title"), NAME_CHARS),
        description=text_of(info.get("description"), DESCRIPTION_CHARS),
        upstream=_upstream_of(document),
        login=login,
        calls=tuple(found.calls),
        left_out=(*found.left_out, *told),
    )


class _Calls:
    """Collects calls, each under a name of its own."""

    def __init__(self, base: str, end: str) -> None:
        self.calls: list[Call] = []
        self.left_out: list[str] = []
        self._base, self._end = base, end
        self._names = {HITS}
        self._rules: dict[tuple[str, str], str] = {}

    def add(self, method: str, path: str, operation: Mapping[str, Any]) -> None:
        shown = f"{method} {text_of(path, NAME_CHARS)}"
        if method not in HTTP_METHODS:
            self.left_out.append(f"{shown}: gateways count no calls with {method}.")
            return
        try:
            pattern = clean_pattern(pattern_of(f"{self._base}{path}", self._end))
            name = _name_of(method.lower(), path, operation)
        except DomainError as error:
            self.left_out.append(f"{shown}: its pattern {error.message}")
            return
        other = self._rules.setdefault((method, _shape(pattern)), shown)
        if other != shown:
            self.left_out.append(f"{shown}: the same calls as {other}.")
            return
        own = operation.get("operationId")
        title = text_of(operation.get("summary"), NAME_CHARS) or text_of(own, NAME_CHARS) or shown
        description = text_of(operation.get("description"), DESCRIPTION_CHARS)
        self.calls.append(Call(self._free(name), title, description, method, pattern))

    def _free(self, name: str) -> str:
        free, number = name, 2
        while free in self._names:
            free, number = f"{name}_{number}", number + 1
        self._names.add(free)
        return free


def _name_of(method: str, path: str, operation: Mapping[str, Any]) -> str:
    """Name a method by the operation's own id where that may be a name. Raises: DomainError."""
    own = operation.get("operationId")
    if isinstance(own, str) and METRIC_NAME.fullmatch(own):
        return clean_metric_name(own, "")
    return clean_metric_name("", slug_of(method, path, operation).replace("-", "_"))


def pattern_of(path: str, end: str) -> str:
    """Write a path with its {parameters} as the pattern of a mapping rule that ends in `end`."""
    path, _, query = path.partition("#")[0].partition("?")
    if not path.startswith("/"):
        path = f"/{path}"
    seen: dict[str, int] = {}
    parts = [
        _variable(part, seen) if PART.fullmatch(part) else quote(part, safe=PLAIN)
        for part in PART.split(path)
    ]
    return f"{''.join(parts)}{end}{'?' if query else ''}{query}"


def _variable(part: str, seen: dict[str, int]) -> str:
    """Name a parameter as rules may: `{pet-id}` is `{pet_id}`, a second `{id}` is `{id_2}`."""
    name = re.sub(r"\W+", "_", part[1:-1], flags=re.ASCII)
    if not name or not (name[0].isalpha() or name[0] == "_"):
        name = f"_{name}"
    seen[name] = seen.get(name, 0) + 1
    return f"{{{name}}}" if seen[name] == 1 else f"{{{name}_{seen[name]}}}"


def _shape(pattern: str) -> str:
    """Tell which calls a pattern means, whatever its variables are called."""
    return PART.sub("{}", pattern)


def _upstream_of(document: Document) -> str:
    parts = urlsplit(server_of(document))
    if not parts.hostname:
        return ""
    schemes = [each for each in items_of(document.get("schemes")) if each in ("https", "http")]
    scheme = parts.scheme or ("https" if "https" in schemes or not schemes else "http")
    return f"{scheme}://{parts.netloc.rpartition('@')[2]}"


def _login_of(document: Document) -> tuple[Login | None, Iterator[str]]:
    """Tell how the first way to log in that a document names is one of a gateway's."""
    schemes = schemes_of(document)
    wanted = _wanted(document)
    known = [(name, schemes[name]) for name in wanted if name in schemes]
    if len(known) != 1:
        told = f"Security: {', '.join(wanted)} together: set up the credentials by hand."
        return None, iter([told] if known else [])
    name, scheme = known[0]
    kind, place = scheme.get("type"), scheme.get("in")
    if kind == "apiKey" and place in ("header", "query"):
        location = "headers" if place == "header" else "query"
        return Login("1", location, text_of(scheme.get("name"), NAME_CHARS)), iter([])
    if kind == "basic" or (kind == "http" and str(scheme.get("scheme")).lower() == "basic"):
        return Login("2", "authorization"), iter([])
    what = f"a key in a {place}" if kind == "apiKey" else text_of(kind, NAME_CHARS)
    return None, iter(
        [f"Security {name}: gateways here do not take {what}; keys stay as they are."]
    )


def _wanted(document: Document) -> list[str]:
    """List the schemes of the first requirement, of the document or else of an operation."""
    operations = (each.get("security") for _, _, each in walk(document))
    for requirements in (document.get("security"), *operations):
        for requirement in items_of(requirements):
            if members_of(requirement):
                return [str(name) for name in requirement]
    return []
