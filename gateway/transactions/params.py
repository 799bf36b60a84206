"""Request parameters with brackets, `usage[hits]=1`, turned into dictionaries and lists. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from gateway.transactions.errors import bad_escape, bad_syntax

Value: TypeAlias = "str | None | list[Value] | dict[str, Value]"
Hash: TypeAlias = dict[str, Value]

BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
DEEPEST = 8  # `transactions[0][usage][hits]` has four steps
MOST_PARAMS = 4096  # of a query, and of a body; the reference takes no more


@dataclass(frozen=True, slots=True)
class Params:
    """The parameters of a request; `is_utf8` is False when a text had to be mended."""

    values: Hash
    is_utf8: bool = True


def parse_params(encoded: bytes) -> Params:
    """Parse a query string or an urlencoded body. Raises: WireError `bad_request`."""
    if encoded.count(b"&") >= MOST_PARAMS:
        raise bad_syntax()
    if b"%" in encoded and BAD_ESCAPE.search(encoded):
        raise bad_escape()
    return parse_nested(_list_pairs(encoded))


def merge(query: Params, body: Params) -> Params:
    """Put both together as the reference does: a name of the body takes the query's place."""
    return Params(query.values | body.values, query.is_utf8 and body.is_utf8)


def parse_nested(pairs: Iterable[tuple[bytes, bytes | None]]) -> Params:
    """Nest decoded names and values. Raises: WireError `bad_request` when array and hash mix."""
    values: Hash = {}
    is_utf8 = True
    for raw_name, raw_value in pairs:
        try:
            name = raw_name.decode()
            value = None if raw_value is None else raw_value.decode()
        except UnicodeDecodeError:
            is_utf8 = False
            name = raw_name.decode(errors="replace")
            value = None if raw_value is None else raw_value.decode(errors="replace")
        _put(values, _parse_steps(name), value)
    return Params(values, is_utf8)


def find_text(values: Hash, name: str) -> str | None:
    """Find a parameter's text; blank ones and those that are no text count as absent."""
    value = values.get(name)
    return value if isinstance(value, str) and value and not value.isspace() else None


def _list_pairs(encoded: bytes) -> Iterable[tuple[bytes, bytes | None]]:
    for part in encoded.split(b"&"):
        if part:
            name, equals, value = part.partition(b"=")
            yield _decoded(name), _decoded(value) if equals else None


def _decoded(part: bytes) -> bytes:
    if b"+" in part:
        part = part.replace(b"+", b" ")
    return unquote_to_bytes(part) if b"%" in part else part


def _parse_steps(name: str) -> Sequence[str]:
    """Split `a[b][]` into `a`, `b` and an empty step.

    What odd brackets leave over is a step of its own, `[b` of `a[b` and `c` of `a[b]c`: so usage
    that is written wrongly names a metric that does not exist, and is not let in uncounted.
    """
    start = name.find("[", 1)
    rest = name[start:]
    if start < 0 or rest == "[":
        return (name,)
    steps = [name[:start]]
    while rest:
        end = rest.find("]", 1) if rest[0] == "[" else -1
        if end < 0:
            steps.append(rest)
            break
        steps.append(rest[1:end])
        rest = rest[end + 1 :]
        if rest == "[":
            steps[-1] = f"[{steps[-1]}]["
            break
        if len(steps) > DEEPEST:
            raise bad_syntax()
    return steps


def _put(values: Hash, steps: Sequence[str], value: Value) -> None:
    name = steps[0]
    if len(steps) == 1:
        values[name] = value
    elif steps[1]:
        _put(_hash_in(values, name), steps[1:], value)
    else:
        _append(_list_in(values, name), steps[2:], value)


def _append(items: list[Value], steps: Sequence[str], value: Value) -> None:
    """Append a value, or fill the last hash until a name comes again: `a[][b]=1&a[][c]=2`."""
    if not steps:
        items.append(value)
        return
    last = items[-1] if items else None
    if not isinstance(last, dict) or steps[0] in last:
        last = {}
        items.append(last)
    _put(last, steps, value)


def _hash_in(values: Hash, name: str) -> Hash:
    found = values.get(name)
    if found is None:
        found = values[name] = {}
    if not isinstance(found, dict):
        raise bad_syntax()
    return found


def _list_in(values: Hash, name: str) -> list[Value]:
    found = values.get(name)
    if found is None:
        found = values[name] = []
    if not isinstance(found, list):
        raise bad_syntax()
    return found
