"""Values that hurt: for each type of argument, what nobody should send and somebody will."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull

from server.graphql.ids import global_id, parsed

Leaf = tuple[tuple[str, ...], Any]  # where in an input a value goes, and its type
LONG = "x" * 100_000
TOO_FLOAT = "1e400 without quotes"  # the sender writes it as a number that no float holds
NUL = "a\x00b"
SURROGATE = "half \ud800 of a letter"
TEXTS: list[Any] = [
    " ",
    NUL,
    SURROGATE,
    LONG,
    "\u202e\ufeff\U0010ffff",
    "'; -- \\ \" %s {{ 1 }} {% x %}",
    "a\r\nX: b\t\x7f",
    "a@b@c..d\u3002e",
    7,
]
NUMBERS: list[Any] = [
    -(2**63) - 1,
    -(2**31),
    -1,
    0,
    2**31 - 1,
    2**31,
    2**63 - 1,
    2**63,
    10**400,
    1.5,
    "1",
]
DATES = [
    "",
    "x",
    "2024-02-30T00:00:00Z",
    "2024-01-01",
    "2024-01-01T00:00:00",
    "2024-01-01T24:00:00Z",
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59-14:00",
    "2024-01-01T00:00:00+99:99",
    "99999-01-01T00:00:00Z",
    SURROGATE,
    2**63,
]
DECIMALS = [
    *NUMBERS,
    "NaN",
    "sNaN",
    "-Infinity",
    "-0",
    "1e999999999",
    "1e-999999999",
    "0.001",
    "9" * 1_000,
    "\u0663",
    SURROGATE,
]
BY_SCALAR: dict[str, list[Any]] = {
    "String": TEXTS,
    "Int": [*NUMBERS, TOO_FLOAT, True],
    "BigInt": [*NUMBERS, TOO_FLOAT, True],
    "Decimal": [*DECIMALS, TOO_FLOAT, True, ""],
    "DateTime": [*DATES, TOO_FLOAT],
    "Boolean": ["true", 1, []],
    "JSON": [
        "x",
        1.5,
        {},
        [[]],
        [{"name": NUL}],
        [{"name": "apicast", "configuration": {SURROGATE: 1}}],
        [{"name": "apicast", "configuration": {"x": 10**400}}],
        [{"name": "ip_check", "configuration": {"ips": [LONG]}}],
        [{"name": "headers", "configuration": None}],
    ],
}
HARD = frozenset({NUL, SURROGATE, LONG, 2**31 - 1, 2**63 - 1, "9" * 1_000, *DATES[6:9]})
ODD_ENUMS = ["", "NOPE", SURROGATE, 0]
ODD_DIGITS = ("0", "2147483647", "2147483648", "9" * 5_000, "\u0663", "")


def nasties_of(kind: Any, base: Any) -> Iterator[Any]:
    """Make nasty values of a type; ids are odd ones of the type of the good id `base`."""
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    yield None
    if isinstance(kind, GraphQLList):
        yield from _lists(kind, base)
    elif isinstance(kind, GraphQLEnumType):
        yield from ODD_ENUMS
    elif isinstance(kind, GraphQLInputObjectType):
        yield from _objects(kind, base)
    elif kind.name == "ID":
        yield from _ids(base)
    else:
        yield from BY_SCALAR[kind.name]


def _lists(kind: GraphQLList[Any], base: Any) -> Iterator[Any]:
    yield []
    good = base[0] if base else "x"
    yield [good] * 1_000
    for value in nasties_of(kind.of_type, good):
        yield [good, value]


def _objects(kind: GraphQLInputObjectType, base: Any) -> Iterator[Any]:
    """Make objects of a list, each with one nasty value beside good ones."""
    good = base if isinstance(base, dict) else {}
    for path, leaf in leaves_of(kind):
        for value in nasties_of(leaf, at(good, path)):
            yield put({"name": "x", **good}, path, value)


def _ids(base: Any) -> Iterator[Any]:
    yield from ("", SURROGATE, LONG, -1)
    type_name, number = parsed(base or "") or ("Service", 1)
    for digits in ODD_DIGITS:
        yield b64encode(f"{type_name}:{digits}".encode()).decode()
    yield global_id("Nothing", number)
    yield global_id("Account" if type_name != "Account" else "User", number)


def leaves_of(kind: Any, path: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """List the places of an input where a value goes, with their types."""
    bare = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if not isinstance(bare, GraphQLInputObjectType):
        yield path, kind
        return
    for name, inner in bare.fields.items():
        yield from leaves_of(inner.type, (*path, name))


def put(given: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Copy an input with another value at one place."""
    name, *rest = path
    inner = put(given.get(name) or {}, tuple(rest), value) if rest else value
    return {**given, name: inner}


def at(given: Any, path: tuple[str, ...]) -> Any:
    """Read what stands at a place; None when nothing does."""
    for name in path:
        given = (given or {}).get(name)
    return given


def is_hard(value: Any) -> bool:
    """Tell whether only a database knows what to make of a value."""
    return isinstance(value, str | int) and value in HARD
