"""Credentials of API requests: where they stand, and whom they mean."""

from base64 import b64encode

import pytest
from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.auth.callers import Presented, find_admin_caller, presented
from server.auth.dependencies import Dependencies

PARAMS = {"access_token": "in params", "provider_key": "key in params"}


def basic(text: str) -> str:
    return f"Basic {b64encode(text.encode()).decode()}"


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("Bearer abc", "abc"),
        ("bearer  abc ", "abc"),
        ("Bearer", ""),
        (basic("abc:"), "abc"),
        (basic("abc:def"), "abc"),
        (basic(":def"), "def"),
        (basic("abc"), "abc"),
        (basic(":"), ""),
        ("basic " + basic("a:").partition(" ")[2], "a"),
        ("Basic !!!", ""),
        ("Basic gA==", ""),
        ("Basic YW!JjOg==", ""),
        ("Basic", ""),
    ],
)
def test_a_header_that_is_understood_goes_before_the_parameters(header: str, token: str) -> None:
    assert presented(header, PARAMS) == Presented(token=token)


@pytest.mark.parametrize("header", ["", "Digest abc", "Bearerabc"])
def test_without_such_a_header_the_parameters_count(header: str) -> None:
    assert presented(header, PARAMS) == Presented("in params", "key in params")
    assert presented(header, {}) == Presented()


def test_nothing_was_presented_only_without_both() -> None:
    assert Presented().is_empty
    assert not Presented(token="a").is_empty
    assert not Presented(provider_key="a").is_empty


def kind_of(
    db: Session, deps: Dependencies, acme: NewProvider, token: str = "", provider_key: str = ""
) -> str | None:
    """Tell which kind of actor the credentials mean."""
    credentials = Presented(token, provider_key)
    actor = find_admin_caller(db, deps.installation, acme.provider.id, credentials)
    return None if actor is None else actor.kind


def test_tokens_and_provider_keys_mean_whom_they_were_made_for(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    token, key = acme.access_token, acme.provider_key

    assert kind_of(db, deps, acme, token) == "staff"
    assert kind_of(db, deps, acme, key) == "provider_key"
    assert kind_of(db, deps, acme, "", key) == "provider_key"
    assert kind_of(db, deps, acme, "", token) is None
    assert kind_of(db, deps, acme, token, "wrong") == "staff"
    assert kind_of(db, deps, acme, "wrong", key) is None
    assert kind_of(db, deps, acme) is None
