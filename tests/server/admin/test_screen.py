"""Notices that are shown once."""

from server.admin.screen import read_notice, write_notice
from server.auth.site import Site
from tests.server.admin.browser import Browser


def test_only_our_own_notices_are_read(site: Site) -> None:
    cookie = write_notice(site.installation, "Saved: ä.")
    signature, _, text = cookie.partition(".")

    assert read_notice(site.installation, cookie) == "Saved: ä."
    assert read_notice(site.installation, f"{signature}.{text}A") == ""
    assert read_notice(site.installation, f"x.{text}") == ""
    assert read_notice(site.installation, "é") == ""
    assert read_notice(site.installation, "") == ""


def test_a_notice_is_shown_once(admin: Browser) -> None:
    shown = admin.done("/settings", signups_enabled="yes", multiple_applications="yes")

    assert "The settings are saved." in shown
    assert "The settings are saved." not in admin.page("/settings")
