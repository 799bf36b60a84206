"""What a query costs: objects 1, connections times their size, mutations 10; scalars are free.

Introspection is counted by the objects that it visits.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    StringValueNode,
    VariableNode,
)
from graphql.utilities import get_operation_ast
from strawberry.extensions import SchemaExtension

from server.graphql.errors import THROTTLED, TOO_COMPLEX, refused
from server.graphql.introspection import SCHEMA, TYPE, Enough, Visits, asks_schema_only
from server.kit.paging import MAX_PAGE

MUTATION = 10
PAGE_PARTS = frozenset({"edges", "nodes"})


class Costs:
    """Adds up one operation; each fragment is added up once. `most` is where it may stop."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any], most: int
    ) -> None:
        self._fragments = {
            node.name.value: node.selection_set
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._visits = Visits(schema, self._fragments, most)
        self._most = most
        self._variables = variables
        self._defaults: dict[str, Any] = {}
        self._known: dict[str, tuple[int, int]] = {}

    def of_operation(self, operation: OperationDefinitionNode) -> int:
        """Return what an operation costs at most; of one beyond `most`, no more than that."""
        self._defaults = {
            definition.variable.name.value: definition.default_value
            for definition in operation.variable_definitions or ()
        }
        try:
            return sum(
                self._of_root(node, operation.operation)
                for node in operation.selection_set.selections
            )
        except Enough:
            return self._most + 1

    def asks_schema_only(self, operation: OperationDefinitionNode) -> bool:
        """Tell whether the answer is the same for everybody."""
        return asks_schema_only(operation, self._fragments)

    def _of_root(self, node: SelectionNode, kind: OperationType) -> int:
        cost = sum(self._of(node))
        if kind is OperationType.MUTATION:
            cost += MUTATION
        return cost

    def _of_set(self, selections: SelectionSetNode | None) -> tuple[int, int]:
        """Return what is paid once, and what is paid for each object of a page."""
        once = each = 0
        for node in selections.selections if selections else ():
            more_once, more_each = self._of(node)
            once, each = once + more_once, each + more_each
        return once, each

    def _of(self, node: SelectionNode) -> tuple[int, int]:
        if isinstance(node, FragmentSpreadNode):
            return self._of_fragment(node.name.value)
        if not isinstance(node, FieldNode):
            return self._of_set(getattr(node, "selection_set", None))
        if node.selection_set is None:
            return 0, 0
        if node.name.value in {SCHEMA, TYPE}:
            return self._visits.of(node, self._name_in(node)), 0
        once, each = self._of_set(node.selection_set)
        name = node.name.value
        if name in PAGE_PARTS and not node.arguments:
            return 0, (1 if name == "nodes" else 0) + once + each
        size = self._size_of(node)
        if name == "nodes":
            return size * (1 + once + each), 0
        return 1 + once + size * each, 0

    def _of_fragment(self, name: str) -> tuple[int, int]:
        if name not in self._known:
            self._known[name] = (0, 0)  # a cycle ends here; validation has refused it
            self._known[name] = self._of_set(self._fragments.get(name))
        return self._known[name]

    def _size_of(self, node: FieldNode) -> int:
        for argument in node.arguments or ():
            if argument.name.value in {"first", "last", "ids"}:
                size = self._number(argument.value)
                if size is not None:
                    return size
        return 1

    def _name_in(self, node: FieldNode) -> Any:
        """Read the name that `__type` is asked for; None when there is none."""
        for argument in node.arguments or ():
            value: Any = argument.value
            if isinstance(value, VariableNode):
                name = value.name.value
                value = self._variables.get(name, self._defaults.get(name))
            return value.value if isinstance(value, StringValueNode) else value
        return None

    def _number(self, value: Any) -> int | None:
        """Read a size, or the length of a list; what is not known counts as a full page."""
        if isinstance(value, VariableNode):
            name = value.name.value
            given = self._variables.get(name)
            if given is None:
                default = self._defaults.get(name)
                return None if default is None else self._number(default)
            size = len(given) if isinstance(given, list) else given
            usable = isinstance(size, int) and 0 <= size <= MAX_PAGE
            return size if usable else MAX_PAGE
        if isinstance(value, IntValueNode):
            return min(int(value.value), MAX_PAGE) if len(value.value) < 10 else MAX_PAGE
        return len(value.values) if isinstance(value, ListValueNode) else None


class CostLimit(SchemaExtension):
    """Refuses what costs too much at once, or more than the caller has left."""

    def on_execute(self) -> Iterator[None]:
        """Work out the bill after validation, before the first resolver."""
        execution, ctx = self.execution_context, self.execution_context.context
        document = execution.graphql_document
        operation = document and get_operation_ast(document, execution.operation_name)
        if document and operation:
            schema = execution.schema._schema
            costs = Costs(schema, document, execution.variables or {}, ctx.bill.maximum)
            ctx.bill.requested = costs.of_operation(operation)
            ctx.asks_schema_only = costs.asks_schema_only(operation)
        error = None
        if ctx.bill.requested > ctx.bill.maximum:
            message = f"This costs more than the {ctx.bill.maximum} points that are allowed."
            error = refused(f"{message} Ask for less at once.", TOO_COMPLEX)
        elif not ctx.is_paid and not ctx.pay(ctx.bill.requested):
            error = refused("You ask too much in a short time. Wait a moment.", THROTTLED)
        if error is not None:
            execution.result = ExecutionResult(data=None, errors=[error])
        yield
