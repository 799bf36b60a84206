"""How Liquid writes a value as text: nothing for nil, `true` for true, the items of a list."""

from collections.abc import Sequence

from markupsafe import Markup, escape


def words_of(value: object) -> str:
    """Write a value as text; what is HTML already stays HTML."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return _float(value)
        case range():
            return f"{value.start}..{value.stop - 1}"
        case list() | tuple():
            return joined("", [words_of(item) for item in value])
    return str(value)


def joined(separator: str, parts: Sequence[str]) -> str:
    """Join texts; where one of them is HTML the whole is, and the others are escaped, once."""
    if any(isinstance(part, Markup) for part in (separator, *parts)):
        return escape(separator).join(parts)
    return separator.join(parts)


def _float(value: float) -> str:
    """Write as Ruby does: a fraction stands before an exponent."""
    figures, mark, power = str(value).partition("e")
    return f"{figures}.0e{power}" if mark and "." not in figures else f"{figures}{mark}{power}"
