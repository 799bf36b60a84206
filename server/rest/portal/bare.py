"""Objects without a wrapper, as the CMS API writes them. Source: reference-portal 1.7."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from sqlmodel.sql.expression import SelectOfScalar
from starlette.responses import Response

from server.domain.errors import Invalid
from server.rest.answers import METADATA
from server.rest.context import RestContext
from server.rest.formats import json_answer
from server.rest.pages import Sizes, cut_page, read_page
from server.rest.schemas import Schema, array_of
from server.rest.shapes import Shape

SIZES = Sizes(usual=20, most=100)
CREDENTIALS = frozenset({"access_token", "provider_key", "page", "per_page", "format"})
Write = Callable[[RestContext, Sequence[Any]], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Written:
    """How objects are written, and what that looks like."""

    write: Write
    schema: Schema


@dataclass(frozen=True, slots=True)
class BareOne:
    """Shows one object; a new one with its address."""

    written: Written
    _: KW_ONLY
    at: str = ""  # where a new one is found
    shape: ClassVar[Shape[Any] | None] = None

    def write(self, ctx: RestContext, outcome: Any) -> Response:
        body = self.written.write(ctx, [outcome])[0]
        if not self.at:
            return json_answer(body, 200)
        return json_answer(body, 201, ctx.address(self.at.format(id=body["id"])))

    def described(self) -> Mapping[str, Any]:
        content = {"application/json": {"schema": self.written.schema}}
        if not self.at:
            return {"200": {"description": "The object.", "content": content}}
        location = {"Location": {"required": True, "schema": {"type": "string"}}}
        told = "The new object; Location is its address."
        return {"201": {"description": told, "headers": location, "content": content}}


@dataclass(frozen=True, slots=True)
class BareListed:
    """Shows a page of the rows of a query, or of what the function gave."""

    written: Written
    _: KW_ONLY
    key: Any = None  # the column that a query is sorted by
    is_paged: ClassVar[bool] = True
    shape: ClassVar[Shape[Any] | None] = None

    def write(self, ctx: RestContext, outcome: SelectOfScalar[Any] | Sequence[Any]) -> Response:
        if isinstance(outcome, SelectOfScalar):
            page = read_page(ctx, outcome, self.key, SIZES)
        else:
            page = cut_page(ctx, outcome, SIZES)
        body: dict[str, Any] = {"collection": self.written.write(ctx, page.rows)}
        return json_answer({**body, "metadata": page.metadata} if page.metadata else body, 200)

    def described(self) -> Mapping[str, Any]:
        properties = {"collection": array_of(self.written.schema), "metadata": METADATA}
        body = {"type": "object", "properties": properties, "required": ["collection"]}
        content = {"application/json": {"schema": body}}
        return {"200": {"description": "The objects, oldest first.", "content": content}}


def refuse_unknown(ctx: RestContext, *known: str) -> None:
    """Refuse parameters that nobody reads here. Raises: Invalid."""
    unknown = sorted(ctx.params.names() - CREDENTIALS - set(known))
    if unknown:
        told = ", ".join(sorted(known)) or "none"
        error = Invalid(f"is unknown. Known are: {told}.", field=unknown[0])
        error.others = tuple(Invalid("is unknown.", field=name) for name in unknown[1:])
        raise error
