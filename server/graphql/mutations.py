"""The shape of all mutations: one input, one payload, refusals as `userErrors`."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar

import strawberry
from strawberry.types.maybe import Some

from server.domain.drafts import word_of
from server.domain.errors import DomainError
from server.domain.permissions import Permission
from server.graphql.errors import UserError, user_error_of
from server.graphql.fields import Decorator, Needs
from server.web.statuses import tell_when

Resolver = TypeVar("Resolver", bound=Callable[..., Any])


@strawberry.input
class Input:
    client_mutation_id: str | None = None


@strawberry.input(description="Names the object that the mutation is about.")
class IdInput(Input):
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
                result: Payload = resolver(self, info, input)
            except DomainError as error:
                result = payload(user_errors=[*map(user_error_of, (error, *error.others))])
                info.context.after.append(partial(tell_when, error=error))
            result.client_mutation_id = input.client_mutation_id
            return result

        described: Any = field(answer)
        described.description = resolver.__doc__
        return described

    return wrap


def changes_of(given: Input) -> dict[str, Any]:
    """Collect the fields that an update names, null or not."""
    return {
        name: word_of(value.value) for name, value in vars(given).items() if isinstance(value, Some)
    }
