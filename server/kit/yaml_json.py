"""YAML to JSON, event by event: no object is built that a text could make huge."""

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

MOST_DEPTH = 200
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C reads megabytes in seconds
CONSTANTS = {
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), "null"),
    **dict.fromkeys(("true", "True", "TRUE"), "true"),
    **dict.fromkeys(("false", "False", "FALSE"), "false"),
}
WHOLE = re.compile(r"([-+]?)0*([0-9]+)")
FRACTION = re.compile(r"([-+]?)0*([0-9]*)(?:\.([0-9]*))?([eE][-+]?[0-9]+)?")
OTHER_BASE = re.compile(r"0(?:o[0-7]{1,40}|x[0-9a-fA-F]{1,40})")
TEXT = "tag:yaml.org,2002:str"
TAGS = {f"tag:yaml.org,2002:{name}" for name in ("bool", "float", "int", "null", "timestamp")}
MERGE = "<<"


class BadYaml(ValueError):
    """A text that is no YAML, or none that JSON can say; the message has line and column."""


def yaml_to_json(text: str, most: int) -> str:
    """Write the only document of a text as JSON, names in their order.

    Names and items stand on the lines that they have in the text, so that what is found wrong
    later is told with its line.
    Raises: BadYaml. Cost: grows with the text, and with `most`, the characters of what comes out.
    """
    return _Converter(text, most).only()


class _Converter:
    """Reads events; anchors keep the JSON that they stand for, mappings their pairs too."""

    def __init__(self, text: str, most: int) -> None:
        self._events = _events(text)
        self._most = most
        self._size = 0
        self._line = 0  # that what is written next stands on
        self._anchors: dict[str, tuple[str, dict[str, str] | None]] = {}

    def only(self) -> str:
        """Read the document."""
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise BadYaml("It holds nothing.")
        written = self._value(next(self._events), 0)[0]
        next(self._events)  # the end of the document
        if not isinstance(next(self._events), yaml.StreamEndEvent):
            raise BadYaml("It holds a second document. Take the second '---' away.")
        return written

    def _value(self, event: Any, depth: int) -> tuple[str, dict[str, str] | None]:
        if depth > MOST_DEPTH:
            raise _at(event, f"is nested deeper than {MOST_DEPTH} levels")
        if isinstance(event, yaml.AliasEvent):
            found = self._anchors.get(event.anchor or "")
            if found is None:
                raise _at(event, f"there is no '&{event.anchor}' before")
            self._count(event, len(found[0]))
            return found[0].replace("\n", ""), found[1]
        pairs = None
        if isinstance(event, yaml.MappingStartEvent):
            pairs = self._mapping(depth)
            members = ",".join(f"{name}:{value}" for name, value in pairs.items())
            written = f"{{{members}}}"
        elif isinstance(event, yaml.SequenceStartEvent):
            written = f"[{','.join(self._items(depth))}]"
        else:
            written = _scalar(event)
            self._count(event, len(written))
        if event.anchor is not None:
            self._anchors[event.anchor] = written, pairs
        return written, pairs

    def _items(self, depth: int) -> Iterator[str]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._down_to(event) + self._value(event, depth + 1)[0]

    def _mapping(self, depth: int) -> dict[str, str]:
        pairs: dict[str, str] = {}
        merged: dict[str, str] = {}
        names: set[str] = set()
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _at(event, "a name before ':' has to be text")
            down = self._down_to(event)
            value, below = self._value(next(self._events), depth + 1)
            name = json.dumps(event.value, ensure_ascii=False)
            self._count(event, len(name))
            if event.value == MERGE and event.implicit[0] and below is not None:
                self._line -= down.count("\n") + value.count("\n")
                merged = {**_on_one_line(below), **merged}
            elif name in names:
                raise _at(event, f"{name} is there twice. Keep one")
            else:
                names.add(name)
                pairs[down + name] = value
        kept = {name: value for name, value in merged.items() if name not in names}
        return {**kept, **pairs}

    def _down_to(self, event: Any) -> str:
        """Go down to the line of an event."""
        down: int = max(0, event.start_mark.line - self._line)
        self._line += down
        return "\n" * down

    def _count(self, event: Any, size: int) -> None:
        self._size += size
        if self._size > self._most:
            raise _at(event, f"it makes more than {self._most} characters")


def _on_one_line(pairs: dict[str, str]) -> dict[str, str]:
    """Write pairs without line ends; those within texts are written otherwise."""
    return {name.replace("\n", ""): value.replace("\n", "") for name, value in pairs.items()}


def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise BadYaml(f"At {place}{error.problem or error.context}.") from error
    except yaml.YAMLError as error:  # characters that YAML has not
        raise BadYaml(f"{' '.join(str(error).split())}.") from error


def _at(event: Any, message: str) -> BadYaml:
    mark = event.start_mark
    return BadYaml(f"At line {mark.line + 1}, column {mark.column + 1}: {message}.")


def _scalar(event: Any) -> str:
    text: str = event.value
    tag = event.tag
    if tag is not None and tag != TEXT and tag not in TAGS:
        raise _at(event, f"nobody knows the tag {tag}")
    if not event.implicit[0] or tag == TEXT:  # in quotes, a block, or said to be text
        return json.dumps(text, ensure_ascii=False)
    if text in CONSTANTS:
        return CONSTANTS[text]
    if (whole := WHOLE.fullmatch(text)) is not None:
        return f"{'-' if whole[1] == '-' else ''}{whole[2]}"
    if OTHER_BASE.fullmatch(text):
        return str(int(text, 0))
    number = FRACTION.fullmatch(text)
    if number is not None and (number[2] or number[3]):
        sign = "-" if number[1] == "-" else ""
        return f"{sign}{number[2] or '0'}.{number[3] or '0'}{number[4] or ''}"
    return json.dumps(text, ensure_ascii=False)
