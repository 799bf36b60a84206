"""A schema as a page: what can be asked and done, with which permission, and the objects."""

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType
from strawberry import Schema

from server.graphql.fields import Requires
from tools.reference.markdown import code, page, table

BACKREF = "strawberry-definition"  # where the library keeps what a field was made of
HIDDEN_TYPES = ("Query", "Mutation")


def graphql(title: str, schema: Schema) -> str:
    """Write the page of a schema."""
    core = schema._schema
    return page(
        title,
        "Lists are pages: give `first` or `last`, at most 100. A refusal is told in `userErrors`.",
        [
            "## Queries",
            _fields(core.query_type),
            "## Mutations",
            _mutations(core.mutation_type),
            "## Objects",
            *_objects(core.type_map.values()),
        ],
    )


def _fields(kind: Any) -> str:
    rows = [
        [code(name), code(str(field.type)), _permission(field), field.description or ""]
        for name, field in kind.fields.items()
    ]
    return table(["Field", "Type", "Permission", "What"], rows)


def _mutations(kind: Any) -> str:
    rows = [
        [code(name), ", ".join(_input(field)), _permission(field), field.description or ""]
        for name, field in sorted(kind.fields.items())
    ]
    return table(["Mutation", "Input", "Permission", "What"], rows)


def _input(field: Any) -> Iterator[str]:
    for argument in field.args.values():
        kind = getattr(argument.type, "of_type", argument.type)
        if isinstance(kind, GraphQLInputObjectType):
            for name, value in kind.fields.items():
                if name != "clientMutationId":
                    yield code(f"{name}: {value.type}")


def _permission(field: Any) -> str:
    made_of = field.extensions.get(BACKREF)
    directives = made_of.directives if made_of is not None else ()
    return next((code(each.permission) for each in directives if isinstance(each, Requires)), "")


def _objects(kinds: Any) -> Iterator[str]:
    shown = [
        kind
        for kind in kinds
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        and kind.name not in HIDDEN_TYPES
        and not kind.name.startswith("__")
        and not kind.name.endswith(("Connection", "Edge", "Payload"))
    ]
    for kind in sorted(shown, key=lambda each: each.name):
        rows = [
            [code(name), code(str(field.type)), field.description or ""]
            for name, field in kind.fields.items()
        ]
        yield "\n\n".join(
            filter(
                None,
                [f"### {kind.name}", kind.description, table(["Field", "Type", "What"], rows)],
            )
        )
