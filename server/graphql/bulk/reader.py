"""Documents of GraphQL for faces that speak none: written of the schema, and checked."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
    is_required_input_field,
)

from server.domain.actors import Actor
from server.domain.errors import NotFound
from server.domain.provider.graphql_documents import InputField, WrittenImport
from server.domain.provider.registered_documents import GraphQLSide
from server.graphql.admin.schema import ADMIN
from server.graphql.bulk.documents import WINDOW, check_export, check_import, permissions_of
from server.graphql.fields import ShownTo
from server.graphql.registered import check_registered

OF_ALL = frozenset({"clientMutationId", "idempotencyKey", "expectedVersion"})
SAMPLES: Mapping[str, Any] = {"Int": 1, "Float": 1.5, "Boolean": True, "JSON": {}}
EXPORT = """query {title}($first: Int!, $after: String) {{
  {name}(first: $first, after: $after) {{
    nodes {{
{fields}
    }}
    pageInfo {{
      hasNextPage
      endCursor
    }}
  }}
}}
"""
IMPORT = """mutation {title}($input: {kind}!) {{
  {name}(input: $input) {{{made}
    userErrors {{
      code
      field
      message
    }}
  }}
}}
"""


class Reader:
    """Reads the admin schema."""

    def lists(self, actor: Actor) -> Sequence[str]:
        """Name the lists that the actor may export, without any that is of something else."""
        fields = _root("query_type").fields.items()
        return sorted(name for name, field in fields if _is_list(field) and _may(actor, field))

    def mutations(self, actor: Actor) -> Sequence[str]:
        """Name the mutations that the actor may carry out for lines."""
        fields = _root("mutation_type").fields.items()
        return sorted(
            name for name, field in fields if not name.startswith("bulk") and _may(actor, field)
        )

    def write_export(self, actor: Actor, name: str) -> str:
        """Write a document that exports a list, with all that is no secret. Raises: NotFound."""
        if name not in self.lists(actor):
            raise NotFound("There is no such list.")
        connection: Any = get_named_type(_root("query_type").fields[name].type)
        node: Any = get_named_type(connection.fields["nodes"].type)
        fields = "\n".join(_exported(actor, node))
        return EXPORT.format(title=f"All{name[0].upper()}{name[1:]}", name=name, fields=fields)

    def write_import(self, actor: Actor, name: str) -> WrittenImport:
        """Write a document that carries a mutation out. Raises: NotFound."""
        if name not in self.mutations(actor):
            raise NotFound("There is no such mutation.")
        field = _root("mutation_type").fields[name]
        kind: Any = get_named_type(field.args["input"].type)
        payload: Any = get_named_type(field.type)
        made = "".join(f"\n    {each}" for each in _made(payload))
        title = f"{name[0].upper()}{name[1:]}"
        document = IMPORT.format(title=title, kind=kind.name, name=name, made=made)
        needed = {n: _sample(each) for n, each in kind.fields.items() if _is_told(n, each)}
        return WrittenImport(
            document, list(_inputs(kind)), json.dumps({"input": needed}, ensure_ascii=False)
        )

    def check_export(self, actor: Actor, document: str) -> str:
        """Check what is to be exported; give the list's name. Raises: Invalid, Forbidden."""
        return check_export(ADMIN.schema, actor.require, document)

    def check_import(self, actor: Actor, document: str) -> str:
        """Check what is to be carried out; give its name. Raises: Invalid, Forbidden."""
        return check_import(ADMIN.schema, actor.require, document)

    def check_registered(self, side: GraphQLSide, documents: Mapping[str, str]) -> None:
        """Check documents, by their digests, against their schema. Raises: Invalid."""
        check_registered(side, documents)


def _root(name: str) -> GraphQLObjectType:
    root: GraphQLObjectType = getattr(ADMIN.schema._schema, name)
    return root


def _may(actor: Actor, field: GraphQLField) -> bool:
    return all(map(actor.may, permissions_of(field)))


def _is_list(field: GraphQLField) -> bool:
    if not set(field.args) >= WINDOW or any(map(is_required_argument, field.args.values())):
        return False
    kind: Any = get_named_type(field.type)
    return "nodes" in kind.fields


def _exported(actor: Actor, node: GraphQLObjectType) -> Iterator[str]:
    """Write the values of an object, and the ids of those that it belongs to."""
    for name, field in node.fields.items():
        if _is_open(actor, field):
            kind = get_nullable_type(field.type)
            if is_leaf_type(get_named_type(kind)):
                yield f"      {name}"
            elif isinstance(kind, GraphQLObjectType) and "legacyId" in kind.fields:
                yield f"      {name} {{\n        id\n        legacyId\n      }}"


def _is_open(actor: Actor, field: GraphQLField) -> bool:
    """Tell whether the actor may have a field, which is no secret."""
    made_of = field.extensions["strawberry-definition"]
    is_secret = any(isinstance(each, ShownTo) for each in made_of.directives)
    is_asked = any(map(is_required_argument, field.args.values()))
    return not (is_secret or is_asked or field.deprecation_reason) and _may(actor, field)


def _made(payload: GraphQLObjectType) -> Iterator[str]:
    """Write what tells which object came of a line."""
    for name, field in payload.fields.items():
        kind = get_named_type(field.type)
        if name == "deletedId":
            yield name
        elif isinstance(kind, GraphQLObjectType) and "legacyId" in kind.fields:
            yield f"{name} {{\n      id\n      legacyId\n    }}"


def _inputs(kind: GraphQLInputObjectType) -> Iterator[InputField]:
    for name, field in kind.fields.items():
        if name not in OF_ALL:
            needed = is_required_input_field(field)
            yield InputField(name, str(field.type), needed, field.description or "")


def _is_told(name: str, field: Any) -> bool:
    return name not in OF_ALL and is_required_input_field(field)


def _sample(field: Any) -> Any:
    kind = get_named_type(field.type)
    value: Any = SAMPLES.get(kind.name, "…")
    if isinstance(kind, GraphQLEnumType):
        value = next(iter(kind.values))
    elif isinstance(kind, GraphQLInputObjectType):
        value = {n: _sample(each) for n, each in kind.fields.items() if _is_told(n, each)}
    return [value] if is_list_type(getattr(field.type, "of_type", field.type)) else value
