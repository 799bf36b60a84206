"""What a schema tells about itself: how much that is, and whether it is all that is asked."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLWrappingType,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    is_abstract_type,
)

SCHEMA, TYPE = "__schema", "__type"
Fragments = Mapping[str, SelectionSetNode]


class Enough(Exception):
    """More is visited than anybody may ask for."""


class Visits:
    """Counts the objects that introspection visits, exactly, and stops at `most`.

    Cost: at most so many steps as are counted, so no document makes it count for long.
    """

    def __init__(self, schema: GraphQLSchema, fragments: Fragments, most: int) -> None:
        self._schema = schema
        self._fragments = fragments
        self._most = most
        self._count = 0

    def of(self, field: FieldNode, type_name: Any = None) -> int:
        """Count what `__schema`, or `__type` of a name, visits. Raises: Enough."""
        start: Any = self._schema
        if field.name.value == TYPE:
            start = self._schema.type_map.get(type_name) if isinstance(type_name, str) else None
        self._count = 1
        if start is not None:
            self._walk(field.selection_set, [start], set())
        return self._count

    def _walk(
        self, selections: SelectionSetNode | None, parents: Sequence[Any], spread: set[str]
    ) -> None:
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                self._visit(node, parents)
            elif not isinstance(node, FragmentSpreadNode):
                self._walk(getattr(node, "selection_set", None), parents, spread)
            elif node.name.value not in spread:  # the second time it adds nothing
                spread.add(node.name.value)
                self._walk(self._fragments.get(node.name.value), parents, spread)

    def _visit(self, node: FieldNode, parents: Sequence[Any]) -> None:
        if node.selection_set is None:
            return
        found = (child for parent in parents for child in self._below(parent, node.name.value))
        children = list(islice(found, self._most + 1))
        self._count += max(len(parents), len(children))
        if self._count > self._most:
            raise Enough
        if children:
            self._walk(node.selection_set, children, set())

    def _below(self, parent: Any, name: str) -> Sequence[Any]:
        """List the objects that a field of introspection leads to."""
        if isinstance(parent, GraphQLSchema):
            return self._below_schema(parent, name)
        if name == "type":
            return [parent.type]
        if name == "args":
            return list(parent.args.values())
        if name == "ofType":
            return [parent.of_type] if isinstance(parent, GraphQLWrappingType) else []
        return self._below_type(parent, name)

    def _below_schema(self, schema: GraphQLSchema, name: str) -> Sequence[Any]:
        if name == "types":
            return list(schema.type_map.values())
        if name == "directives":
            return schema.directives
        roots = {
            "queryType": schema.query_type,
            "mutationType": schema.mutation_type,
            "subscriptionType": schema.subscription_type,
        }
        root = roots.get(name)
        return [root] if root is not None else []

    def _below_type(self, kind: Any, name: str) -> Sequence[Any]:
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            if name == "fields":
                return list(kind.fields.values())
            if name == "interfaces":
                return list(kind.interfaces)
        if name == "possibleTypes" and is_abstract_type(kind):
            return self._schema.get_possible_types(kind)
        if name == "enumValues" and isinstance(kind, GraphQLEnumType):
            return list(kind.values.values())
        if name == "inputFields" and isinstance(kind, GraphQLInputObjectType):
            return list(kind.fields.values())
        return []


def asks_schema_only(operation: OperationDefinitionNode, fragments: Fragments) -> bool:
    """Tell whether an operation asks nothing but the schema, which is the same for everybody."""
    if operation.operation is not OperationType.QUERY:
        return False
    return all(
        isinstance(node, FieldNode) and node.name.value.startswith("__")
        for node in _roots(operation.selection_set.selections, fragments, set())
    )


def _roots(
    selections: Sequence[SelectionNode], fragments: Fragments, spread: set[str]
) -> Iterator[SelectionNode]:
    for node in selections:
        if isinstance(node, FieldNode):
            yield node
            continue
        name = node.name.value if isinstance(node, FragmentSpreadNode) else ""
        below = fragments.get(name) if name else getattr(node, "selection_set", None)
        if below is not None and name not in spread:
            spread.update({name} - {""})
            yield from _roots(below.selections, fragments, spread)
