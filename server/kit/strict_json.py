"""JSON as RFC 8259 has it: no NaN and no Infinity, neither read nor written."""

import json
from typing import Any


def parse_json(text: str | bytes) -> Any:
    """Read JSON. Raises: ValueError, RecursionError when it is nested too deep for the parser."""
    return json.loads(text, parse_constant=_refuse)


def json_bytes(value: Any) -> bytes:
    """Write JSON in UTF-8, as short as it gets; half a surrogate pair is escaped.

    Raises: ValueError for NaN and Infinity.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
