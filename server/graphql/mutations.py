"""The shape of all mutations: one input, one payload, refusals as `userErrors`."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar

import strawberry
from graphql import FieldNode
from strawberry.types.maybe import Some

from server.domain.drafts import word_of
from server.domain.errors import DomainError, Invalid, LimitReached, Unavailable
from server.domain.permissions import Permission
from server.graphql.context import Info
from server.graphql.errors import UserError, user_error_of
from server.graphql.fields import Decorator, Needs
from server.web.statuses import tell_when

KEY_HEADER = "idempotency-key"
PASSING = (LimitReached, Unavailable)  # the same may be granted in a moment
Resolver = TypeVar("Resolver", bound=Callable[..., Any])


@strawberry.input
class Input:
    client_mutation_id: str | None = None
    idempotency_key: str | None = strawberry.field(
        default=None,
        description="Of one's own choice, for a request with one mutation: sent again within a "
        "day, it does nothing and is told the same.",
    )


@strawberry.input(description="Names the object that the mutation is about.")
class IdInput(Input):
    id: strawberry.ID


@strawberry.input
class VersionedInput(Input):
    expected_version: str | None = strawberry.field(
        default=None,
        description="The `objectVersion` that the change was made from: refused at any other.",
    )


@strawberry.input(description="Names the object that is changed.")
class ChangeInput(VersionedInput):
    id: strawberry.ID


@strawberry.type
class Payload:
    user_errors: list[UserError] = strawberry.field(default_factory=list)
    client_mutation_id: str | None = None


@strawberry.type
class DeletedPayload(Payload):
    deleted_id: strawberry.ID | None = None


def mutation(payload: type[Payload], permission: Permission | None = None) -> Decorator:
    """Make a mutation of a resolver: what the domain refuses is told in its payload."""
    guards = [] if permission is None else [Needs(permission)]
    field = strawberry.mutation(extensions=list(guards))

    def wrap(resolver: Resolver) -> Any:
        @wraps(resolver)
        def answer(self: object, info: Any, input: Any) -> Payload:
            try:
                check_key(info, input.idempotency_key)
                result: Payload = resolver(self, info, input)
            except DomainError as error:
                info.context.keyed.passes = isinstance(error, PASSING)
                result = payload(user_errors=[*map(user_error_of, (error, *error.others))])
                info.context.after.append(partial(tell_when, error=error))
            result.client_mutation_id = input.client_mutation_id
            return result

        described: Any = field(answer)
        described.description = resolver.__doc__
        return described

    return wrap


def check_key(info: Info, given: str | None) -> None:
    """Take the idempotency key of a request, if it has one. Raises: Answered, Invalid, Conflict."""
    ctx = info.context
    key = ctx.request.headers.get(KEY_HEADER, "").strip('"') or given
    if key is None:
        return
    if given is not None and given != key:
        raise Invalid("differs from the header Idempotency-Key.", field="idempotency_key")
    selections = info.operation.selection_set.selections
    if len(selections) != 1 or not isinstance(selections[0], FieldNode):
        raise Invalid("is for a request with one mutation.", field="idempotency_key")
    ctx.carry_out_once(key)


def changes_of(given: Input) -> dict[str, Any]:
    """Collect the fields that an update names, null or not."""
    return {
        name: word_of(value.value) for name, value in vars(given).items() if isinstance(value, Some)
    }
