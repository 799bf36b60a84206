"""JSON as RFC 8259 has it: no NaN and no Infinity, neither read nor written."""

import json
from collections.abc import Callable
from typing import Any


def parse_json(text: str | bytes, whole: Callable[[str], Any] = int) -> Any:
    """Read JSON; `whole` reads whole numbers, and `int` none of thousands of figures.

    Raises: ValueError, RecursionError when it is nested too deep for the parser.
    """
    return json.loads(text, parse_constant=_refuse, parse_int=whole)


def json_bytes(value: Any) -> bytes:
    """Write JSON in UTF-8, as short as it gets; half a surrogate pair is escaped.

    Raises: ValueError for NaN and Infinity.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
