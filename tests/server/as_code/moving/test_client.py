"""Asking a tenant's API: what is asked, how long it is tried, and what is said when it ends."""

from collections.abc import Iterator

import pytest

from server.as_code.moving.client import Api, NoAccess
from server.as_code.moving.tenant import CannotMove
from tests.kit.reference import TOKEN, Answer, Reference, served
from tests.kit.services import free_port


@pytest.fixture
def reference() -> Iterator[Reference]:
    """Serve a tenant of five accounts, two a page."""
    told = Reference(page_most=2)
    told.listing("/accounts", "accounts", *({"id": number} for number in range(1, 6)))
    with served(told):
        yield told


def of(reference: Reference, token: str = TOKEN) -> Api:
    """Make a client that waits for nothing."""
    return Api(reference.url, token, per_s=10_000, first_wait_s=0.001)


def test_all_pages_of_a_list_are_read_and_each_once(reference: Reference) -> None:
    found = [each["id"] for each in of(reference).every("/accounts", per_page=2)]

    assert found == [1, 2, 3, 4, 5]
    assert len(reference.asked) == 3


def test_what_is_busy_or_breaks_off_is_asked_again(reference: Reference) -> None:
    reference.moods = [
        Answer(429, headers={"retry-after": "0"}),
        Answer(503, headers={"retry-after": "Thu, 01 Jan 1970 00:00:00 GMT"}),
        Answer(200, b'{"accounts": [', cut=True),
    ]

    found = list(of(reference).every("/accounts", per_page=2))

    assert len(found) == 5
    assert len(reference.asked) == 6


BAD = [
    (Answer(403, b'{"error":"Access denied"}'), "refuses the token"),
    (Answer(200, b"<html>"), "gives no JSON"),
    (Answer(200, b'{"a": 1, "b": 2}'), "is no list"),
    (Answer(200, b'{"accounts": [7]}'), "no object"),
    (Answer(302, headers={"location": "https://elsewhere.example/"}), "sends on to https://elsew"),
    (Answer(418), "answered 418"),
]


def test_what_is_no_such_api_is_told_with_the_way_out(reference: Reference) -> None:
    for answer, words in BAD:
        reference.moods = [answer]
        with pytest.raises(CannotMove, match=words) as told:
            list(of(reference).every("/accounts"))
        assert TOKEN not in str(told.value)

    with pytest.raises(NoAccess):
        of(reference, "another").get("/accounts")
    reference.moods = [Answer(503)] * 6
    with pytest.raises(CannotMove, match=r"answers 503.*goes on where it stopped"):
        of(reference).get("/accounts")


def test_addresses_that_can_not_be_meant_are_refused() -> None:
    for url, words in (
        ("acme-admin.example.com", "is no admin portal"),
        ("https://acme-admin.example.com/p/admin", "without a path"),
        ("http://acme-admin.example.com", "in clear"),
    ):
        with pytest.raises(CannotMove, match=words):
            Api(url, TOKEN)
    with pytest.raises(CannotMove, match="empty"):
        Api("https://acme-admin.example.com", "")
    nobody = Api(f"http://127.0.0.1:{free_port()}", TOKEN, per_s=1000, first_wait_s=0.001)
    with pytest.raises(CannotMove, match="nobody answers there"):
        nobody.get("/provider")
