"""Each kind of refusal has one status, its subclasses the same."""

import pytest
from starlette.responses import Response

from server.domain.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    LimitReached,
    NotFound,
    Taken,
    TooLong,
    Unavailable,
)
from server.web.statuses import STATUSES, status_of, tell_when


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("x"), 404),
        (Forbidden("x"), 403),
        (Invalid("x"), 422),
        (TooLong("x", 1), 422),
        (Conflict("x"), 409),
        (Taken("x"), 409),
        (LimitReached("x"), 429),
        (Unavailable("x"), 503),
    ],
)
def test_a_refusal_has_the_status_of_its_kind(error: DomainError, status: int) -> None:
    assert status_of(error) == status


def test_a_face_may_have_another_table() -> None:
    assert status_of(Taken("x"), {**STATUSES, Conflict: 422}) == 422


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (LimitReached("x", retry_after_s=9), "9"),
        (LimitReached("x"), None),
        (NotFound("x"), None),
    ],
)
def test_retry_after_is_told_where_it_is_known(error: DomainError, told: str | None) -> None:
    response = Response()

    tell_when(response, error)

    assert response.headers.get("retry-after") == told
