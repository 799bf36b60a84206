"""Pieces of documents that services have and others don't: data in JSON as it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from starlette.responses import Response

from server.actions.work import Work
from server.rest.context import RestContext
from server.rest.formats import Format, json_answer
from server.rest.schemas import Schema
from server.rest.shapes import Load, Part, Shape


@dataclass(frozen=True, slots=True)
class Data(Part):
    """A value of any depth, which stands in JSON alone."""

    name: str
    _: KW_ONLY
    load: Load
    described: Schema
    only: Format | None = Format.JSON

    def json(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Mapping[str, Any]]:
        get = self.load(work, rows)
        return lambda row: {self.name: get(row)}

    def schema(self, model: Any, language: Format) -> Mapping[str, Schema]:
        return {self.name: self.described}

    @property
    def always(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Plain:
    """Shows what the function gave, an object in JSON."""

    schema: Schema
    shape: ClassVar[Shape[Any] | None] = None

    def write(self, ctx: RestContext, outcome: Mapping[str, Any]) -> Response:
        return json_answer(outcome, 200)

    def described(self) -> Mapping[str, Any]:
        content = {"application/json": {"schema": self.schema}}
        return {"200": {"description": "The object.", "content": content}}
