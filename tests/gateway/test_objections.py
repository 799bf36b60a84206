"""What speaks against an application: the first objection, in the order that every face keeps."""

import hashlib
from typing import Any

import pytest

from gateway.objections import find_objection
from tests.kit.gateway import a_service, an_application

FILTERED: dict[str, Any] = {"referrer_filters": ("*.ok.test",)}


def digest(key: str) -> bytes:
    """Digest as a directory does."""
    return hashlib.sha256(key.encode()).digest()


KEYED: dict[str, Any] = {"key_digests": frozenset({digest("right")})}
CLOSED: dict[str, Any] = {"active": False}


def objection(
    *, app_key: str | None = None, referrer: str | None = None, closed: bool = False, **over: Any
) -> str | None:
    """Look for what speaks against an application of a service that requires filters."""
    service = a_service(referrer_filters_required=True, active=not closed)
    return find_objection(service, an_application(1, **over), app_key, referrer, digest)


@pytest.mark.parametrize("key", ["right", " right "])
def test_a_right_key_is_no_objection_with_or_without_spaces(key: str) -> None:
    assert objection(app_key=key, **KEYED) is None


@pytest.mark.parametrize("key", ["wrong", "", "Right"])
def test_a_wrong_or_missing_key_comes_first(key: str) -> None:
    found = objection(app_key=key, closed=True, **KEYED, **FILTERED, **CLOSED)

    assert found == "application_key_invalid"


def test_a_key_that_nobody_asked_for_is_not_looked_at() -> None:
    assert objection(**KEYED) is None


@pytest.mark.parametrize(
    ("referrer", "found"),
    [
        ("a.ok.test", None),
        ("*", None),
        ("ok.test", "referrer_not_allowed"),
        (None, "referrer_not_allowed"),
    ],
)
def test_a_referrer_has_to_fit_a_filter(referrer: str | None, found: str | None) -> None:
    assert objection(referrer=referrer, **FILTERED) == found


def test_filters_count_only_where_the_service_requires_them() -> None:
    open_service = a_service(referrer_filters_required=False)
    application = an_application(1, referrer_filters=("*.ok.test",))

    assert find_objection(open_service, application, None, None, digest) is None
    assert objection(referrer=None) is None, "an application without filters"


def test_the_state_of_the_application_comes_before_that_of_the_service() -> None:
    assert objection(referrer="x", closed=True, **FILTERED, **CLOSED) == "referrer_not_allowed"
    assert objection(closed=True, **CLOSED) == "application_not_active"
    assert objection(closed=True) == "service_not_active"
