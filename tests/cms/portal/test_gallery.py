"""The gallery on the portal: asked for on the application's page, seen by anybody once approved."""

from server.actions.portal import gallery
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

RADAR = {
    "_method": "put",
    "gallery[title]": "Radar <i>",
    "gallery[description]": "It shows rain.",
    "gallery[link]": "https://radar.example/",
}


def test_an_application_is_asked_for_approved_and_seen(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    page = f"/admin/applications/{acme.sample.application.id}/gallery"
    browser.log_in(acme.sample.user.username, acme.sample.password)
    off = [browser.get(path).status_code for path in ("/gallery", page)]
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        update_settings(work, {"app_gallery_enabled": True})
    visitor = open_browser(deps)
    empty = visitor.page("/gallery")
    wrong = {**RADAR, "gallery[link]": "javascript:alert(1)"}
    refused = browser.send(page, wrong, page=page)
    sent = browser.send(page, RADAR, page=page)
    waiting = visitor.page("/gallery")
    with deps.database.write() as db:
        gallery.approve_entry(by(db, staff(acme), deps.installation), 1, 1)
    shown = visitor.page("/gallery")

    assert off == [404, 404]
    assert "No application is shown here yet." in empty
    assert (refused.status_code, sent.status_code) == (422, 303)
    assert "Radar" not in waiting
    assert "Radar &lt;i&gt;" in shown
    assert 'rel="nofollow ugc noopener noreferrer"' in shown
    assert "It is in the gallery." in browser.page(page)
    browser.send(page, {"_method": "delete"}, page=page)
    assert "Radar" not in visitor.page("/gallery")
