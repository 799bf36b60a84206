"""Keeps secrets out of what is written down: log lines, errors, traces.

Whoever writes a line should not put a secret into it; this is the net below. It knows secrets by
what stands around them (addresses, headers, names), by the look of those that we make, and the
words that a process was told to keep quiet, such as the passwords in its settings.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

GONE = "…"
LEAST = 4  # characters of a word that is kept quiet: shorter ones stand in other words
NAMES = (
    r"[\w.-]*(?:password|passwd|secret|token|api[_-]?key|user[_-]?key|app[_-]?key|provider[_-]?key"
    r"|credential|authorization|cookie|csrf)[\w.-]*"
)
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # redis://user:password@host: all up to the last @ of the address
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s\"'<>]*@", re.IGNORECASE), rf"\1{GONE}@"),
    # /path?user_key=…: arguments may be anything
    (re.compile(r"\?[^\s?\"'<>()]*=[^\s\"'<>)]*"), f"?{GONE}"),
    (re.compile(r"\b(https?://[^\s\"'<>?()]*)\?[^\s\"'<>()]*"), rf"\1?{GONE}"),
    (re.compile(r"\b(Bearer|Basic)\s+[\w.~+/=:-]+", re.IGNORECASE), rf"\1 {GONE}"),
    # password=…, "user_key": "…", b'x-secret': b'…', token …
    (
        re.compile(
            rf"\b({NAMES})([\"']?\s*(?:=>|[:=,])\s*b?)(\"[^\"]*\"|'[^']*'|[^\s,;&\"')\]}}]+)",
            re.IGNORECASE,
        ),
        rf"\1\2{GONE}",
    ),
    # what we make at random: keys, tokens and codes are at least this long
    (re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{24,}(?![0-9A-Za-z])", re.IGNORECASE), GONE),
    (re.compile(r"Shared_secret_sent_from_proxy_to_API_backend_\w+"), GONE),
)
_quiet: set[str] = set()


def keep_quiet(words: Iterable[str]) -> None:
    """Have this process never write these words, whatever stands around them."""
    _quiet.update(word for word in words if len(word) >= LEAST)


def redact(text: str, words: Iterable[str] = ()) -> str:
    """Take secrets out of a text; `words` are those of the moment."""
    for word in sorted({*_quiet, *(w for w in words if len(w) >= LEAST)}, key=len, reverse=True):
        text = text.replace(word, GONE)
    for pattern, instead in PATTERNS:
        text = pattern.sub(instead, text)
    return text


def redacted(value: Any, words: Iterable[str] = ()) -> Any:
    """Take secrets out of all texts of a value that is written as JSON."""
    if isinstance(value, str):
        return redact(value, words)
    if isinstance(value, Mapping):
        return {name: redacted(each, words) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redacted(each, words) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return redact(str(value), words)
