"""Notices that are shown once."""

from server.admin.context import read_notice, write_notice
from server.auth.dependencies import Dependencies
from tests.server.admin.browser import Browser


def test_only_our_own_notices_are_read(deps: Dependencies) -> None:
    cookie = write_notice(deps.installation, "Saved: ä.")
    signature, _, text = cookie.partition(".")

    assert read_notice(deps.installation, cookie) == "Saved: ä."
    assert read_notice(deps.installation, f"{signature}.{text}A") == ""
    assert read_notice(deps.installation, f"x.{text}") == ""
    assert read_notice(deps.installation, "é") == ""
    assert read_notice(deps.installation, "") == ""


def test_a_notice_is_shown_once(admin: Browser) -> None:
    shown = admin.done("/settings", signups_enabled="yes", multiple_applications="yes")

    assert "The settings are saved." in shown
    assert "The settings are saved." not in admin.page("/settings")
