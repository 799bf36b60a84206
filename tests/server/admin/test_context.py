"""Notices that are shown once."""

from tests.kit.browser import Browser


def test_a_notice_is_shown_once(admin: Browser) -> None:
    shown = admin.done("/settings", signups_enabled="yes", multiple_applications="yes")

    assert "The settings are saved." in shown
    assert "The settings are saved." not in admin.page("/settings")
