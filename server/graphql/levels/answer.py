"""Tries to answer a request without the library; None where that does not go."""

from typing import Any

from graphql import DocumentNode, OperationDefinitionNode, OperationType
from graphql.execution.values import VariableValues, get_variable_values
from graphql.utilities import get_operation_ast
from sqlalchemy.exc import InvalidRequestError
from strawberry.http import GraphQLRequestData
from strawberry.types import ExecutionResult

from server.graphql.context import Context
from server.graphql.cost import Costs
from server.graphql.documents import Prepared
from server.graphql.levels.plan import Level, Unknown, make_plan
from server.graphql.levels.run import Run


async def find_result(schema: Any, ctx: Context, asked: GraphQLRequestData) -> Any:
    """Answer a query, and take what it costs; None for what the library has to do."""
    plan: Level | None = None
    try:
        prepared = schema.documents.prepare(
            schema._schema, asked.query or "", for_visitor=ctx.is_anonymous
        )
        operation = get_operation_ast(prepared.document, asked.operation_name or None)
        if prepared.errors or operation is None:
            return None
        if operation.operation is not OperationType.QUERY:
            return None
        plan = _plan_of(schema, prepared, operation)
        given: Any = asked.variables or {}
        definitions = operation.variable_definitions or ()
        variables = get_variable_values(schema._schema, definitions, given)
        if not isinstance(variables, VariableValues):
            return None
        if not _pays(schema, ctx, prepared.document, operation, given):
            return None
        data = (await Run(schema, ctx, variables).objects(plan, [None]))[0]
    except InvalidRequestError:  # a resolver reads more than it was known to
        if plan is not None:
            want_all(plan)
        ctx.forget()
        return None
    except Exception:  # noqa: BLE001 - whatever it is, the library meets it again and tells it
        ctx.forget()
        return None
    return ExecutionResult(data, None)


def want_all(level: Level) -> None:
    """Have all columns read on every level below."""
    level.wants_all = True
    for asked in level.asked:
        below = [*asked.page.nodes.values()] if asked.page else []
        shape = asked.shape
        while shape is not None:
            below += [shape.level] if shape.level else []
            shape = shape.item
        for each in below:
            want_all(each)


def _plan_of(schema: Any, prepared: Prepared, operation: OperationDefinitionNode) -> Level:
    """Find the plan of an operation, or make it. Raises: Unknown."""
    name = operation.name.value if operation.name else ""
    if name not in prepared.plans:
        try:
            prepared.plans[name] = make_plan(schema._schema, prepared.document, operation)
        except Unknown:
            prepared.plans[name] = None
    plan: Level | None = prepared.plans[name]
    if plan is None:
        raise Unknown
    return plan


def _pays(
    schema: Any,
    ctx: Context,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    given: Any,
) -> bool:
    costs = Costs(schema._schema, document, given, ctx.bill.maximum)
    ctx.bill.requested = costs.of_operation(operation)
    if ctx.bill.requested > ctx.bill.maximum:
        return False
    ctx.is_paid = ctx.pay(ctx.bill.requested)
    return ctx.is_paid
