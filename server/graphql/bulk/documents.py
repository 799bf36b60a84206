"""Which documents can be run in bulk; what can't be is refused before a job begins."""

from collections.abc import Callable, Iterator
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    visit,
)
from strawberry.types.field import StrawberryField

from server.domain.errors import Invalid
from server.domain.permissions import Permission
from server.graphql.columns import BACKREF
from server.graphql.fields import Needs

CONNECTION = (
    "must ask for one list: query($first: Int!, $after: String) "
    "{ list(first: $first, after: $after) { nodes { … } pageInfo { hasNextPage endCursor } } }."
)
WINDOW = frozenset({"first", "after"})
Require = Callable[[Permission], None]  # lets pass who holds it, or raises


def check_export(schema: Any, require: Require, text: str) -> str:
    """Check a query: one list, whose pages are asked for by `$first` and `$after`.

    Give the list's name. Raises: Invalid; what `require` raises to who may not ask for the list.
    """
    document, operation = _checked(schema, text, "query")
    root = _root_of(operation, OperationType.QUERY, CONNECTION, "query")
    given = {
        node.name.value: node.value.name.value
        for node in root.arguments or ()
        if isinstance(node.value, VariableNode)
    }
    if {name: given.get(name) for name in WINDOW} != {name: name for name in WINDOW}:
        raise Invalid(CONNECTION, field="query")
    if not {"nodes", "pageInfo"} <= set(_names(root)):
        raise Invalid(CONNECTION, field="query")
    if not {"hasNextPage", "endCursor"} <= set(_names(_below(root, "pageInfo"))):
        raise Invalid(CONNECTION, field="query")
    info = TypeInfo(schema._schema)
    visit(document, TypeInfoVisitor(info, _Lists(info)))
    _check_permission(schema, require, operation, root)
    return root.name.value


def check_import(schema: Any, require: Require, text: str) -> str:
    """Check a document with one mutation, and give its name.

    Raises: Invalid; what `require` raises to who may not do it.
    """
    _, operation = _checked(schema, text, "mutation")
    wanted = "must be a document with one mutation."
    root = _root_of(operation, OperationType.MUTATION, wanted, "mutation")
    if root.name.value.startswith("bulk"):
        raise Invalid("can't start bulk operations.", field="mutation")
    _check_permission(schema, require, operation, root)
    return root.name.value


def _checked(schema: Any, text: str, field: str) -> tuple[DocumentNode, OperationDefinitionNode]:
    try:
        prepared = schema.documents.prepare(schema._schema, text, for_visitor=False)
    except GraphQLError as error:
        raise Invalid(f"can't be read: {error.message}", field=field) from error
    if prepared.errors:
        raise Invalid(f"is wrong: {prepared.errors[0].message}", field=field)
    operations = [
        each for each in prepared.document.definitions if isinstance(each, OperationDefinitionNode)
    ]
    if len(operations) != 1:
        raise Invalid("must be a document with one operation.", field=field)
    return prepared.document, operations[0]


def _root_of(
    operation: OperationDefinitionNode, kind: OperationType, wanted: str, field: str
) -> FieldNode:
    selections = operation.selection_set.selections
    root = selections[0]
    if operation.operation is not kind or len(selections) != 1 or not isinstance(root, FieldNode):
        raise Invalid(wanted, field=field)
    return root


def _check_permission(
    schema: Any, require: Require, operation: OperationDefinitionNode, root: FieldNode
) -> None:
    kind = schema._schema.get_root_type(operation.operation)
    for permission in permissions_of(kind.fields[root.name.value]):
        require(permission)


def permissions_of(field: Any) -> Iterator[Permission]:
    """List what a field of the schema asks for."""
    made_of = field.extensions.get(BACKREF)
    for extension in made_of.extensions if isinstance(made_of, StrawberryField) else ():
        if isinstance(extension, Needs):
            yield extension.permission


def _fields(node: FieldNode | None) -> Iterator[FieldNode]:
    selections = node.selection_set.selections if node and node.selection_set else ()
    return (each for each in selections if isinstance(each, FieldNode) and each.alias is None)


def _names(node: FieldNode | None) -> Iterator[str]:
    return (each.name.value for each in _fields(node))


def _below(node: FieldNode, name: str) -> FieldNode | None:
    return next((each for each in _fields(node) if each.name.value == name), None)


class _Lists(Visitor):
    """Refuses a list that would be cut without anybody seeing it."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        known = self._info.get_field_def()
        is_list = known is not None and set(known.args) >= WINDOW
        if is_list and "hasNextPage" not in set(_names(_below(node, "pageInfo"))):
            name = node.name.value
            raise Invalid(f"must ask for pageInfo {{ hasNextPage }} of {name}.", field="query")
