"""From the six kinds of refusals to HTTP: statuses, and when to try again."""

from collections.abc import Mapping

from starlette.responses import Response

from server.domain.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    LimitReached,
    NotFound,
    Unavailable,
)

RETRY_AFTER_S = 5  # when something that we depend on is away

Statuses = Mapping[type[DomainError], int]

STATUSES: Statuses = {
    NotFound: 404,
    Forbidden: 403,
    Invalid: 422,
    Conflict: 409,
    LimitReached: 429,
    Unavailable: 503,
}


def status_of(error: DomainError, statuses: Statuses = STATUSES) -> int:
    """Map a refusal to its status."""
    return next(statuses[kind] for kind in type(error).__mro__ if kind in statuses)


def tell_when(response: Response, error: DomainError) -> None:
    """Say in `Retry-After` when it is worth trying again, where that is known."""
    if isinstance(error, LimitReached) and error.retry_after_s is not None:
        response.headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, Unavailable):
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
