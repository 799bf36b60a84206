"""Mapping rules: compiled once into a tree of path segments, matched for each call. Pure.

Source: reference-gateway 3. Cost: a match walks the segments of the path, not the rules.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias
from urllib.parse import parse_qsl

from gateway.paths import canonical_text

ANY = "ANY"
VARIABLE = re.compile(r"\{[^{}/]*\}")
SLASHES = re.compile(r"(?:/|%2[fF])+")

Segment: TypeAlias = tuple[str, ...]  # the literals around its variables; one without any


@dataclass(frozen=True, slots=True)
class MappingRule:
    """Which calls count for which metric."""

    http_method: str  # upper case, or ANY
    pattern: str  # as written, with its query part
    metric: str  # system name
    delta: int
    last: bool = False
    parameters: tuple[tuple[str, str], ...] = ()  # of the query; `{name}` asks for presence


def parameters_of(pattern: str) -> tuple[tuple[str, str], ...]:
    """Read the parameters that the query part of a pattern asks for."""
    query = pattern.partition("?")[2]
    return tuple(parse_qsl(query, keep_blank_values=True))


def segments_of(pattern: str) -> tuple[list[Segment], bool]:
    """Take the path of a pattern apart, and tell whether it ends with `$`."""
    path = SLASHES.sub("/", pattern.partition("?")[0])
    segments = path.removesuffix("$").split("/")[1:]
    literals = [tuple(map(canonical_text, VARIABLE.split(segment))) for segment in segments]
    return literals, path.endswith("$")


class Arguments(Protocol):
    """Gives the value of a call's argument that counts; None when it is absent."""

    def get(self, name: str, /) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Match:
    """The rules that count a call, in order, and what they add up to."""

    rules: tuple[MappingRule, ...]
    usage: Mapping[str, int]  # by metric system name; empty when nothing counts


NO_MATCH = Match((), {})


class _Node:
    """The rules that share a way of whole segments from the root."""

    __slots__ = ("literals", "partial_lengths", "partials", "shapes", "wholes", "wild")

    def __init__(self) -> None:
        self.literals: dict[str, _Node] = {}
        self.wild: _Node | None = None  # behind a segment that is a variable
        self.shapes: dict[Segment, _Node] = {}  # behind a segment with a variable inside it
        self.wholes: list[int] = []  # rules with `$` that end here
        # rules whose last segment may go on, by the literal start of that segment
        self.partials: dict[str, list[tuple[int, Segment]]] = {}
        self.partial_lengths: tuple[int, ...] = ()

    def child(self, segment: Segment) -> "_Node":
        """Find or make the node behind one whole segment of a pattern."""
        if len(segment) == 1:
            return self.literals.setdefault(segment[0], _Node())
        if segment == ("", ""):
            self.wild = self.wild or _Node()
            return self.wild
        return self.shapes.setdefault(segment, _Node())

    def end_partially(self, segment: Segment, at: int) -> None:
        """Let rule `at` end with a segment that the path may continue."""
        self.partials.setdefault(segment[0], []).append((at, segment))
        self.partial_lengths = tuple(sorted({len(each) for each in self.partials}))

    def behind(self, segment: str) -> "Iterable[_Node]":
        """Find the nodes behind a whole segment of a path."""
        literal = self.literals.get(segment)
        if literal is not None:
            yield literal
        if segment:
            if self.wild is not None:
                yield self.wild
            for shape, node in self.shapes.items():
                if _fits(shape, segment, whole=True):
                    yield node

    def partly(self, segment: str) -> Iterable[int]:
        """Find the rules that end within a segment of a path."""
        for length in self.partial_lengths:
            if length > len(segment):
                return
            for at, shape in self.partials.get(segment[:length], ()):
                if len(shape) == 1 or _fits(shape, segment, whole=False):
                    yield at


def _fits(literals: Segment, text: str, *, whole: bool) -> bool:
    """Return whether a text has the literals in order, with something between each two of them.

    Each is looked for as far left as it can be, so one pass decides; a regular expression with many
    variables could take for ever.
    """
    if not text.startswith(literals[0]):
        return False
    at, inner = len(literals[0]), literals[1:-1] if whole else literals[1:]
    for literal in inner:
        found = text.find(literal, at + 1)
        if found < 0 or at + 1 + len(literal) > len(text):
            return False
        at = found + len(literal)
    if not whole:
        return True
    last = literals[-1]
    return len(text) - len(last) > at and text.endswith(last)


class Matcher:
    """All mapping rules of a service, compiled. Immutable after construction."""

    def __init__(self, rules: Sequence[MappingRule]) -> None:
        self.rules = tuple(rules)
        self.needs_arguments = any(rule.parameters for rule in self.rules)
        methods = {rule.http_method for rule in self.rules}
        self._any = self._tree(ANY)
        self._roots = {method: self._tree(method) for method in methods if method != ANY}

    def match(self, method: str, path: str, arguments: Arguments) -> Match:
        """Find the rules that count a call; `path` has been normalised."""
        found = self._found(self._roots.get(method, self._any), path)
        if not found:
            return NO_MATCH
        matched: list[MappingRule] = []
        usage: dict[str, int] = {}
        for at in sorted(found):
            rule = self.rules[at]
            if rule.parameters and not _hold(rule.parameters, arguments):
                continue
            matched.append(rule)
            usage[rule.metric] = usage.get(rule.metric, 0) + rule.delta
            if rule.last:
                break
        if min(usage.values(), default=1) <= 0:
            usage = {metric: total for metric, total in usage.items() if total > 0}
        return Match(tuple(matched), usage)

    def _tree(self, method: str) -> _Node:
        root = _Node()
        for at, rule in enumerate(self.rules):
            if rule.http_method in {method, ANY}:
                _insert(root, rule.pattern, at)
        return root

    def _found(self, root: _Node, path: str) -> list[int]:
        segments = path.split("/")
        nodes = [root]
        found: list[int] = []
        for segment in segments[1:]:
            following: list[_Node] = []
            for node in nodes:
                if node.partial_lengths:
                    found.extend(node.partly(segment))
                following.extend(node.behind(segment))
            nodes = following
            if not nodes:
                return found
        for node in nodes:
            found.extend(node.wholes)
        return found


def _insert(root: _Node, pattern: str, at: int) -> None:
    (*inner, end), whole = segments_of(pattern)
    node = root
    for segment in inner:
        node = node.child(segment)
    if whole:
        node.child(end).wholes.append(at)
    else:
        node.end_partially(end, at)


def _hold(parameters: tuple[tuple[str, str], ...], arguments: Arguments) -> bool:
    for name, wanted in parameters:
        value = arguments.get(name)
        if value is None or (value != wanted and not VARIABLE.fullmatch(wanted)):
            return False
    return True
