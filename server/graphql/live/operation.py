"""One subscription's operation: begun once, then carried out with each thing that happens.

Each run recognises the caller anew, in a snapshot of its own, and asks for the field's permission.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLError
from starlette.requests import Request
from strawberry.http import GraphQLRequestData
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from server.graphql import errors
from server.graphql.context import Context
from server.graphql.http import View, told
from server.graphql.watches import Begun, Passed, Root, Watch
from server.web.requests import BadRequest

SUBSCRIPTIONS = {OperationType.SUBSCRIPTION}
FINAL = {errors.UNAUTHENTICATED, errors.FORBIDDEN}
TOO_SLOW = "TOO_SLOW"
Body = dict[str, Any]


class Ended(Exception):
    """A subscription is over before its client has ended it."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.message, self.code = message, code

    @property
    def errors(self) -> list[Body]:
        """What the client is told."""
        return [{"message": self.message, "extensions": {"code": self.code}}]


@dataclass(frozen=True, slots=True)
class Started:
    """What an operation waits for."""

    watch: Watch
    who: "Who"


@dataclass(frozen=True, slots=True)
class Who:
    """Whose connection it is."""

    provider_id: int
    caller: str

    @classmethod
    def of(cls, ctx: Context) -> "Who":
        token_id = ctx.actor.token_id
        return cls(ctx.provider.id, ctx.caller if token_id is None else f"token:{token_id}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An operation that was not begun."""

    body: Body


@dataclass(slots=True)
class Answers:
    """What came of some runs; those that are `left` have to wait for the caller's bucket."""

    bodies: list[Body] = field(default_factory=list)
    left: Sequence[Root] = ()
    wait_s: float = 0
    end: Ended | None = None


@dataclass(slots=True)
class Operation:
    """An operation of a caller, as it came; all that it does is done in a worker thread's loop."""

    view: View
    request: Request
    asked: GraphQLRequestData

    async def begin(self) -> Started | Refusal | None:
        """Begin; None for what is no subscription. Raises: BadRequest, Ended."""
        with self.view.open(self.request) as ctx:
            try:
                self.asked = self.view.complete(ctx, self.asked)
                result = await self._run(ctx, None)
            except (GraphQLError, CannotGetOperationTypeError, InvalidOperationTypeError):
                return None  # the way of all others tells it
            for error in result.errors or ():
                if isinstance(error.original_error, Begun):
                    return Started(error.original_error.watch, Who.of(ctx))
            return Refusal(_body_of(told(ctx, result)))

    async def answer(self, roots: Sequence[Root]) -> Answers:
        """Carry the operation out with each of these."""
        answers = Answers()
        try:
            with self.view.open(self.request, is_there=False) as ctx:
                for at, root in enumerate(roots):
                    result = await self._run(ctx, root)
                    if _passes(result):
                        continue
                    shown = told(ctx, result)
                    codes = {(error.extensions or {}).get("code") for error in shown.errors or ()}
                    if errors.THROTTLED in codes:
                        answers.left, answers.wait_s = roots[at:], ctx.bill.retry_after_s
                        break
                    if result.data is None and codes & FINAL:
                        answers.end = _ended_by(shown)
                        break
                    answers.bodies.append(_body_of(shown))
        except BadRequest as error:
            answers.end = Ended(error.message, errors.UNAUTHENTICATED)
        return answers

    async def _run(self, ctx: Context, root: Root | None) -> ExecutionResult:
        result: ExecutionResult = await self.view.schema.execute(
            self.asked.query,
            variable_values=self.asked.variables,
            context_value=ctx,
            root_value=root,
            operation_name=self.asked.operation_name or None,
            allowed_operation_types=SUBSCRIPTIONS,
        )
        return result


def find_who(view: View, request: Request) -> Who | None:
    """Tell whose connection it is; None for a visitor, and who is not recognised."""
    try:
        with view.open(request, is_there=False) as ctx:
            return None if ctx.is_anonymous else Who.of(ctx)
    except BadRequest:
        return None


def _passes(result: ExecutionResult) -> bool:
    return any(isinstance(error.original_error, Passed) for error in result.errors or ())


def _ended_by(result: ExecutionResult) -> Ended:
    error = (result.errors or [])[0]
    return Ended(error.message, (error.extensions or {}).get("code", errors.FORBIDDEN))


def _body_of(result: ExecutionResult) -> Body:
    body: Body = {"data": result.data}
    if result.errors:
        body["errors"] = [error.formatted for error in result.errors]
    body["extensions"] = result.extensions
    return body
