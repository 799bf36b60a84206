"""Refusals in both languages: nothing on the way may keep one."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    LimitReached,
    NotFound,
    Unavailable,
)
from server.domain.provider.providers import Provider
from server.rest.errors import (
    TokenTooWeak,
    access_denied,
    provider_closed,
    refusal,
    unknown_format,
    unreadable,
)
from server.rest.formats import Format
from server.web.requests import BadRequest

ACCOUNTS = "/admin/api/accounts"
DOMAIN: list[tuple[DomainError, int]] = [
    (NotFound("x"), 404),
    (Forbidden("x"), 403),
    (TokenTooWeak("x"), 403),
    (Invalid("x", field="name"), 422),
    (Conflict("x"), 422),
    (LimitReached("x"), 422),
    (Unavailable("x"), 503),
]


@pytest.mark.parametrize("language", Format)
@pytest.mark.parametrize(("error", "status"), DOMAIN, ids=lambda each: type(each).__name__)
def test_a_refusal_has_its_status_and_is_not_kept(
    error: DomainError, status: int, language: Format
) -> None:
    answer = refusal(language, error)

    assert answer.status_code == status
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("language", Format)
def test_what_stands_against_a_deletion_is_403_with_its_reason(language: Format) -> None:
    answer = refusal(language, Conflict("is needed.", field="name"), "DELETE")

    assert answer.status_code == 403
    assert b"is needed." in bytes(answer.body)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (access_denied(Format.XML), 403),
        (access_denied(Format.JSON), 403),
        (provider_closed(), 403),
        (unknown_format(), 406),
        (unreadable(BadRequest(400, "x")), 400),
    ],
)
def test_what_is_refused_before_an_operation_runs_is_not_kept(answer: Any, status: int) -> None:
    assert answer.status_code == status
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("suffix", ["", ".xml", ".json", ".yaml"])
@pytest.mark.parametrize("number", ["{id}", "999", "x"])
@pytest.mark.parametrize("is_known", [True, False])
def test_no_error_of_a_call_is_kept_and_each_good_answer_is_asked_for_again(
    acme: NewProvider, client: TestClient, suffix: str, number: str, is_known: bool
) -> None:
    token = {"access_token": acme.access_token} if is_known else {}

    own = number.format(id=acme.sample.user.account_id)

    answer = client.get(f"{ACCOUNTS}/{own}{suffix}", params=token)

    is_good = is_known and number == "{id}" and suffix != ".yaml"
    assert (answer.status_code == 200) is is_good
    wanted = "private, max-age=0" if is_good else "private, no-store"
    assert answer.headers["cache-control"] == wanted


def test_that_a_provider_is_closed_is_not_kept(
    deps: Dependencies, acme: NewProvider, client: TestClient
) -> None:
    with deps.database.write() as db:
        db.get_one(Provider, acme.provider.id).state = "suspended"

    answer = client.get(f"{ACCOUNTS}/1.xml", params={"access_token": acme.access_token})

    assert answer.status_code == 403
    assert answer.content == b""
    assert answer.headers["cache-control"] == "private, no-store"
