"""Which origins a pattern allows: one, those that fit a regular expression, or all. Pure."""

import re
from functools import lru_cache

ANY = "*"
LITERAL = re.compile(r"[a-z][a-z0-9+.\-]*://[A-Za-z0-9.\-_\[\]:]+|null", re.IGNORECASE)
LONGEST_ORIGIN = 200  # bytes; bounds what matching can cost
MOST_REPEATS = 3
# What makes matching slow: a repeat of a group, and anything that looks back or around.
SLOW = re.compile(r"\)[*+{]|\(\?(?!:)|\\[1-9]")
REPEAT = re.compile(r"[*+{]")


class BadPattern(ValueError):
    """A pattern that is no regular expression, or one that could take long; names the rule."""


class Origins:
    def __init__(self, pattern: str) -> None:
        """Take a pattern. Raises: BadPattern."""
        self.is_any = pattern in {"", ANY}
        self._literal = pattern.lower() if LITERAL.fullmatch(pattern) else ""
        if not self.is_any and not self._literal:
            _refuse_slow(pattern)
            try:
                self._regex = re.compile(pattern, re.ASCII)
            except (re.error, OverflowError, RecursionError) as error:
                raise BadPattern(f"must be an origin or a regular expression: {error}") from error
            self._fits = lru_cache(maxsize=1024)(self._fits_regex)

    def allow(self, origin: bytes) -> bool:
        """Return whether a page of this origin may call."""
        if self.is_any:
            return True
        if len(origin) > LONGEST_ORIGIN:
            return False
        text = origin.decode("latin-1")
        return text.lower() == self._literal if self._literal else self._fits(text)

    def _fits_regex(self, origin: str) -> bool:
        return self._regex.fullmatch(origin) is not None


def _refuse_slow(pattern: str) -> None:
    bare = re.sub(r"\\[^1-9]|\[\^?\]?[^\]]*\]", "x", pattern)  # what is escaped or in a class
    if SLOW.search(bare) or len(REPEAT.findall(bare)) > MOST_REPEATS:
        raise BadPattern(
            f"must repeat at most {MOST_REPEATS} things, no groups among them, and never look back"
        )
