"""Ids of rows as text, random tokens, and names made from text."""

import re
import secrets
import unicodedata

MOST_ID = 2**31 - 1  # that a column of ids holds


def id_or_none(text: str) -> int | None:
    """Read an id; None for what can't be one, which no database could compare either."""
    fits = text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_ID))
    return int(text) if fits and int(text) <= MOST_ID else None


def random_hex(n_bytes: int) -> str:
    """Make `2 * n_bytes` hexadecimal digits from the system's randomness."""
    return secrets.token_hex(n_bytes)


def slug_of(text: str, *, separator: str = "_") -> str:
    """Turn a title into a system name: ASCII letters, digits and separators; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", separator, plain.lower()).strip(separator)
