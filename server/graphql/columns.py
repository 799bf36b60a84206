"""Columns straight from their rows: most fields of an answer need no resolver's ceremony."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema, get_nullable_type, is_leaf_type
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types.field import StrawberryField

BACKREF = "strawberry-definition"  # where the library keeps what a field was made of
COLUMN = "gatehouse-column"


@dataclass(frozen=True, slots=True)
class Column:
    """A field without resolver: the attribute it shows, and how its value is written."""

    name: str
    write: Callable[[Any], Any]


def mark_columns(schema: GraphQLSchema) -> None:
    """Find the fields that need no resolver, once for each schema."""
    for kind in schema.type_map.values():
        for field in kind.fields.values() if isinstance(kind, GraphQLObjectType) else ():
            made_of, leaf = field.extensions.get(BACKREF), get_nullable_type(field.type)
            is_plain = isinstance(made_of, StrawberryField) and made_of.is_basic_field
            if is_plain and is_leaf_type(leaf):
                field.extensions[COLUMN] = Column(made_of.python_name, leaf.coerce_output_value)


class ColumnExecutor(StrawberryGraphQLCoreExecutionContext):
    """Runs operations as the library does, but writes columns without resolvers (D15).

    Nulls and whatever cannot be written go the library's way, which knows how to tell.
    """

    def execute_field(
        self, parent_type: GraphQLObjectType, source: Any, field_details_list: Any, *rest: Any
    ) -> Any:
        """Write a column, or resolve the field."""
        field = parent_type.fields.get(field_details_list[0].node.name.value)
        column = field.extensions.get(COLUMN) if field is not None else None
        if column is not None:
            try:
                written = column.write(getattr(source, column.name))
            except Exception:  # noqa: BLE001 - whatever it is, the library meets it again and tells it
                written = None
            if written is not None:
                return written
        return super().execute_field(parent_type, source, field_details_list, *rest)
