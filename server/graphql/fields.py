"""Kinds of fields: guarded by a permission, one related object, a page of related objects."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, cast

import strawberry
from sqlmodel import SQLModel
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions import FieldExtension
from strawberry.schema_directive import Location
from strawberry.types import get_object_definition
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType

from server.actions.secrets import permission_of
from server.actions.versions import version_of
from server.domain.permissions import Permission
from server.graphql.context import Context, Info
from server.graphql.errors import FORBIDDEN, UNAUTHENTICATED, refused
from server.graphql.ids import global_id
from server.graphql.paging import Decorator, Rows, connect, described, parse_window

READS = "reads"  # in what a field knows: the sealed column that it opens
OF_CHANGES = "Another one after each change; for `expectedVersion`."
Row = TypeVar("Row")
WINDOW = (
    ("first", int, "The first so many objects, 1 to 100. Give this or `last`."),
    ("after", str, "Only objects after this cursor."),
    ("last", int, "The last so many objects, 1 to 100."),
    ("before", str, "Only objects before this cursor."),
)


class OfRow(Generic[Row]):
    """A GraphQL object that shows a row: a field without a resolver is the column of its name."""

    row: Row

    @classmethod
    def of(cls, row: Row) -> Self:
        shown: Any = object.__new__(cls)
        shown.row = row
        if isinstance(shown, Node):
            shown.identify(cast(Any, row).id)
        return cast(Self, shown)

    def __getattr__(self, name: str) -> Any:
        if name == "__await__":  # the executor asks each object, and a row is slow to say no
            raise AttributeError(name)
        return getattr(self.row, name)


def _version(self: Any, info: Info) -> str:
    return version_of(info.context.installation.vault, self.row)


@strawberry.interface(description="An object with an id of its own.")
class Node:
    id: strawberry.ID
    legacy_id: int = strawberry.field(
        description="The number that REST and the gateways use for it."
    )
    object_version = described(OF_CHANGES)(_version)

    def identify(self, number: int) -> None:
        """Take the ids of the row with this number."""
        type_name = get_object_definition(type(self), strict=True).name
        self.id, self.legacy_id = strawberry.ID(global_id(type_name, number)), number


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION], description="The permission that the caller needs."
)
class Requires:
    permission: str


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    description="A secret: null, unless the caller has the permission.",
)
class ShownTo:
    permission: str


class Needs(FieldExtension):
    """Lets only callers pass that hold a permission."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    def apply(self, field: StrawberryField) -> None:
        needed = Requires(permission=self.permission.value)
        if needed not in field.directives:  # a field of both schemas is made ready twice
            field.directives.append(needed)

    def resolve(self, next_: Callable[..., Any], source: Any, info: Info, **kwargs: Any) -> Any:
        check(info.context, self.permission)
        return next_(source, info, **kwargs)

    async def resolve_async(
        self, next_: Callable[..., Any], source: Any, info: Info, **kwargs: Any
    ) -> Any:
        check(info.context, self.permission)
        return await next_(source, info, **kwargs)


def check(ctx: Context, permission: Permission) -> None:
    """Refuse whoever lacks a permission. Raises: GraphQLError UNAUTHENTICATED or FORBIDDEN."""
    if ctx.actor.may(permission):
        return
    if ctx.is_anonymous:
        raise refused("Log in, or send an access token.", UNAUTHENTICATED)
    raise refused(f"You need the permission {permission} for this.", FORBIDDEN)


class _Made(FieldExtension):
    """Makes GraphQL objects of rows; their type is found when it is first needed."""

    def __init__(self, kind: Any) -> None:
        self._type = kind
        self._make: Callable[[Any], Any] | None = None

    def make(self, row: Any) -> Any:
        """Make the object that shows a row."""
        if self._make is None:
            kind = self._type
            self._make = (kind.resolve_type() if isinstance(kind, LazyType) else kind).of
        return self._make(row)


class Paged(_Made):
    """Turns the rows that a resolver names into a page of them."""

    def apply(self, field: StrawberryField) -> None:
        field.arguments = [
            *field.arguments,
            *(
                StrawberryArgument(
                    name, None, StrawberryAnnotation(kind | None), description=description
                )
                for name, kind, description in WINDOW
            ),
        ]

    def resolve(self, next_: Callable[..., Any], source: Any, info: Info, **kwargs: Any) -> Any:
        asked = [kwargs.pop(name, None) for name, _, _ in WINDOW]
        window = parse_window(*asked)
        rows: Rows = next_(source, info, **kwargs)
        return connect(info, rows, window, self.make)


class Related(_Made):
    """Loads the row whose id a resolver names, together with those of all siblings."""

    def __init__(self, kind: Any, model: type) -> None:
        super().__init__(kind)
        self.model = model

    def resolve(self, next_: Callable[..., Any], source: Any, info: Info, **kwargs: Any) -> Any:
        number: int | None = next_(source, info, **kwargs)
        return None if number is None else self._load(info.context, number)

    async def _load(self, ctx: Context, number: int) -> Any:
        row = await ctx.loaders.by_id(self.model, lambda: ctx.rows(self.model)).load(number)
        return None if row is None else self.make(row)


def needing(permission: Permission, description: str = "") -> Decorator:
    """Make a field that only callers with a permission may ask for."""
    field: Decorator = strawberry.field(
        extensions=[Needs(permission)], description=description or None
    )
    return field


def secret(model: type[SQLModel], column: str, description: str) -> Decorator:
    """Make a field of a sealed column, which is null to who may not read it."""
    mark = ShownTo(permission=permission_of(model, column).value)
    field: Decorator = strawberry.field(
        directives=[mark], description=description, metadata={READS: column}
    )
    return field


__all__ = [
    "Decorator",
    "Needs",
    "Node",
    "OfRow",
    "Paged",
    "Related",
    "check",
    "needing",
    "secret",
    "described",
]
