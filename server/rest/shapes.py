"""What an object looks like outside, declared once: XML, JSON and their schemas come from it.

A shape is a tuple of parts in the order of the document. A part fetches what it needs for a whole
page of objects at once, so a list costs as many statements as one object.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar, Generic, TypeVar

from server.actions.work import Work
from server.domain.provider.providers import Provider
from server.kit.xml import Element
from server.rest.formats import PREFIX as PREFIX
from server.rest.formats import Format, Value, json_value, text
from server.rest.schemas import Schema, array_of, ref, schema_of

Row = TypeVar("Row")
Children = Callable[[Work, Sequence[Any]], Mapping[int, Sequence[Any]]]  # by the id of their owner
Load = Callable[[Work, Sequence[Any]], Callable[[Any], Any]]
EMPTY = (None, "")


class Part:
    """A piece of a shape. `only` is the one language that it stands in."""

    only: Format | None
    yields: ClassVar[bool] = False  # its properties give way to those of other parts

    def xml(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Iterable[Element]]:
        """Fetch for these rows; tell the elements of each."""
        raise NotImplementedError

    def json(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Mapping[str, Any]]:
        """Fetch for these rows; tell the properties of each."""
        raise NotImplementedError

    def schema(self, model: Any, language: Format) -> Mapping[str, Schema]:
        """Describe its properties."""
        raise NotImplementedError

    @property
    def always(self) -> tuple[str, ...]:
        """Name the properties that are there whatever the row."""
        return ()

    @property
    def inside(self) -> "tuple[Shape[Any], ...]":
        """List the shapes that it is made of."""
        return ()


@dataclass(frozen=True, slots=True)
class Field(Part):
    """One value: the column of its name, unless it is loaded. One that `hides` does when empty."""

    name: str
    _: KW_ONLY
    load: Load | None = None
    type: Any = None  # of what is loaded; a column knows its own
    hides: bool = False
    empty: tuple[Any, ...] = EMPTY  # what hides it then
    only: Format | None = None

    def values(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Value]:
        """Fetch for these rows; tell the value of each."""
        if self.load is not None:
            return self.load(work, rows)
        return lambda row: getattr(row, self.name)

    def xml(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Iterable[Element]]:
        get = self.values(work, rows)

        def write(row: Any) -> Iterable[Element]:
            value = get(row)
            return [] if self._is_hidden(value) else [Element(self.name, text(value))]

        return write

    def json(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Mapping[str, Any]]:
        get = self.values(work, rows)

        def write(row: Any) -> Mapping[str, Any]:
            value = get(row)
            return {} if self._is_hidden(value) else {self.name: json_value(value)}

        return write

    def _is_hidden(self, value: Value) -> bool:
        return self.hides and value in self.empty

    def schema(self, model: Any, language: Format) -> Mapping[str, Schema]:
        return {self.name: schema_of(self.type or model.model_fields[self.name].annotation)}

    @property
    def always(self) -> tuple[str, ...]:
        return () if self.hides else (self.name,)


@dataclass(frozen=True, slots=True)
class Texts(Part):
    """A list of texts: `<keys><key>…</key></keys>`, or an array."""

    name: str
    each: str
    _: KW_ONLY
    load: Load  # None hides the list
    only: Format | None = None

    def xml(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Iterable[Element]]:
        get = self.load(work, rows)

        def write(row: Any) -> Iterable[Element]:
            items = get(row)
            if items is None:
                return []
            return [Element(self.name, [Element(self.each, item) for item in items])]

        return write

    def json(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Mapping[str, Any]]:
        get = self.load(work, rows)

        def write(row: Any) -> Mapping[str, Any]:
            items = get(row)
            return {} if items is None else {self.name: list(items)}

        return write

    def schema(self, model: Any, language: Format) -> Mapping[str, Schema]:
        return {self.name: array_of({"type": "string", "xml": {"name": self.each}})}


@dataclass(frozen=True, slots=True)
class Inside(Part):
    """Objects within the object, of one shape or several; `is_one` stands without a list."""

    name: str
    shapes: "tuple[tuple[Shape[Any], Children], ...]"
    _: KW_ONLY
    is_one: bool = False
    hides: bool = False
    only: Format | None = None

    def xml(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Iterable[Element]]:
        written = self._written(work, rows, Format.XML)

        def write(row: Any) -> Iterable[Element]:
            inner = written.get(row.id, [])
            if self.is_one:
                return inner
            return [] if self.hides and not inner else [Element(self.name, inner)]

        return write

    def json(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Mapping[str, Any]]:
        written = self._written(work, rows, Format.JSON)

        def write(row: Any) -> Mapping[str, Any]:
            inner = written.get(row.id, [])
            if self.is_one:
                return inner[0] if inner else {}
            return {} if self.hides and not inner else {self.name: inner}

        return write

    def _written(
        self, work: Work, rows: Sequence[Any], language: Format
    ) -> Mapping[int, list[Any]]:
        found: dict[int, list[Any]] = {}
        for shape, children in self.shapes:
            owned = [
                (owner, child) for owner, each in children(work, rows).items() for child in each
            ]
            flat = [child for _, child in owned]
            written: Sequence[Any] = (
                shape.elements(work, flat) if language is Format.XML else shape.wrapped(work, flat)
            )
            for (owner, _child), one in zip(owned, written, strict=True):
                found.setdefault(owner, []).append(one)
        return found

    def schema(self, model: Any, language: Format) -> Mapping[str, Schema]:
        inner = [ref(shape.schema_name(language)) for shape, _ in self.shapes]
        one = inner[0] if len(inner) == 1 else {"anyOf": inner}
        if self.is_one:
            return {self.shapes[0][0].root(language): one}
        if language is Format.XML:
            return {self.name: array_of(one)}
        wrapped = [shape.wrapped_schema() for shape, _ in self.shapes]
        return {self.name: array_of(wrapped[0] if len(wrapped) == 1 else {"anyOf": wrapped})}

    @property
    def inside(self) -> "tuple[Shape[Any], ...]":
        return tuple(shape for shape, _ in self.shapes)


@dataclass(frozen=True, slots=True)
class Links(Part):
    """Addresses of the object and its neighbours, in JSON: relation -> path with columns in it."""

    paths: Mapping[str, str]
    only: Format | None = Format.JSON

    def json(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Mapping[str, Any]]:
        # Written once for all rows: {column} of a path is that column of the row.
        links = [
            (relation, address_of(work, re.sub(r"\{(\w+)\}", r"{0.\1}", path), Format.JSON))
            for relation, path in self.paths.items()
        ]
        return lambda row: {
            "links": [{"rel": relation, "href": path.format(row)} for relation, path in links]
        }

    def schema(self, model: Any, language: Format) -> Mapping[str, Schema]:
        return {"links": array_of(ref("Link"))}

    @property
    def always(self) -> tuple[str, ...]:
        return ("links",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape(Generic[Row]):
    """How a kind of object is written."""

    name: str  # the root, and the JSON wrapper: "application_plan"
    model: type[Row]
    parts: tuple[Part, ...]
    element: str = ""  # the root in XML, where it is another
    plural: str = ""  # the root of lists, where it isn't the element's with an s
    attributes: tuple[Field, ...] = ()  # of the XML root; properties in JSON
    title: str = ""  # of its schema, where two shapes have one name

    def root(self, language: Format) -> str:
        """Name the root of one object."""
        return (self.element or self.name) if language is Format.XML else self.name

    @property
    def list_root(self) -> str:
        """Name the root of a list."""
        return self.plural or f"{self.element or self.name}s"

    def elements(self, work: Work, rows: Sequence[Row]) -> list[Element]:
        """Write each row as XML."""
        parts = [part.xml(work, rows) for part in self.parts if part.only in {None, Format.XML}]
        marks = [(mark.name, mark.values(work, rows)) for mark in self.attributes]
        root = self.root(Format.XML)
        return [
            Element(
                root,
                [element for write in parts for element in write(row)],
                {name: text(get(row)) for name, get in marks},
            )
            for row in rows
        ]

    def objects(self, work: Work, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """Write each row as JSON, without its wrapper. No extra field hides one of ours."""
        ordered = sorted(self.parts, key=lambda part: not part.yields)
        parts = [
            part.json(work, rows)
            for part in (*ordered, *self.attributes)
            if part.only in {None, Format.JSON}
        ]
        return [
            {name: value for write in parts for name, value in write(row).items()} for row in rows
        ]

    def wrapped(self, work: Work, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """Write each row as JSON below its name."""
        return [{self.name: one} for one in self.objects(work, rows)]

    def schema_name(self, language: Format) -> str:
        """Name the schema of the object in the OpenAPI document."""
        title = self.title or "".join(map(str.capitalize, self.name.split("_")))
        return f"{title}XML" if language is Format.XML else title

    def schema(self, language: Format) -> Schema:
        """Describe one object, without its wrapper."""
        parts = [part for part in self.parts if part.only in {None, language}]
        properties: dict[str, Schema] = {}
        for mark in self.attributes:
            is_xml = language is Format.XML
            described = mark.schema(self.model, language)[mark.name]
            properties[mark.name] = (
                {**described, "xml": {"attribute": True}} if is_xml else described
            )
        for part in parts:
            properties |= part.schema(self.model, language)
        always = [name for part in (*self.attributes, *parts) for name in part.always]
        named = {"xml": {"name": self.root(language)}} if language is Format.XML else {}
        return {"type": "object", "properties": properties, "required": always, **named}

    def inside(self, language: Format) -> "list[Shape[Any]]":
        """List the shapes that stand inside in a language."""
        parts = [part for part in self.parts if part.only in {None, language}]
        return [inner for part in parts for inner in part.inside]

    def wrapped_schema(self) -> Schema:
        """Describe one object below its name."""
        inner = {self.name: ref(self.schema_name(Format.JSON))}
        return {"type": "object", "properties": inner, "required": [self.name]}


def columns(*names: str, hides: bool = False, only: Format | None = None) -> tuple[Field, ...]:
    """Make a field of each column."""
    return tuple(Field(name, hides=hides, only=only) for name in names)


def always(name: str, value: Value, *, only: Format | None = None) -> Field:
    """Make a field that is the same whatever the row."""
    return Field(name, load=lambda _work, _rows: lambda _row: value, type=type(value), only=only)


def computed(
    name: str, kind: Any, get: Callable[[Any], Value], *, only: Format | None = None
) -> Field:
    """Make a field that is made of its row alone."""
    return Field(name, load=lambda _work, _rows: get, type=kind, only=only)


def address_of(work: Work, path: str, language: Format) -> str:
    """Make the absolute address of an object of the API."""
    provider = work.db.get_one(Provider, work.actor.provider_id)
    return f"{work.installation.addresses.admin(provider)}{PREFIX}{path}.{language}"
