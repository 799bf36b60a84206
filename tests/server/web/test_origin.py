"""Pages of other sites are told from ours."""

import pytest
from starlette.requests import Request

from server.domain.errors import Forbidden
from server.web.cookies import ADMIN_PLACES
from server.web.origin import check_place, check_same_origin, is_link


def _request(**headers: str) -> Request:
    given = {"host": "acme.example:8000", **headers}
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]
    return Request({"type": "http", "method": "GET", "headers": raw})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://acme.example:8000"},
        {"sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "none"},
    ],
)
def test_our_own_pages_and_programs_pass(headers: dict[str, str]) -> None:
    check_same_origin(_request(**headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "https://acme.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://["},
        {"origin": "http://[::1"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://acme.example:8000", "sec_fetch_site": "cross-site"},
    ],
)
def test_what_other_sites_send_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(Forbidden, match="another page"):
        check_same_origin(_request(**headers), "It came from another page.")


OURS = "https://acme.example:8000"


@pytest.mark.parametrize(
    "headers",
    [
        {},  # a program, or a browser that tells nothing
        {"referer": f"{OURS}/p/admin"},
        {"referer": f"{OURS}/p/admin?x=1"},
        {"referer": f"{OURS}/p/admin/tokens", "sec_fetch_dest": "empty"},
        {"referer": f"{OURS}/admin/api/graphql", "sec_fetch_dest": "empty"},
    ],
)
def test_pages_of_the_admin_portal_may_ask_it(headers: dict[str, str]) -> None:
    check_place(_request(**headers), ADMIN_PLACES)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_dest": "empty"},
        {"sec_fetch_dest": "document"},
        {"referer": "", "sec_fetch_dest": "document"},
        {"referer": OURS},
        {"referer": f"{OURS}/"},
        {"referer": f"{OURS}/plans?back=/p/admin"},
        {"referer": f"{OURS}/plans/p/admin"},
        {"referer": f"{OURS}/p/administrator"},
        {"referer": f"{OURS}/p/admin.html"},
        {"referer": f"{OURS}/admin/apis"},
        {"referer": f"{OURS}/admin"},
        {"referer": f"{OURS}/gateway/staging/api/p/admin"},
        {"referer": "https://evil.example/p/admin"},
        {"referer": "https://acme.example/p/admin"},
        {"referer": "https://acme.example:8000@evil.example/p/admin"},
        {"referer": "/p/admin"},
        {"referer": "about:srcdoc"},
        {"referer": "http://["},
    ],
)
def test_other_pages_of_its_host_may_not(headers: dict[str, str]) -> None:
    with pytest.raises(Forbidden, match="outside the admin portal"):
        check_place(_request(**headers), ADMIN_PLACES)


@pytest.mark.parametrize(
    ("destination", "is_one"),
    [("document", True), ("empty", False), ("script", False), ("iframe", False), ("image", False)],
)
def test_only_what_is_shown_in_a_window_is_a_link(destination: str, is_one: bool) -> None:
    assert is_link(_request(sec_fetch_dest=destination)) is is_one
    assert is_link(_request())
