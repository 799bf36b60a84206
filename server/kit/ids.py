"""Ids of rows as text, random tokens, and names made from text."""

import re
import secrets
import unicodedata
from hashlib import sha256

MOST_MADE = 200  # characters that a made name takes of a title
ASCII = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
MOST_ID = 2**31 - 1  # that a column of ids holds


def id_or_none(text: str) -> int | None:
    """Read an id; None for what can't be one, which no database could compare either."""
    fits = text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_ID))
    return int(text) if fits and int(text) <= MOST_ID else None


def random_hex(n_bytes: int) -> str:
    """Make `2 * n_bytes` hexadecimal digits from the system's randomness."""
    return secrets.token_hex(n_bytes)


def slug_of(text: str, *, separator: str = "_") -> str:
    """Turn a title into ASCII letters, digits and separators; may be empty."""
    plain = _in_parts(text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", separator, plain).strip(separator)


def name_made_of(text: str, *, separator: str = "_") -> str:
    """Make a system name of any title, always the same.

    Where letters, digits or symbols have no ASCII, a digest keeps apart what would be alike.
    """
    slug = slug_of(text, separator=separator)[:MOST_MADE].strip(separator)
    if slug and not any(_is_lost(letter) for letter in _in_parts(text)):
        return slug
    digest = sha256(unicodedata.normalize("NFKC", text).encode(errors="replace")).hexdigest()[:8]
    return separator.join([slug or "name", digest])


def _in_parts(text: str) -> str:
    """Write a text in small letters, those with marks as a letter and its marks."""
    return unicodedata.normalize("NFKD", text.casefold()).casefold().translate(ASCII)


def _is_lost(letter: str) -> bool:
    is_said = unicodedata.category(letter)[0] in "LN" or unicodedata.category(letter) == "So"
    return is_said and not letter.isascii()
