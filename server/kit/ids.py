"""Random tokens and names made from text."""

import re
import secrets
import unicodedata


def random_hex(n_bytes: int) -> str:
    """Make `2 * n_bytes` hexadecimal digits from the system's randomness."""
    return secrets.token_hex(n_bytes)


def slug_of(text: str, *, separator: str = "_") -> str:
    """Turn a title into a system name: ASCII letters, digits and separators; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", separator, plain.lower()).strip(separator)
