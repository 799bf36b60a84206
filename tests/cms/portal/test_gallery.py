"""The gallery on the portal: asked for on the application's page, seen by anybody once approved."""

from typing import Any

from httpx2 import Response

from server.actions.portal import gallery
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.pictures import a_png
from tests.kit.work import by

RADAR = {
    "_method": "put",
    "gallery[title]": "Radar <i>",
    "gallery[description]": "It shows rain.",
    "gallery[link]": "https://radar.example/",
}


def test_a_picture_is_seen_by_its_owner_and_staff_until_it_is_approved(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        update_settings(by(db, staff(acme)), {"app_gallery_enabled": True})
    page = f"/admin/applications/{acme.sample.application.id}/gallery"
    browser.log_in(acme.sample.user.username, acme.sample.password)
    visitor, other = open_browser(deps), open_browser(deps)
    files = {"gallery[picture]": ("radar.html", a_png(640, 360), "text/html")}
    wrong = {"gallery[picture]": ("radar.png", b"<html>", "image/png")}

    def send(files: Any, **more: str) -> Response:
        fields = {**RADAR, **browser.hidden(page), **more}
        headers = {"origin": "http://localhost:8000"}
        return browser.client.post(page, data=fields, files=files, headers=headers)

    alt = {"gallery[picture_alt]": "A map"}
    refused, blank, sent = send(wrong, **alt), send(files), send(files, **alt)
    path = browser.open(page).tree.xpath("string(//form//img/@src)")
    before = [each.get(path).status_code for each in (browser, visitor)]
    with deps.database.write() as db:
        gallery.approve_entry(by(db, staff(acme)), 1, 1)
    picture = visitor.get(path)

    assert (refused.status_code, blank.status_code, sent.status_code) == (422, 422, 303)
    assert "Must be a picture: PNG, JPEG or WebP." in refused.text
    assert before == [200, 404]
    assert (picture.content, picture.headers["content-type"]) == (a_png(640, 360), "image/png")
    assert picture.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in picture.headers["content-security-policy"]
    assert f'src="{path}" alt="A map"' in visitor.page("/gallery")
    browser.send(page, {**RADAR, "gallery[no_picture]": "1"}, page=page)
    assert visitor.get(path).status_code == 404
    assert other.get("/gallery/pictures/99999999999999999999").status_code == 404


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
