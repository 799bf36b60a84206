"""Only our own notices are told."""

import pytest
from starlette.responses import Response

from server.auth.dependencies import Dependencies
from server.web.cookies import ADMIN, DEVELOPER
from server.web.notices import Notice, find_notice, put_notice
from tests.kit.requests import cookie_of, request_with


@pytest.fixture
def told(deps: Dependencies) -> str:
    """Put a notice, and give the cookie's header."""
    response = Response()
    put_notice(response, ADMIN.notice, deps, Notice("Saved: ä.", "info"))
    return cookie_of(response)


def test_a_notice_of_ours_is_read(deps: Dependencies, told: str) -> None:
    found = find_notice(request_with(told), ADMIN.notice, deps)

    assert found == Notice("Saved: ä.", "info")


def test_a_notice_with_another_text_is_not_read(deps: Dependencies, told: str) -> None:
    signature, _, text = told.partition("=")[2].partition(".")

    for value in (f"{signature}.{text}A", f"x.{text}", f"é.{text}", signature, ".", ""):
        request = request_with(f"admin_notice={value}")
        assert find_notice(request, ADMIN.notice, deps) is None


def test_a_notice_of_one_portal_is_none_of_the_other(deps: Dependencies, told: str) -> None:
    moved = told.replace("admin_notice", "portal_flash")

    assert find_notice(request_with(moved), DEVELOPER.notice, deps) is None
