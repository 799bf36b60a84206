"""The arguments of a call: of its query string and, for forms, of its body."""

from collections.abc import Iterator
from urllib.parse import unquote_plus

Pairs = list[tuple[str, str]]


class CallArguments:
    """Decodes arguments when first asked.

    Rules and credentials read them in two ways, as gateways of the reference kind do. For a rule
    the form comes before the query and the last of a name counts; for a credential the query comes
    before the form and the first of a name counts.
    """

    __slots__ = ("_form", "_for_rules", "_query", "_raw_form", "_raw_query")

    def __init__(self, query: bytes) -> None:
        self._raw_query = query
        self._raw_form = b""
        self._query: Pairs | None = None
        self._form: Pairs | None = None
        self._for_rules: dict[str, str] | None = None

    def add_form(self, body: bytes) -> None:
        """Put a form beside the query."""
        self._raw_form = body
        self._form = self._for_rules = None

    def get(self, name: str, /) -> str | None:
        """Find an argument by its exact name, as rules read it."""
        if self._for_rules is None:
            self._for_rules = dict([*self._of_query(), *self._of_form()])
        return self._for_rules.get(name)

    def credential(self, name: str) -> str | None:
        """Find a credential by its lower-case name, however the caller spelled it."""
        value = _first(self._of_query(), name)
        return _first(self._of_form(), name) if value is None else value

    def _of_query(self) -> Pairs:
        if self._query is None:
            self._query = list(_pairs(self._raw_query))
        return self._query

    def _of_form(self) -> Pairs:
        if self._form is None:
            self._form = list(_pairs(self._raw_form))
        return self._form


def _first(pairs: Pairs, name: str) -> str | None:
    """Find the first value; one that is spelled exactly comes before others."""
    other = None
    for spelled, value in pairs:
        if spelled == name:
            return value
        if other is None and spelled.lower() == name:
            other = value
    return other


def _pairs(raw: bytes) -> Iterator[tuple[str, str]]:
    for pair in raw.decode("latin-1").split("&"):
        if pair:
            name, _, value = pair.partition("=")
            if "%" in pair or "+" in pair:
                name, value = unquote_plus(name), unquote_plus(value)
            yield name, value
