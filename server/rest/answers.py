"""How the outcome of an operation is written: one object, a new one, a list, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlmodel.sql.expression import SelectOfScalar
from starlette.responses import Response

from server.actions.narrowing import Narrowed
from server.kit.xml import Element
from server.rest.context import RestContext
from server.rest.formats import MEDIA_TYPES, Format, json_answer, xml_answer
from server.rest.pages import PAGING, Page, read_all, read_page
from server.rest.schemas import Schema, array_of, ref
from server.rest.shapes import Shape

METADATA: Schema = {
    "type": "object",
    "properties": {name: {"type": "integer"} for name in PAGING},
    "required": list(PAGING),
}


class Answer(Protocol):
    """Writes what an operation's function gave, and describes that for the OpenAPI document."""

    def write(self, ctx: RestContext, outcome: Any) -> Response:
        """Write the answer."""

    def described(self) -> Mapping[str, Any]:
        """Describe it: status -> response."""

    @property
    def shape(self) -> Shape[Any] | None:
        """What it shows."""


@dataclass(frozen=True, slots=True)
class One:
    """Shows the object that the function gave."""

    shape: Shape[Any]

    def write(self, ctx: RestContext, outcome: Any) -> Response:
        return _object(ctx, self.shape, outcome)

    def described(self) -> Mapping[str, Any]:
        return {"200": {"description": "The object.", "content": _content(self.shape)}}


@dataclass(frozen=True, slots=True)
class Made:
    """Shows the new object that the function gave; `at` is where it is found, if it is."""

    shape: Shape[Any]
    at: str = ""

    def write(self, ctx: RestContext, outcome: Any) -> Response:
        path = self.at.format_map({**ctx.path, "id": outcome.id})
        location = ctx.address(path) if path else None
        return _object(ctx, self.shape, outcome, status=201, location=location)

    def described(self) -> Mapping[str, Any]:
        made = {"description": "The new object.", "content": _content(self.shape)}
        if self.at:
            location = {"required": True, "schema": {"type": "string"}}
            made |= {
                "description": "The new object; Location is its address.",
                "headers": {"Location": location},
            }
        return {"201": made}


@dataclass(frozen=True, slots=True)
class Listed:
    """Shows the rows of the query that the function gave, all of them or a page."""

    shape: Shape[Any]
    is_paged: bool = False

    def write(self, ctx: RestContext, outcome: SelectOfScalar[Any] | Narrowed[Any]) -> Response:
        key = self.shape.model.id
        if self.is_paged:
            return self._listed(ctx, read_page(ctx, outcome, key))
        query = outcome.query if isinstance(outcome, Narrowed) else outcome
        return self._listed(ctx, read_all(ctx, query, key))

    def _listed(self, ctx: RestContext, page: Page) -> Response:
        root = self.shape.list_root
        if ctx.language is Format.XML:
            marks = {name: str(number) for name, number in page.metadata.items()}
            return xml_answer(Element(root, self.shape.elements(ctx, page.rows), marks), 200)
        body: dict[str, Any] = {root: self.shape.wrapped(ctx, page.rows)}
        return json_answer({**body, "metadata": page.metadata} if page.metadata else body, 200)

    def described(self) -> Mapping[str, Any]:
        root, inner = self.shape.list_root, self.shape.wrapped_schema()
        body = {"type": "object", "properties": {root: array_of(inner)}, "required": [root]}
        element = array_of(ref(self.shape.schema_name(Format.XML)))
        xml = {**element, "xml": {"name": root, "wrapped": True}}
        if self.is_paged:
            body["properties"] |= {"metadata": METADATA}  # type: ignore[operator]  # an object
        content = {
            "application/xml": {"schema": xml},
            "application/json": {"schema": body},
        }
        return {"200": {"description": "The objects, oldest first.", "content": content}}


@dataclass(frozen=True, slots=True)
class Gone:
    """Says nothing: what was there is deleted."""

    shape: Shape[Any] | None = None

    def write(self, ctx: RestContext, outcome: Any) -> Response:
        headers = {"cache-control": "private, max-age=0"}
        return Response(b"", 200, headers, MEDIA_TYPES[ctx.language])

    def described(self) -> Mapping[str, Any]:
        return {"200": {"description": "It is deleted; the body is empty."}}


def _object(
    ctx: RestContext,
    shape: Shape[Any],
    row: Any,
    *,
    status: int = 200,
    location: str | None = None,
) -> Response:
    if ctx.language is Format.XML:
        return xml_answer(shape.elements(ctx, [row])[0], status, location)
    return json_answer(shape.wrapped(ctx, [row])[0], status, location)


def _content(shape: Shape[Any]) -> Mapping[str, Any]:
    return {
        "application/xml": {"schema": ref(shape.schema_name(Format.XML))},
        "application/json": {"schema": shape.wrapped_schema()},
    }
