"""YAML in and out: a small, closed part of it that every reader understands alike.

Plain scalars are true, false, null, whole numbers or text; so `no` and `1.10` are text.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from server.as_code.entries import BadFolder
from server.domain.fields import is_comparable

# Where libyaml is there it reads in a quarter of the time; what is wrong it says in other words.
QUICK: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What the two would read in two ways.
UNLIKE = re.compile(r"[\t\r\x85\u2028\u2029\ufeff?]|[|>]\S*#|:\s*\n\s*[,}\]]")
MOST_DEPTH = 12
MOST_RESOURCE_DEPTH = 40  # of files of others, where JSON Schemas stand in configurations
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
# Line breaks of other kinds would come back as spaces or line feeds.
ODD = re.compile(r"[\r\x85\u2028\u2029\ufeff]")


class Plain(str):
    """Text that stood there without quotes: what reads it may take it for another number."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Doc:
    """A value of a file that knows where it stands: `services/api.yaml:14: metrics[0].unit`."""

    value: Any  # None, bool, int, str, list[Doc] or dict[str, Doc]
    file: str
    line: int
    path: str = ""

    @property
    def where(self) -> str:
        """The file, line and path."""
        place = f"{self.file}:{self.line}"
        return f"{place}: {self.path}" if self.path else place

    def mapping(self) -> dict[str, "Doc"]:
        """Take it as a mapping. Raises: BadFolder."""
        if not isinstance(self.value, dict):
            raise self.bad("must be a mapping of names to values.")
        return self.value

    def items(self) -> list["Doc"]:
        """Take it as a list. Raises: BadFolder."""
        if not isinstance(self.value, list):
            raise self.bad("must be a list: lines that start with '- '.")
        return self.value

    def bad(self, message: str) -> BadFolder:
        """Make the error that blames this value."""
        return BadFolder(f"{self.where}: {message}")


def parse(file: str, text: str) -> Doc:
    """Read a file's only document; an empty file is an empty mapping.

    Cost: grows with the text, and ends where it nests too deep. Raises: BadFolder.
    """
    if UNLIKE.search(text) is None:
        with suppress(BadFolder, yaml.YAMLError, ValueError):
            return _Documents(file, yaml.parse(text, Loader=QUICK)).only()
    return _Documents(file, _events(file, text)).only()  # to say what is wrong with it


def parse_stream(file: str, text: str) -> list[Doc]:
    """Read all documents of a file, `---` between them, but those that are empty.

    Text without quotes is a `Plain`. Cost: as `parse`. Raises: BadFolder.
    """
    if UNLIKE.search(text) is None:
        with suppress(BadFolder, yaml.YAMLError, ValueError):
            return list(_Stream(file, yaml.parse(text, Loader=QUICK)).each())
    return list(_Stream(file, _events(file, text)).each())


def _events(file: str, text: str) -> Iterator[Any]:
    """Read what a text holds, one thing after the other. Raises: BadFolder."""
    try:
        yield from yaml.parse(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{file}:{mark.line + 1}" if mark else file
        raise BadFolder(f"{place}: is not YAML: {error.problem}.") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise BadFolder(f"{file}: is not YAML: {' '.join(str(error).split())}.") from error


class _Documents:
    """Turns the events of one file into values; refuses what could mean two things."""

    most_depth = MOST_DEPTH

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self._file = file
        self._events = events

    def only(self) -> Doc:
        """Read the one document. Raises: BadFolder."""
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return Doc({}, self._file, 1)
        doc = self._value(next(self._events), "", 0)
        next(self._events)  # the end of the document
        if not isinstance(next(self._events), yaml.StreamEndEvent):
            raise BadFolder(f"{self._file}: must hold one document. Take the second '---' away.")
        return doc if doc.value is not None else Doc({}, self._file, 1)

    def _value(self, event: Any, path: str, depth: int) -> Doc:
        doc = Doc(None, self._file, event.start_mark.line + 1, path)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise doc.bad("must not use anchors ('&') or aliases ('*'). Write the value out.")
        if event.tag is not None:
            raise doc.bad("must not have a type tag ('!'). Leave it out.")
        if depth > self.most_depth:
            raise doc.bad(f"is nested deeper than {self.most_depth} levels.")
        value: Any
        if isinstance(event, yaml.MappingStartEvent):
            value = self._mapping(path, depth)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(path, depth)
        else:
            value = self._scalar(event, doc)
        return Doc(value, doc.file, doc.line, path)

    def _mapping(self, path: str, depth: int) -> dict[str, Doc]:
        found: dict[str, Doc] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._value(event, path, depth + 1)
            if not isinstance(key.value, str):
                raise key.bad("must have text as names before ':'.")
            if key.value in found:
                raise key.bad(f"has {key.value!r} twice. Keep one.")
            below = f"{path}.{key.value}" if path else key.value
            found[key.value] = self._value(next(self._events), below, depth + 1)
        return found

    def _sequence(self, path: str, depth: int) -> list[Doc]:
        found: list[Doc] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, f"{path}[{len(found)}]", depth + 1))
        return found

    def _scalar(self, event: Any, doc: Doc) -> bool | int | str | None:
        text: str = event.value
        if not is_comparable(text):
            raise doc.bad("must be valid Unicode text.")
        if not event.implicit[0]:  # in quotes, or a block
            return text
        if text in CONSTANTS:
            return CONSTANTS[text]
        return int(text) if WHOLE.fullmatch(text) else self._unquoted(text)

    def _unquoted(self, text: str) -> str:
        return text


class _Stream(_Documents):
    """Turns the events of a file of several documents into values."""

    most_depth = MOST_RESOURCE_DEPTH

    def each(self) -> Iterator[Doc]:
        """Read one document after the other. Raises: BadFolder."""
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                doc = self._value(next(self._events), "", 0)
                if doc.value is not None:
                    yield doc

    def _unquoted(self, text: str) -> str:
        return Plain(text)


class Line(dict[str, Any]):
    """A mapping that is written on one line, as in `- {metric: hits, period: day, value: 5}`."""


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, amounts as they are, and no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _line(dumper: yaml.SafeDumper, line: Line) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", line.items(), flow_style=True)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = '"' if ODD.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _amount(dumper: yaml.SafeDumper, amount: Decimal) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", str(amount))


_Dumper.add_representer(Line, _line)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(Decimal, _amount)


def written(content: Mapping[str, Any]) -> str:
    """Write a mapping as a file's text, names in their order."""
    text = yaml.dump(
        dict(content), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return str(text)
