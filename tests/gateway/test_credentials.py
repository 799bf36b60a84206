"""Credentials: read from the one place that the service names, whole or not at all."""

from base64 import b64encode

import pytest

from gateway.credentials import may_be_in_body, read_credential
from gateway.directory import Credential
from tests.gateway.conftest import an_exchange

KEY = Credential("user_key", "k1")
PAIR = Credential("app_id", "a", "b")


def basic(text: str | bytes) -> tuple[bytes, bytes]:
    """Write a Basic header."""
    raw = text.encode() if isinstance(text, str) else text
    return (b"authorization", b"Basic " + b64encode(raw))


@pytest.mark.parametrize(
    ("target", "proxy", "found"),
    [
        ("/?user_key=k1", {}, KEY),
        ("/?USER_KEY=k1", {}, KEY),
        ("/?user%5Fkey=k%31", {}, KEY),
        ("/?user_key=k1&user_key=other", {}, KEY),
        ("/?user_key=", {}, Credential("user_key", "")),
        ("/?user_key", {}, Credential("user_key", "")),
        ("/?api-key=k1", {"auth_user_key": "Api-Key"}, KEY),
        ("/?user_key=k1", {"auth_user_key": "key"}, None),
        ("/?user_key=k1", {"credentials_location": "headers"}, None),
        ("/?user_key=k1", {"backend_version": "2"}, None),
        ("/?app_id=a&app_key=b", {"backend_version": "2"}, PAIR),
        ("/?app_id=a", {"backend_version": "2"}, None),
        ("/?app_key=b", {"backend_version": "2"}, None),
        ("/?user_key=k1&app_id=a&app_key=b", {"backend_version": "oauth"}, None),
        (
            "/?id=a&key=b",
            {"backend_version": "2", "auth_app_id": "id", "auth_app_key": "key"},
            PAIR,
        ),
    ],
)
def test_of_the_query(target: str, proxy: dict[str, str], found: object) -> None:
    assert read_credential(an_exchange(target, **proxy)) == found


@pytest.mark.parametrize(
    ("name", "custom"),
    [
        (b"user-key", "user_key"),
        (b"user_key", "user_key"),
        (b"x-api-key", "X-Api-Key"),
        (b"x-api-key", "x_api_key"),
    ],
)
def test_of_a_header_whose_dashes_are_underscores_too(name: bytes, custom: str) -> None:
    proxy = {"credentials_location": "headers", "auth_user_key": custom}

    assert read_credential(an_exchange("/?user_key=no", (name, b"k1"), **proxy)) == KEY
    assert read_credential(an_exchange("/?user_key=no", **proxy)) is None


def test_of_two_headers_both_are_needed() -> None:
    headers, proxy = ((b"app_id", b"a"), (b"app-key", b"b")), {"credentials_location": "headers"}
    proxy["backend_version"] = "2"

    assert read_credential(an_exchange("/", *headers, **proxy)) == PAIR
    for header in headers:
        assert read_credential(an_exchange("/", header, **proxy)) is None


@pytest.mark.parametrize(
    ("header", "version", "found"),
    [
        (basic("k1:"), "1", KEY),
        (basic("k1:anything"), "1", KEY),
        (basic("k1"), "1", KEY),
        ((b"authorization", b"bearer k1"), "1", KEY),
        ((b"authorization", b"Bearer  k1 "), "1", KEY),
        ((b"authorization", b"Bearer "), "1", None),
        ((b"authorization", b"Bearer k1"), "2", None),
        (basic("a:b"), "2", PAIR),
        (basic("a:b:c"), "2", Credential("app_id", "a", "b:c")),
        (basic("a:"), "2", Credential("app_id", "a", "")),
        (basic("a"), "2", None),
        (basic(b"\xff:\xfe"), "1", None),
        ((b"authorization", b"Basic a!b"), "1", None),
        ((b"authorization", b"Basic"), "1", Credential("user_key", "")),
        ((b"authorization", b"Digest x"), "1", None),
        ((b"authorization", b""), "1", None),
        ((b"x-other", b"Basic azE6"), "1", None),
    ],
)
def test_of_the_authorization_header(
    header: tuple[bytes, bytes], version: str, found: object
) -> None:
    proxy = {"credentials_location": "authorization", "backend_version": version}

    assert read_credential(an_exchange("/?user_key=no&app_id=no", header, **proxy)) == found


def test_only_where_the_query_holds_them_a_form_may_too() -> None:
    for place, may in (("query", True), ("headers", False), ("authorization", False)):
        document = an_exchange("/", credentials_location=place).document
        assert may_be_in_body(document.proxy) is may
