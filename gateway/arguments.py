"""The arguments of a call: of its query string and, for forms, of its body."""

from urllib.parse import unquote_plus


class CallArguments:
    """Decodes arguments when first asked; of several with one name the last counts."""

    __slots__ = ("_parsed", "_raw")

    def __init__(self, query: bytes) -> None:
        self._raw = [query] if query else []
        self._parsed: dict[str, str] | None = None

    def add_form(self, body: bytes) -> None:
        """Put a form before the query, as the reference does."""
        self._raw.insert(0, body)
        self._parsed = None

    def get(self, name: str, /) -> str | None:
        """Find an argument by its exact name."""
        return self._all().get(name)

    def get_any_case(self, name: str) -> str | None:
        """Find an argument by a lower-case name, however the caller spelled it."""
        arguments = self._all()
        value = arguments.get(name)
        if value is not None:
            return value
        for spelled, value in arguments.items():
            if spelled.lower() == name:
                return value
        return None

    def _all(self) -> dict[str, str]:
        if self._parsed is None:
            self._parsed = {}
            for raw in self._raw:
                _parse_into(self._parsed, raw.decode("latin-1"))
        return self._parsed


def _parse_into(arguments: dict[str, str], text: str) -> None:
    for pair in text.split("&"):
        if pair:
            name, _, value = pair.partition("=")
            if "%" in pair or "+" in pair:
                name, value = unquote_plus(name), unquote_plus(value)
            arguments[name] = value
