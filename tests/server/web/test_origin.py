"""Pages of other sites are told from ours."""

import pytest
from starlette.requests import Request

from server.domain.errors import Forbidden
from server.web.origin import check_same_origin


def _request(**headers: str) -> Request:
    given = {"host": "acme.example:8000", **headers}
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]
    return Request({"type": "http", "headers": raw})


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
